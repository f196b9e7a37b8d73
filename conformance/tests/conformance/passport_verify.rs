//! Verification of phone and e-mail by code, and the configuration of native names.

use conformance::scripted::Scripted;
use telegram_passport::client::{
    Delivery, EmailVerification, Failure, NativeNamesForm, PassportConfig, PhoneVerification,
    Refusal, VerifyError, wait,
};
use telegram_passport::document::{
    EmailAddress, PersonalDetails, PersonalDetailsField, PhoneNumber,
};
use telegram_passport_tl::{enums, functions, types};

const NUMBER: &str = "999661234567";
const ADDRESS: &str = "anna@example.org";

#[test]
fn a_phone_number_is_verified() {
    let telegram = Scripted::new()
        .answer("account.sendVerifyPhoneCode", &sms("hash of the code", 5))
        .answer("account.verifyPhone", &true);
    let sent = wait(PhoneVerification::send(
        &telegram,
        &PhoneNumber::new(NUMBER),
    ));
    let sent = sent.expect("a code was sent");
    assert_eq!(
        (
            sent.delivery(),
            sent.code_length(),
            sent.next(),
            sent.timeout()
        ),
        (Delivery::Sms, Some(5), Some(Delivery::Call), Some(60)),
    );
    wait(sent.confirm(&telegram, " 12345\n")).expect("it is the code");
    telegram.assert_finished();

    let asked: functions::account::SendVerifyPhoneCode = telegram.sent(0);
    assert_eq!(asked.phone_number, NUMBER);
    assert!(!asked.settings.allow_flashcall && !asked.settings.current_number);
    let confirmed: functions::account::VerifyPhone = telegram.sent(1);
    assert_eq!(
        (
            confirmed.phone_number.as_str(),
            confirmed.phone_code_hash.as_str(),
            confirmed.phone_code.as_str(),
        ),
        (NUMBER, "hash of the code", "12345"),
    );
}

/// The hash changes with every code that is sent, and the last one counts.
#[test]
fn a_code_is_sent_again_and_given_up() {
    let telegram = Scripted::new()
        .answer("account.sendVerifyPhoneCode", &sms("first", 5))
        .answer("auth.resendCode", &call("second"))
        .refuse("auth.resendCode", 406, "SEND_CODE_UNAVAILABLE")
        .answer("auth.cancelCode", &true);
    let number = PhoneNumber::new(NUMBER);
    let mut sent = wait(PhoneVerification::send(&telegram, &number)).expect("a code was sent");
    wait(sent.resend(&telegram)).expect("another was sent");
    assert_eq!(
        (
            sent.delivery(),
            sent.code_length(),
            sent.next(),
            sent.timeout()
        ),
        (Delivery::Call, None, None, None),
    );
    assert!(matches!(
        wait(sent.resend(&telegram)),
        Err(VerifyError::Refused(Refusal::NoOtherWay))
    ));
    wait(sent.cancel(&telegram)).expect("given up");
    telegram.assert_finished();

    let again: functions::auth::ResendCode = telegram.sent(1);
    assert_eq!(
        (again.phone_code_hash.as_str(), again.reason),
        ("first", None)
    );
    let cancelled: functions::auth::CancelCode = telegram.sent(3);
    assert_eq!(
        (
            cancelled.phone_number.as_str(),
            cancelled.phone_code_hash.as_str()
        ),
        (NUMBER, "second"),
    );
}

#[test]
fn an_address_is_verified() {
    let telegram = Scripted::new()
        .answer("account.sendVerifyEmailCode", &mail(6))
        .answer(
            "account.verifyEmail",
            &enums::account::EmailVerified::Verified(types::account::EmailVerified {
                email: ADDRESS.to_owned(),
            }),
        );
    let sent = wait(EmailVerification::send(
        &telegram,
        &EmailAddress::new(ADDRESS),
    ));
    let sent = sent.expect("a code was sent");
    assert_eq!(
        (sent.pattern(), sent.code_length()),
        ("a***@example.org", Some(6))
    );
    wait(sent.confirm(&telegram, "123456")).expect("it is the code");
    telegram.assert_finished();

    let asked: functions::account::SendVerifyEmailCode = telegram.sent(0);
    assert!(matches!(asked.purpose, enums::EmailVerifyPurpose::Passport));
    assert_eq!(asked.email, ADDRESS);
    let confirmed: functions::account::VerifyEmail = telegram.sent(1);
    assert!(matches!(
        confirmed.purpose,
        enums::EmailVerifyPurpose::Passport
    ));
    assert!(matches!(
        confirmed.verification,
        enums::EmailVerification::Code(code) if code.code == "123456"
    ));
}

