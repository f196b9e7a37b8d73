//! The simulated server's stored values, and what must be verified before it is stored.

use std::time::Duration;

use telegram_passport::ElementType;
use telegram_passport::testing::Telegram;
use telegram_passport_tl::{enums, functions, types};

use super::passport_telegram_desk::send_to_phone;
use super::passport_telegram_hand::{Answer, Hand, empty, refusal};

#[test]
fn a_value_is_stored_as_it_came_and_gets_a_hash() {
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    assert_eq!(get_all(&hand), []);
    let data = hand.data(&secret, "{}");
    let front = hand.file(&secret, b"front side");
    let page = hand.file(&secret, b"translation");
    let enums::InputSecureFile::Uploaded(uploaded) = &front else {
        panic!("not uploaded");
    };
    let value = types::InputSecureValue {
        data: Some(data.clone()),
        front_side: Some(front.clone()),
        translation: Some(vec![page]),
        ..empty(enums::SecureValueType::Passport)
    };
    let stored = hand.save(value.clone(), secret.id()).expect("saved");
    assert_eq!(stored.data.as_ref(), Some(&data));
    let Some(enums::SecureFile::File(file)) = &stored.front_side else {
        panic!("no file");
    };
    assert_eq!(
        (&file.file_hash, &file.secret),
        (&uploaded.file_hash, &uploaded.secret)
    );
    assert_eq!(i64::from(file.date), telegram.now());
    let content = hand.account.stored_file(file.id).expect("it is stored");
    assert_eq!(i64::try_from(content.len()).expect("small"), file.size);
    assert_eq!(stored.translation.as_ref().map(Vec::len), Some(1));
    assert!(stored.selfie.is_none() && stored.files.is_none() && stored.plain_data.is_none());
    assert_eq!(get_all(&hand), std::slice::from_ref(&stored));
    assert_eq!(hand.account.stored_types(), [ElementType::Passport]);

    let again = hand.save(value, secret.id()).expect("saved again");
    assert_ne!(again.hash, stored.hash);
    assert_eq!(get_all(&hand), [again], "one of each type");
}

#[test]
fn values_are_asked_for_and_deleted_by_type() {
    use enums::SecureValueType as Type;
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    let passport = hand.save_passport(&secret);
    let address = types::InputSecureValue {
        data: Some(hand.data(&secret, "{}")),
        ..empty(Type::Address)
    };
    let address = hand.save(address, secret.id()).expect("saved");
    let get = |types: &[Type]| {
        let types = types.to_vec();
        hand.call(&functions::account::GetSecureValue { types })
            .expect("it never fails with a secret")
    };
    let types = [Type::Address, Type::Email];
    assert_eq!(get(&types), std::slice::from_ref(&address));
    assert_eq!(
        get(&[Type::Address, Type::Passport]),
        [address.clone(), passport]
    );
    assert_eq!(get(&[]), []);
    let types = vec![Type::Passport, Type::Email];
    let delete = functions::account::DeleteSecureValue { types };
    assert!(hand.call(&delete).expect("deleted"));
    assert!(hand.call(&delete).expect("nothing to delete"));
    assert_eq!(get_all(&hand), [address]);
}

#[test]
fn without_password_secret_or_the_right_id_nothing_is_stored() {
    let telegram = Telegram::new();
    let mut hand = Hand::new(&telegram);
    let value = phone("15550100");
    assert_eq!(
        refusal(hand.save(value.clone(), 0)),
        "400 PASSWORD_REQUIRED"
    );
    hand.set_password("passport");
    assert_eq!(
        refusal(hand.save(value.clone(), 0)),
        "400 SECURE_SECRET_REQUIRED"
    );
    let all = functions::account::GetAllSecureValues {};
    assert_eq!(refusal(hand.call(&all)), "400 SECURE_SECRET_REQUIRED");
    let some = functions::account::GetSecureValue { types: vec![] };
    assert_eq!(refusal(hand.call(&some)), "400 SECURE_SECRET_REQUIRED");
    let secret = hand.set_secret("passport");
    let wrong = secret.id().wrapping_add(1);
    assert_eq!(
        refusal(hand.save(value.clone(), wrong)),
        "400 SECURE_SECRET_INVALID"
    );
    assert!(hand.save(value, secret.id()).is_ok());
}

