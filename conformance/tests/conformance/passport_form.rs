//! The form of a request: what goes out for it, what it asks, what a service complains about.

use conformance::scripted::Scripted;
use conformance::sealed::{Vault, hash_of};
use telegram_passport::ElementType;
use telegram_passport::client::{Blame, Form, FormError, FormRefusal, LoadError, Place, wait};
use telegram_passport::link::{Outcome, RequestLink};
use telegram_passport_tl::{enums, functions, types};

/// Scope and key go out as they came, but for the line ends of the key; the scope need be no JSON.
#[test]
fn a_request_goes_out_verbatim() {
    let url = "tg://resolve?domain=telegrampassport&bot_id=543260180\
               &scope=%7B%22v%22%3A1%2C%22d%22%3A%5B%7B%22%22%5D%7D%5D%7D\
               &public_key=BEGIN%0D%0AKEY%0A&nonce=b8ee&callback_url=https%3A%2F%2Fa.example%2Fx";
    let link = RequestLink::parse(url).expect("a link");
    let telegram = Scripted::new().answer(
        "account.getAuthorizationForm",
        &form(vec![one(ElementType::Email)]),
    );
    let form = wait(Form::load(&telegram, &link)).expect("a form");
    let asked: functions::account::GetAuthorizationForm = telegram.sent(0);
    assert_eq!(
        (
            asked.bot_id,
            asked.scope.as_str(),
            asked.public_key.as_str()
        ),
        (543_260_180, r#"{"v":1,"d":[{""]}]}"#, "BEGIN\nKEY\n"),
    );
    assert_eq!(
        form.callback(&Outcome::Success).as_deref(),
        Some("https://a.example/x?tg_passport=success"),
    );
    assert_eq!(
        form.callback(&Outcome::Cancel).as_deref(),
        Some("https://a.example/x?tg_passport=cancel"),
    );
}

/// Reference 4.5: which errors the service hears of.
#[test]
fn refusals_and_what_the_service_is_told() {
    let link = link("https://a.example/x?s=1");
    for (name, refusal, told) in [
        ("BOT_INVALID", Some(FormRefusal::BotInvalid), true),
        (
            "PUBLIC_KEY_REQUIRED",
            Some(FormRefusal::PublicKeyRequired),
            true,
        ),
        (
            "PUBLIC_KEY_INVALID",
            Some(FormRefusal::PublicKeyInvalid),
            true,
        ),
        ("SCOPE_EMPTY", Some(FormRefusal::ScopeEmpty), true),
        (
            "APP_VERSION_OUTDATED",
            Some(FormRefusal::AppVersionOutdated),
            false,
        ),
        ("FLOOD_WAIT_12", None, false),
    ] {
        let telegram = Scripted::new().refuse("account.getAuthorizationForm", 400, name);
        let error = wait(Form::load(&telegram, &link)).expect_err("refused");
        let opened = Form::callback_of(&link, &error.outcome());
        let expected = format!("https://a.example/x?s=1&tg_passport=error&error={name}");
        assert_eq!(opened, told.then_some(expected), "{name}");
        match (error, refusal) {
            (LoadError::Refused(found), Some(refusal)) => assert_eq!(found, refusal),
            (LoadError::Call(failure), None) => assert_eq!(failure.flood_wait(), Some(12)),
            (other, _) => panic!("{name}: {other:?}"),
        }
    }
}

/// A URL that must not be opened is not, whatever the form comes to.
#[test]
fn callbacks_that_are_not_opened() {
    for url in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "tg://resolve?domain=x",
        "",
    ] {
        let form = Form::read(&link(url), form(vec![one(ElementType::Email)]).0).expect("a form");
        assert_eq!(form.callback(&Outcome::Success), None, "{url}");
    }
    let form = Form::read(
        &link("tgbot123://passport"),
        form(vec![one(ElementType::Email)]).0,
    );
    assert_eq!(
        form.expect("a form").callback(&Outcome::Success).as_deref(),
        Some("tgbot123://passport/success"),
    );
}