/// What cannot be the code is not sent, so that no attempt is lost.
#[test]
fn codes_that_are_none() {
    let telegram = Scripted::new().answer("account.sendVerifyEmailCode", &mail(6));
    let address = EmailAddress::new(ADDRESS);
    let sent = wait(EmailVerification::send(&telegram, &address)).expect("a code was sent");
    assert!(matches!(
        wait(sent.confirm(&telegram, " ")),
        Err(VerifyError::CodeEmpty)
    ));
    for code in ["12345", "1234567"] {
        assert!(matches!(
            wait(sent.confirm(&telegram, code)),
            Err(VerifyError::CodeLength { expected: 6 })
        ));
    }
    assert_eq!(telegram.count(), 1);
}

/// A length of 0 or less is no length: whatever was typed is sent.
#[test]
fn a_length_that_is_not_known() {
    for length in [0, -1] {
        let telegram = Scripted::new()
            .answer("account.sendVerifyEmailCode", &mail(length))
            .refuse("account.verifyEmail", 400, "CODE_INVALID");
        let address = EmailAddress::new(ADDRESS);
        let sent = wait(EmailVerification::send(&telegram, &address)).expect("a code was sent");
        assert_eq!(sent.code_length(), None);
        assert!(matches!(
            wait(sent.confirm(&telegram, "7")),
            Err(VerifyError::Refused(Refusal::WrongCode))
        ));
        telegram.assert_finished();
    }
}

#[test]
fn refusals_by_name() {
    let refusals = [
        ("PHONE_NUMBER_INVALID", Some(Refusal::InvalidAddress)),
        ("PHONE_CODE_EXPIRED", Some(Refusal::Expired)),
        ("PHONE_CODE_INVALID", Some(Refusal::WrongCode)),
        ("PHONE_CODE_EMPTY", Some(Refusal::WrongCode)),
        ("EMAIL_NOT_ALLOWED", Some(Refusal::AddressNotAllowed)),
        ("EMAIL_VERIFY_EXPIRED", Some(Refusal::Expired)),
        ("EMAIL_INVALID", Some(Refusal::InvalidAddress)),
        ("FLOOD_WAIT_30", None),
        ("SOMETHING_NEW", None),
    ];
    for (name, expected) in refusals {
        let telegram = Scripted::new().refuse("account.sendVerifyPhoneCode", 400, name);
        let error = wait(PhoneVerification::send(
            &telegram,
            &PhoneNumber::new(NUMBER),
        ));
        match (error.expect_err("refused"), expected) {
            (VerifyError::Refused(refusal), Some(expected)) => assert_eq!(refusal, expected),
            (VerifyError::Call(failure), None) => {
                assert_eq!(
                    failure.flood_wait(),
                    name.starts_with("FLOOD").then_some(30)
                );
            }
            (other, _) => panic!("{name}: {other:?}"),
        }
    }
}

/// `auth.sentCodeSuccess` logs somebody in: it is no answer to this.
#[test]
fn answers_of_something_else() {
    let payment = types::auth::SentCodePaymentRequired {
        store_product: String::new(),
        phone_code_hash: String::new(),
        support_email_address: String::new(),
        support_email_subject: String::new(),
        premium_days: 0,
        currency: String::new(),
        amount: 0,
    };
    let payment = enums::auth::SentCode::PaymentRequired(Box::new(payment));
    let number = PhoneNumber::new(NUMBER);
    let telegram = Scripted::new().answer("account.sendVerifyPhoneCode", &payment);
    let error = wait(PhoneVerification::send(&telegram, &number)).expect_err("no code was sent");
    assert!(matches!(error, VerifyError::Unexpected));

    let telegram = Scripted::new().answer("account.sendVerifyPhoneCode", &true);
    let error = wait(PhoneVerification::send(&telegram, &number)).expect_err("no TL of that type");
    assert!(matches!(error, VerifyError::Call(Failure::Answer(_))));

    let telegram = Scripted::new()
        .answer("account.sendVerifyPhoneCode", &sms("hash", 1))
        .answer("account.verifyPhone", &false);
    let sent = wait(PhoneVerification::send(&telegram, &number)).expect("a code was sent");
    assert!(matches!(
        wait(sent.confirm(&telegram, "1")),
        Err(VerifyError::Unexpected)
    ));
}

#[test]
fn what_is_printed() {
    let telegram = Scripted::new().answer("account.sendVerifyPhoneCode", &sms("the hash", 5));
    let number = PhoneNumber::new(NUMBER);
    let sent = wait(PhoneVerification::send(&telegram, &number)).expect("a code was sent");
    let printed = format!("{sent:?}");
    assert!(printed.contains("Sms"), "{printed}");
    assert!(!printed.contains(NUMBER), "{printed}");
    assert!(!printed.contains("the hash"), "{printed}");
}