#[test]
fn each_type_has_its_parts_and_no_others() {
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    hand.account.verify("anna@example.org");
    let data = hand.data(&secret, "{}");
    let file = hand.file(&secret, b"file");
    // Source: protocol reference, section 6, columns data to plain_data.
    let table = [
        ("personal_details", "d------"),
        ("passport", "df-st--"),
        ("driver_license", "dfrst--"),
        ("identity_card", "dfrst--"),
        ("internal_passport", "df-st--"),
        ("address", "d------"),
        ("utility_bill", "----tf-"),
        ("bank_statement", "----tf-"),
        ("rental_agreement", "----tf-"),
        ("passport_registration", "----tf-"),
        ("temporary_registration", "----tf-"),
        ("phone_number", "------p"),
        ("email", "------p"),
    ];
    for (name, parts) in table {
        let element: ElementType = name.parse().expect("a type");
        for (index, part) in parts.chars().enumerate() {
            let mut value = empty(element.into());
            match index {
                0 => value.data = Some(data.clone()),
                1 => value.front_side = Some(file.clone()),
                2 => value.reverse_side = Some(file.clone()),
                3 => value.selfie = Some(file.clone()),
                4 => value.translation = Some(vec![file.clone()]),
                5 => value.files = Some(vec![file.clone()]),
                _ if name == "email" => value.plain_data = email("anna@example.org").plain_data,
                _ => value.plain_data = phone("15550100").plain_data,
            }
            let answer = hand.save(value, secret.id());
            if part == '-' {
                assert_eq!(
                    refusal(answer),
                    "400 SIMULATION_PART_NOT_ALLOWED",
                    "{name} {index}"
                );
            } else {
                assert!(answer.is_ok(), "{name} {index}");
            }
        }
    }
    let nothing = empty(enums::SecureValueType::Passport);
    assert_eq!(
        refusal(hand.save(nothing, secret.id())),
        "400 SIMULATION_VALUE_EMPTY"
    );
}

#[test]
fn the_empty_data_of_one_client_is_taken_for_none() {
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    let nothing = types::SecureData {
        data: Vec::new(),
        data_hash: Vec::new(),
        secret: Vec::new(),
    };
    let value = types::InputSecureValue {
        data: Some(nothing.into()),
        files: Some(vec![hand.file(&secret, b"page")]),
        ..empty(enums::SecureValueType::UtilityBill)
    };
    let stored = hand.save(value, secret.id()).expect("saved");
    assert!(stored.data.is_none());
}

#[test]
fn a_stored_file_is_kept_while_the_secret_is_the_same() {
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    let stored = hand.save_passport(&secret);
    let Some(enums::SecureFile::File(file)) = stored.front_side.clone() else {
        panic!("no file");
    };
    let keep = |id, access_hash| types::InputSecureValue {
        data: stored.data.clone(),
        front_side: Some(types::InputSecureFile { id, access_hash }.into()),
        ..empty(enums::SecureValueType::Passport)
    };
    let kept = hand.save(keep(file.id, file.access_hash), secret.id());
    assert_eq!(kept.expect("kept").front_side, stored.front_side);
    let refused = "400 SIMULATION_FILE_NOT_STORED";
    let wrong_id = keep(file.id.wrapping_add(1), file.access_hash);
    assert_eq!(refusal(hand.save(wrong_id, secret.id())), refused);
    let wrong_hash = keep(file.id, file.access_hash.wrapping_add(1));
    assert_eq!(refusal(hand.save(wrong_hash, secret.id())), refused);
    let other = hand.set_secret("passport");
    let sound = keep(file.id, file.access_hash);
    assert_eq!(refusal(hand.save(sound, other.id())), refused);
}

