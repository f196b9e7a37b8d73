//! The simulated server's forms, and the languages of native names.

use telegram_passport::key::PrivateKey;
use telegram_passport::testing::{Randomness, Telegram};
use telegram_passport_tl::{enums, functions, types};

use super::passport_telegram_hand::{Hand, empty, refusal};
use super::passport_telegram_world::{SCOPE, Type, World};

#[test]
fn the_form_says_what_is_asked_for() {
    let world = World::new();
    // Source: protocol reference, section 5.5, example 1.
    let scope = r#"{"v":1,"d":[{"_":"pd","n":1},"ad","pn","em",{"_":[{"_":"pp","s":1,"t":1},"ip","dl","ic"]},{"_":["ub","bs","ra","pr","tr"]}]}"#;
    let form = world.form(scope).expect("a form");
    let plain = |r#type| required(r#type, false, false, false);
    let expected = [
        required(Type::PersonalDetails, true, false, false),
        plain(Type::Address),
        plain(Type::Phone),
        plain(Type::Email),
        one_of([
            required(Type::Passport, false, true, true),
            plain(Type::InternalPassport),
            plain(Type::DriverLicense),
            plain(Type::IdentityCard),
        ]),
        one_of([
            plain(Type::UtilityBill),
            plain(Type::BankStatement),
            plain(Type::RentalAgreement),
            plain(Type::PassportRegistration),
            plain(Type::TemporaryRegistration),
        ]),
    ];
    assert_eq!(form.required_types, expected);
    assert_eq!((form.values.len(), form.errors.len()), (0, 0));
    assert!(form.privacy_policy_url.is_none());
    let [enums::User::User(bot)] = form.users.as_slice() else {
        panic!("not one user");
    };
    assert!(bot.id == world.bot.id().get() && bot.bot.is_some());

    // Source: the same, example 3.
    let alias = world
        .form(r#"{"v":1,"d":[{"_":"idd","s":1}]}"#)
        .expect("a form");
    let types = [Type::Passport, Type::DriverLicense, Type::IdentityCard];
    let types = types.map(|it| required(it, false, true, false));
    assert_eq!(alias.required_types, [one_of(types)]);
    let old = world
        .form(r#"["passport","email"]"#)
        .expect("a form of version 1.0");
    assert_eq!(
        old.required_types,
        [plain(Type::Passport), plain(Type::Email)]
    );
}

#[test]
fn the_form_has_what_is_stored_of_the_types_that_are_asked_for() {
    let mut world = World::new();
    world.bot.set_privacy_policy("https://a.example/privacy");
    let passport = world.hand.save_passport(&world.secret);
    let address = types::InputSecureValue {
        data: Some(world.hand.data(&world.secret, "{}")),
        ..empty(Type::Address)
    };
    world.hand.save(address, world.secret.id()).expect("saved");
    let form = world.form(SCOPE).expect("a form");
    assert_eq!(form.values, [passport]);
    let policy = form.privacy_policy_url.as_deref();
    assert_eq!(policy, Some("https://a.example/privacy"));
}

#[test]
fn requests_that_are_none_are_refused() {
    let world = World::new();
    let form = |bot_id, scope: &str, public_key: &str| {
        world.hand.call(&functions::account::GetAuthorizationForm {
            bot_id,
            scope: scope.to_owned(),
            public_key: public_key.to_owned(),
        })
    };
    let (id, key) = (world.bot.id().get(), world.key());
    assert_eq!(refusal(form(id + 1, SCOPE, key)), "400 BOT_INVALID");
    assert_eq!(refusal(form(id, SCOPE, "")), "400 PUBLIC_KEY_REQUIRED");
    let other = PrivateKey::generate(&mut Randomness::new(8)).expect("a key");
    let other = other.public_key();
    assert_eq!(
        refusal(form(id, SCOPE, other.text())),
        "400 PUBLIC_KEY_INVALID"
    );
    assert_eq!(
        refusal(form(id, SCOPE, key.trim_end())),
        "400 PUBLIC_KEY_INVALID"
    );
    assert_eq!(refusal(form(id, "", key)), "400 SCOPE_EMPTY");
    assert_eq!(
        refusal(form(id, r#"{"v":1,"d":[]}"#, key)),
        "400 SCOPE_EMPTY"
    );
    let twice = r#"{"v":1,"d":["pp","pp"]}"#;
    assert_eq!(
        refusal(form(id, twice, key)),
        "400 SIMULATION_SCOPE_INVALID"
    );
    assert_eq!(refusal(form(id, "{", key)), "400 SIMULATION_SCOPE_INVALID");
    assert!(form(id, SCOPE, &key.replace('\n', "\r\n")).is_ok());
    let telegram = Telegram::new();
    let odd = telegram.bot("this is no key");
    let call = functions::account::GetAuthorizationForm {
        bot_id: odd.id().get(),
        scope: SCOPE.to_owned(),
        public_key: "this is no key".to_owned(),
    };
    let answer = Hand::new(&telegram).call(&call);
    assert_eq!(refusal(answer), "400 PUBLIC_KEY_INVALID");
}

#[test]
fn languages_are_told_once() {
    let telegram = Telegram::new();
    let hand = Hand::new(&telegram);
    let get = |hash| {
        let config = hand.call(&functions::help::GetPassportConfig { hash });
        match config.expect("it never fails") {
            enums::help::PassportConfig::Config(it) => {
                Some((it.hash, it.countries_langs.data.clone()))
            }
            enums::help::PassportConfig::NotModified => None,
        }
    };
    let (hash, text) = get(0).expect("the languages");
    let read: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(read["DE"], "de");
    assert!(get(hash).is_none());
    assert_eq!(get(hash.wrapping_add(1)), Some((hash, text)));
    telegram.set_countries_langs(r#"{"XX":"xx"}"#);
    let (other, text) = get(hash).expect("other languages");
    assert_eq!(text, r#"{"XX":"xx"}"#);
    assert_ne!(other, hash);
}

fn required(
    r#type: Type,
    native_names: bool,
    selfie_required: bool,
    translation_required: bool,
) -> enums::SecureRequiredType {
    types::SecureRequiredType {
        native_names,
        selfie_required,
        translation_required,
        r#type,
    }
    .into()
}

fn one_of<const N: usize>(types: [enums::SecureRequiredType; N]) -> enums::SecureRequiredType {
    let types = types.to_vec();
    types::SecureRequiredTypeOneOf { types }.into()
}