/// Asked for with hash 0 first, then with the last one; an unchanged one is kept.
#[test]
fn the_configuration_is_kept() {
    let config = |hash, json: &str| {
        enums::help::PassportConfig::Config(types::help::PassportConfig {
            hash,
            countries_langs: types::DataJson {
                data: json.to_owned(),
            }
            .into(),
        })
    };
    let telegram = Scripted::new()
        .answer(
            "help.getPassportConfig",
            &config(11, r#"{"RU":"ru","US":"en"}"#),
        )
        .answer(
            "help.getPassportConfig",
            &enums::help::PassportConfig::NotModified,
        )
        .answer("help.getPassportConfig", &config(12, "[] is no object"))
        .answer(
            "help.getPassportConfig",
            &config(13, r#"{"RU":"be","xx":7,"YY":""}"#),
        );
    let mut known = PassportConfig::unknown();
    assert_eq!(known.language("RU"), None);
    let mut after = Vec::new();
    for _ in 0..4 {
        wait(known.refresh(&telegram)).expect("an answer");
        after.push((known.hash(), known.language("RU").map(str::to_owned)));
    }
    let language = |it: &str| Some(it.to_owned());
    assert_eq!(
        after,
        [
            (11, language("ru")),
            (11, language("ru")),
            (11, language("ru")),
            (13, language("be"))
        ]
    );
    let asked = |number| {
        telegram
            .sent::<functions::help::GetPassportConfig>(number)
            .hash
    };
    assert_eq!([0, 1, 2, 3].map(asked), [0, 11, 11, 11]);
    assert_eq!((known.language("XX"), known.language("YY")), (None, None));
}

/// Reference 7.5: no country hides them, English copies the Latin names, all else asks for them.
#[test]
fn native_names_by_country() {
    let config = PassportConfig::from_json(1, r#"{"RU":"ru","GB":"en"}"#).expect("an object");
    let of = |country: &str| {
        let details =
            PersonalDetails::new().with(PersonalDetailsField::ResidenceCountryCode, country);
        format!("{:?}", config.native_names(&details))
    };
    assert_eq!(of(""), format!("{:?}", NativeNamesForm::Hidden));
    assert_eq!(of("GB"), format!("{:?}", NativeNamesForm::SameAsLatin));
    let required = |language| format!("{:?}", NativeNamesForm::Required { language });
    assert_eq!(of("RU"), required(Some("ru")));
    assert_eq!(of("ZZ"), required(None));
}

#[test]
fn latin_names_as_native_ones() {
    use PersonalDetailsField as Field;

    let latin = PersonalDetails::new()
        .with(Field::FirstName, "Anna")
        .with(Field::MiddleName, "Maria")
        .with(Field::LastName, "Smith");
    let native = |details: &PersonalDetails| {
        [
            Field::FirstNameNative,
            Field::MiddleNameNative,
            Field::LastNameNative,
        ]
        .map(|field| details.get(field).unwrap_or_default().to_owned())
    };
    let filled = latin.clone().with_latin_as_native();
    assert_eq!(native(&filled), ["Anna", "Maria", "Smith"]);
    // One native name is there already.
    let one = latin.clone().with(Field::MiddleNameNative, "Мария");
    assert_eq!(native(&one.with_latin_as_native()), ["", "Мария", ""]);
    // A Latin name is missing, or not Latin.
    for name in ["", "Смит"] {
        let bad = latin.clone().with(Field::LastName, name);
        assert_eq!(native(&bad.with_latin_as_native()), ["", "", ""]);
    }
}

fn sms(hash: &str, length: i32) -> enums::auth::SentCode {
    sent(
        hash,
        types::auth::SentCodeTypeSms { length }.into(),
        Some(enums::auth::CodeType::Call),
        Some(60),
    )
}

fn call(hash: &str) -> enums::auth::SentCode {
    let kind = types::auth::SentCodeTypeCall { length: 0 };
    sent(hash, kind.into(), None, None)
}

fn sent(
    hash: &str,
    r#type: enums::auth::SentCodeType,
    next_type: Option<enums::auth::CodeType>,
    timeout: Option<i32>,
) -> enums::auth::SentCode {
    enums::auth::SentCode::Code(Box::new(types::auth::SentCode {
        r#type,
        phone_code_hash: hash.to_owned(),
        next_type,
        timeout,
    }))
}

fn mail(length: i32) -> enums::account::SentEmailCode {
    types::account::SentEmailCode {
        email_pattern: "a***@example.org".to_owned(),
        length,
    }
    .into()
}