/// Reference 5.6.
#[test]
fn forms_that_are_refused() {
    use ElementType::{Address, Email, IdentityCard, Passport, PersonalDetails, UtilityBill};

    let read = |rows| Form::read(&link(""), form(rows).0).err();
    assert_eq!(read(vec![]), Some(FormError::Empty));
    assert_eq!(
        read(vec![one(Email), one_of(&[])]),
        Some(FormError::EmptyRow { row: 1 })
    );
    for element in [PersonalDetails, Address, ElementType::PhoneNumber, Email] {
        assert_eq!(
            read(vec![one_of(&[element, Passport])]),
            Some(FormError::Alternatives { row: 0, element })
        );
    }
    assert_eq!(
        read(vec![one(Passport), one_of(&[IdentityCard, Passport])]),
        Some(FormError::Repeated {
            row: 1,
            element: Passport
        })
    );
    let with = |element, native, selfie, translation| {
        vec![
            types::SecureRequiredType {
                native_names: native,
                selfie_required: selfie,
                translation_required: translation,
                r#type: enums::SecureValueType::from(element),
            }
            .into(),
        ]
    };
    let wrong = |element| Some(FormError::Option { row: 0, element });
    assert_eq!(read(with(Address, false, true, false)), wrong(Address));
    assert_eq!(read(with(Email, false, false, true)), wrong(Email));
    assert_eq!(read(with(Passport, true, false, false)), wrong(Passport));
    // What is tolerated.
    assert_eq!(read(with(UtilityBill, false, true, true)), None);
    assert_eq!(read(with(PersonalDetails, true, false, false)), None);
}

/// A list inside of a list is passed over, also if nothing is left.
#[test]
fn lists_inside_of_lists() {
    let inner = one_of(&[ElementType::IdentityCard]);
    let nested = |types| enums::SecureRequiredType::from(types::SecureRequiredTypeOneOf { types });
    let row = nested(vec![inner.clone(), one(ElementType::Passport)]);
    let read = Form::read(&link(""), form(vec![row]).0).expect("a form");
    let elements: Vec<_> = read.rows()[0]
        .alternatives()
        .iter()
        .map(|it| it.element)
        .collect();
    assert_eq!(elements, [ElementType::Passport]);
    let error = Form::read(&link(""), form(vec![nested(vec![inner])]).0).err();
    assert_eq!(error, Some(FormError::EmptyRow { row: 0 }));
}

#[test]
fn two_values_of_one_type() {
    let mut form = form(vec![one(ElementType::Email)]).0;
    let value = Vault::new(1).plainest(ElementType::Passport);
    form.values = vec![value.clone().into(), value.into()];
    let error = Form::read(&link(""), form).err();
    assert_eq!(error, Some(FormError::ValueTwice(ElementType::Passport)));
}

/// A privacy policy is a page, or it is not opened.
#[test]
fn privacy_policies() {
    for (url, opened) in [
        ("https://a.example/privacy", true),
        ("javascript:alert(1)", false),
        ("tg://resolve?domain=x", false),
        ("", false),
    ] {
        let mut form = form(vec![one(ElementType::Email)]).0;
        form.privacy_policy_url = Some(url.to_owned());
        let form = Form::read(&link(""), form).expect("a form");
        assert_eq!(form.privacy_policy_url(), opened.then_some(url));
    }
}