#[test]
fn a_phone_number_is_stored_once_it_is_verified() {
    let telegram = Telegram::new();
    let (hand, secret) = Hand::with_secret(&telegram);
    let save = |number: &str| hand.save(phone(number), secret.id());
    assert!(save("+1 555 0100").is_ok(), "the account's own");
    assert_eq!(refusal(save("x")), "400 PHONE_NUMBER_INVALID");
    let number = "4915550101";
    assert_eq!(refusal(save(number)), "400 PHONE_VERIFICATION_NEEDED");
    let first = send_phone_code(&hand, "1");
    assert_eq!(refusal(first), "400 PHONE_NUMBER_INVALID");

    let sent = sent_code(send_phone_code(&hand, number));
    let hash = sent.phone_code_hash;
    assert_eq!(sent.next_type, Some(enums::auth::CodeType::Call));
    assert_eq!(
        refusal(verify_phone(&hand, number, &hash, "")),
        "400 PHONE_CODE_EMPTY"
    );
    assert_eq!(
        refusal(verify_phone(&hand, number, &hash, "x")),
        "400 PHONE_CODE_INVALID"
    );
    assert_eq!(
        refusal(verify_phone(&hand, number, "x", "1")),
        "400 PHONE_CODE_EXPIRED"
    );
    assert_eq!(
        refusal(verify_phone(&hand, "4915550102", &hash, "1")),
        "400 PHONE_NUMBER_INVALID"
    );
    let old = hand.account.code(number).expect("a code");
    assert_eq!(
        refusal(resend(&hand, number, "")),
        "400 PHONE_CODE_HASH_EMPTY"
    );
    assert_eq!(
        refusal(resend(&hand, number, "x")),
        "400 PHONE_CODE_EXPIRED"
    );
    assert_eq!(
        refusal(resend(&hand, "x", &hash)),
        "406 PHONE_NUMBER_INVALID"
    );
    let again = sent_code(resend(&hand, number, &hash));
    assert_eq!((again.next_type, &again.phone_code_hash), (None, &hash));
    assert!(matches!(again.r#type, enums::auth::SentCodeType::Call(_)));
    assert_eq!(
        refusal(resend(&hand, number, &hash)),
        "406 SEND_CODE_UNAVAILABLE"
    );
    let code = hand.account.code(number).expect("a code");
    assert_ne!(code, old);
    assert_eq!(
        refusal(verify_phone(&hand, number, &hash, &old)),
        "400 PHONE_CODE_INVALID"
    );
    assert!(verify_phone(&hand, number, &hash, &code).expect("the right code"));
    assert_eq!(
        refusal(verify_phone(&hand, number, &hash, &code)),
        "400 PHONE_CODE_EXPIRED"
    );
    let stored = save(number).expect("verified");
    assert_eq!(stored.plain_data, phone(number).plain_data);
}

#[test]
fn a_code_by_phone_is_cancelled_or_expires() {
    let telegram = Telegram::new();
    let hand = Hand::new(&telegram);
    let number = "4915550101";
    let hash = sent_code(send_phone_code(&hand, number)).phone_code_hash;
    let cancel = |number: &str, hash: &str| {
        hand.call(&functions::auth::CancelCode {
            phone_number: number.to_owned(),
            phone_code_hash: hash.to_owned(),
        })
    };
    assert_eq!(refusal(cancel(number, "x")), "400 PHONE_CODE_EXPIRED");
    assert_eq!(refusal(cancel("x", &hash)), "406 PHONE_NUMBER_INVALID");
    assert!(cancel(number, &hash).expect("cancelled"));
    let code = hand.account.code(number).expect("a code");
    assert_eq!(
        refusal(verify_phone(&hand, number, &hash, &code)),
        "400 PHONE_CODE_EXPIRED"
    );
    let hash = sent_code(send_phone_code(&hand, number)).phone_code_hash;
    let code = hand.account.code(number).expect("a code");
    telegram.advance(Duration::from_secs(24 * 3600));
    assert_eq!(
        refusal(verify_phone(&hand, number, &hash, &code)),
        "400 PHONE_CODE_EXPIRED"
    );
}

#[test]
fn an_email_is_stored_once_it_is_verified() {
    use enums::EmailVerifyPurpose as Purpose;
    let telegram = Telegram::new();
    let (hand, secret) = Hand::with_secret(&telegram);
    let address = "anna@example.org";
    let save = |address: &str| hand.save(email(address), secret.id());
    assert_eq!(refusal(save("anna")), "400 EMAIL_INVALID");
    assert_eq!(refusal(save(address)), "400 EMAIL_VERIFICATION_NEEDED");
    let send = |purpose, address: &str| {
        let email = address.to_owned();
        hand.call(&functions::account::SendVerifyEmailCode { purpose, email })
    };
    let verify = |purpose, code: &str| {
        let code = code.to_owned();
        let verification = types::EmailVerificationCode { code }.into();
        hand.call(&functions::account::VerifyEmail {
            purpose,
            verification,
        })
    };
    assert_eq!(
        refusal(verify(Purpose::Passport, "1")),
        "400 EMAIL_VERIFY_EXPIRED"
    );
    assert_eq!(
        refusal(send(Purpose::Passport, "anna")),
        "400 EMAIL_INVALID"
    );
    assert_eq!(
        refusal(send(Purpose::LoginChange, address)),
        "400 EMAIL_NOT_ALLOWED"
    );
    let sent = send(Purpose::Passport, address).expect("a code");
    assert_eq!(
        (sent.length, sent.email_pattern.as_str()),
        (6, "a***a@example.org")
    );
    assert_eq!(
        refusal(verify(Purpose::LoginChange, "1")),
        "400 EMAIL_NOT_ALLOWED"
    );
    assert_eq!(refusal(verify(Purpose::Passport, "x")), "400 CODE_INVALID");
    let token = types::EmailVerificationGoogle {
        token: "t".to_owned(),
    };
    let google = hand.call(&functions::account::VerifyEmail {
        purpose: Purpose::Passport,
        verification: token.into(),
    });
    assert_eq!(refusal(google), "400 CODE_INVALID");
    let code = hand.account.code(address).expect("a code");
    let verified = verify(Purpose::Passport, &code).expect("the right code");
    let expected = types::account::EmailVerified {
        email: address.to_owned(),
    };
    assert_eq!(verified, expected.into());
    assert!(save(address).is_ok());
    send(Purpose::Passport, "other@example.org").expect("a code");
    telegram.advance(Duration::from_secs(24 * 3600));
    assert_eq!(
        refusal(verify(Purpose::Passport, "1")),
        "400 EMAIL_VERIFY_EXPIRED"
    );
}

fn get_all(hand: &Hand) -> Vec<enums::SecureValue> {
    let all = hand.call(&functions::account::GetAllSecureValues {});
    all.expect("it never fails with a secret")
}

fn phone(phone: &str) -> types::InputSecureValue {
    let phone = phone.to_owned();
    types::InputSecureValue {
        plain_data: Some(types::SecurePlainPhone { phone }.into()),
        ..empty(enums::SecureValueType::Phone)
    }
}

fn email(email: &str) -> types::InputSecureValue {
    let email = email.to_owned();
    types::InputSecureValue {
        plain_data: Some(types::SecurePlainEmail { email }.into()),
        ..empty(enums::SecureValueType::Email)
    }
}

fn send_phone_code(hand: &Hand, number: &str) -> Answer<functions::account::SendVerifyPhoneCode> {
    hand.call(&send_to_phone(number))
}

fn sent_code(answer: Answer<functions::auth::ResendCode>) -> types::auth::SentCode {
    match answer.expect("a code") {
        enums::auth::SentCode::Code(sent) => *sent,
        _ => panic!("no code"),
    }
}

fn resend(hand: &Hand, number: &str, hash: &str) -> Answer<functions::auth::ResendCode> {
    hand.call(&functions::auth::ResendCode {
        phone_number: number.to_owned(),
        phone_code_hash: hash.to_owned(),
        reason: None,
    })
}

fn verify_phone(
    hand: &Hand,
    number: &str,
    hash: &str,
    code: &str,
) -> Answer<functions::account::VerifyPhone> {
    hand.call(&functions::account::VerifyPhone {
        phone_number: number.to_owned(),
        phone_code_hash: hash.to_owned(),
        phone_code: code.to_owned(),
    })
}