/// Reference 11.4: by type and field, files by their hash; what cannot be shown is left out.
#[test]
fn complaints_that_are_shown() {
    let mut vault = Vault::new(2);
    let mut bill = vault.plainest(ElementType::UtilityBill);
    let (page, translated) = (vault.file(), vault.file());
    bill.files = Some(vec![page.clone()]);
    bill.translation = Some(vec![translated.clone()]);
    let passport = vault.plainest(ElementType::Passport);
    let rows = vec![
        required(ElementType::Passport, false),
        required(ElementType::UtilityBill, true),
    ];
    let mut form = form(rows).0;
    form.values = vec![bill.into(), passport.into()];

    let text = || "mend it".to_owned();
    let passport = || enums::SecureValueType::Passport;
    let bill = || enums::SecureValueType::UtilityBill;
    let data = |r#type, field: &str| {
        enums::SecureValueError::from(types::SecureValueErrorData {
            r#type,
            data_hash: vec![1; 32],
            field: field.to_owned(),
            text: text(),
        })
    };
    let file = |file_hash| {
        enums::SecureValueError::from(types::SecureValueErrorFile {
            r#type: bill(),
            file_hash,
            text: text(),
        })
    };
    let translation = |file_hash| {
        enums::SecureValueError::from(types::SecureValueErrorTranslationFile {
            r#type: bill(),
            file_hash,
            text: text(),
        })
    };
    form.errors = vec![
        data(passport(), "document_no"),
        data(passport(), "first_name"),
        data(bill(), "document_no"),
        data(enums::SecureValueType::Address, "city"),
        types::SecureValueErrorFrontSide {
            r#type: passport(),
            file_hash: vec![9; 32],
            text: text(),
        }
        .into(),
        types::SecureValueErrorReverseSide {
            r#type: passport(),
            file_hash: vec![9; 32],
            text: text(),
        }
        .into(),
        types::SecureValueErrorSelfie {
            r#type: passport(),
            file_hash: vec![9; 32],
            text: text(),
        }
        .into(),
        file(hash_of(&page)),
        file(vec![9; 32]),
        file(vec![9; 31]),
        translation(hash_of(&translated)),
        translation(hash_of(&page)),
        types::SecureValueErrorFiles {
            r#type: bill(),
            file_hash: vec![],
            text: text(),
        }
        .into(),
        types::SecureValueErrorTranslationFiles {
            r#type: passport(),
            file_hash: vec![],
            text: text(),
        }
        .into(),
        types::SecureValueErrorTranslationFiles {
            r#type: bill(),
            file_hash: vec![],
            text: text(),
        }
        .into(),
        types::SecureValueError {
            r#type: passport(),
            hash: vec![],
            text: text(),
        }
        .into(),
    ];
    let form = Form::read(&link(""), form).expect("a form");
    assert!(form.blames().iter().all(|blame| blame.text() == "mend it"));
    let shown: Vec<_> = form.blames().iter().map(describe).collect();
    assert_eq!(
        shown,
        [
            "passport document_no",
            "passport front",
            "utility_bill page",
            "utility_bill translated page",
            "utility_bill pages",
            "utility_bill translation",
            "passport",
        ]
    );
}

fn describe(blame: &Blame) -> String {
    let place = match blame.place() {
        Place::Field(name) => name,
        Place::FrontSide => "front",
        Place::ReverseSide => "reverse",
        Place::Selfie => "selfie",
        Place::File(_) => "page",
        Place::Files => "pages",
        Place::TranslationFile(_) => "translated page",
        Place::TranslationFiles => "translation",
        _ => "",
    };
    format!("{} {place}", blame.element_type())
        .trim_end()
        .to_owned()
}

#[test]
fn what_is_printed() {
    let mut vault = Vault::new(3);
    let mut form = form(vec![one(ElementType::Email)]).0;
    form.values = vec![vault.plainest(ElementType::Email).into()];
    let form = Form::read(&link("https://a.example/x?secret"), form).expect("a form");
    let printed = format!("{form:?}");
    assert!(printed.contains("Email"), "{printed}");
    assert!(!printed.contains("anna@example.org"), "{printed}");
    assert!(!printed.contains("secret"), "{printed}");
    assert!(!printed.contains("the nonce"), "{printed}");
}

fn link(callback: &str) -> RequestLink {
    let callback: String = callback
        .bytes()
        .map(|byte| format!("%{byte:02X}"))
        .collect();
    let url = format!(
        "tg://resolve?domain=telegrampassport&bot_id=123&scope=%7B%7D&public_key=key\
         &nonce=the%20nonce&callback_url={callback}"
    );
    RequestLink::parse(&url).expect("a link")
}

fn form(required_types: Vec<enums::SecureRequiredType>) -> enums::account::AuthorizationForm {
    types::account::AuthorizationForm {
        required_types,
        values: vec![],
        errors: vec![],
        users: vec![],
        privacy_policy_url: None,
    }
    .into()
}

fn one(element: ElementType) -> enums::SecureRequiredType {
    required(element, false)
}

fn required(element: ElementType, translation_required: bool) -> enums::SecureRequiredType {
    types::SecureRequiredType {
        native_names: false,
        selfie_required: false,
        translation_required,
        r#type: enums::SecureValueType::from(element),
    }
    .into()
}

fn one_of(elements: &[ElementType]) -> enums::SecureRequiredType {
    types::SecureRequiredTypeOneOf {
        types: elements.iter().copied().map(one).collect(),
    }
    .into()
}
