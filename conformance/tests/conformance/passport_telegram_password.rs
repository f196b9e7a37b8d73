//! The simulated server's passwords: proofs, settings, and the errors of both.

use num_bigint::BigUint;
use telegram_passport::secret::PassportSecret;
use telegram_passport::testing::Telegram;
use telegram_passport_tl::{enums, functions, types};

use super::passport_telegram_hand::{Hand, bytes, nothing, pad, proof, refusal};

/// The proof that these tests are made with is the one of the reference, section 15.2.
#[test]
fn the_proof_by_hand_is_the_one_of_the_reference() {
    let (_, m1) = proof("123123", &vector_a(), &hex(B_OF_A), &BigUint::from(1_u8));
    assert_eq!(
        m1,
        hex("999df906bda2c6cbb52f503406eba2d0d0503ace0cc302c38f13ee5010ad4051")
    );
    let a = BigUint::from_bytes_be(&hex(SECRET_OF_B));
    let (_, m1) = proof("qwe123", &vector_b(), &hex(B_OF_B), &a);
    assert_eq!(
        m1,
        hex("cd798227ccc2a4d35481326edbcfa5970570cbdbbf8d8804370747e4e3ed7763")
    );
}

#[test]
fn without_a_password_there_is_nothing_to_prove() {
    let telegram = Telegram::new();
    let hand = Hand::new(&telegram);
    let state = hand.password();
    assert!(state.has_password.is_none() && state.hint.is_none());
    assert!(!state.has_recovery && !state.has_secure_values);
    assert!(state.secure_random.len() >= 32);
    let settings = get_settings(&hand, NO_PROOF).expect("nothing to prove");
    assert!(settings.secure_settings.is_none() && settings.email.is_none());
    assert_eq!(refusal(check(&hand, NO_PROOF)), "400 PASSWORD_HASH_INVALID");
    let stale = wrong_proof(5);
    assert_eq!(refusal(get_settings(&hand, stale)), "400 SRP_ID_INVALID");
}

#[test]
fn a_password_is_set_and_proved() {
    let telegram = Telegram::new();
    let mut hand = Hand::new(&telegram);
    hand.set_password("hunter2");
    assert_eq!(hand.password().hint.as_deref(), Some("a hint"));
    let right = hand.proof("hunter2");
    assert!(get_settings(&hand, right.clone()).is_ok());
    assert_eq!(
        refusal(get_settings(&hand, right)),
        "400 SRP_ID_INVALID",
        "used up"
    );
    let right = hand.proof("hunter2");
    assert!(check(&hand, right).is_ok());
    let wrong = hand.proof("hunter3");
    assert_eq!(
        refusal(get_settings(&hand, wrong.clone())),
        "400 PASSWORD_HASH_INVALID"
    );
    assert_eq!(
        refusal(get_settings(&hand, wrong)),
        "400 SRP_ID_INVALID",
        "used up"
    );
    assert_eq!(
        refusal(get_settings(&hand, NO_PROOF)),
        "400 PASSWORD_HASH_INVALID"
    );
}

#[test]
fn only_the_last_srp_id_is_good() {
    let telegram = Telegram::new();
    let mut hand = Hand::new(&telegram);
    hand.set_password("hunter2");
    let older = hand.proof("hunter2");
    let newer = hand.proof("hunter2");
    assert_eq!(refusal(get_settings(&hand, older)), "400 SRP_ID_INVALID");
    assert!(get_settings(&hand, newer).is_ok());
}

#[test]
fn numbers_that_prove_nothing_are_refused() {
    let telegram = Telegram::new();
    let mut hand = Hand::new(&telegram);
    hand.set_password("hunter2");
    let prime = BigUint::from_bytes_be(&hex(PRIME));
    for a in [
        vec![0; 256],
        pad(&prime),
        vec![],
        vec![1; 255],
        vec![255; 256],
    ] {
        let enums::InputCheckPasswordSrp::Srp(mut proof) = hand.proof("hunter2") else {
            panic!("no proof");
        };
        proof.a = a;
        let answer = get_settings(&hand, proof.into());
        assert_eq!(refusal(answer), "400 PASSWORD_HASH_INVALID");
    }
}

#[test]
fn a_proof_for_an_older_password_is_told_apart() {
    let telegram = Telegram::new();
    let mut hand = Hand::new(&telegram);
    hand.set_password("hunter2");
    let proof = hand.proof("hunter2");
    hand.account.set_password("another");
    assert_eq!(
        refusal(get_settings(&hand, proof)),
        "400 SRP_PASSWORD_CHANGED"
    );
    let proof = hand.proof("another");
    assert!(get_settings(&hand, proof).is_ok());
}

#[test]
fn salts_and_numbers_of_a_new_password_are_checked() {
    let telegram = Telegram::new();
    let mut hand = Hand::new(&telegram);
    let sound = hand.new_password("hunter2");
    let set = |change: fn(&mut ModPow, &mut Vec<u8>), expected: &str| {
        let mut new = sound.clone();
        let enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algorithm) =
            &mut new.new_algo
        else {
            panic!("no algorithm");
        };
        change(algorithm, &mut new.new_password_hash);
        let settings = types::account::PasswordInputSettings {
            new_algo: Some(new),
            ..nothing()
        };
        assert_eq!(refusal(hand.update(NO_PROOF, settings)), expected);
    };
    set(|it, _| it.salt1.truncate(8), "400 NEW_SALT_INVALID");
    set(|it, _| it.salt1[0] ^= 1, "400 NEW_SALT_INVALID");
    set(|it, _| it.salt1.push(0), "400 NEW_SALT_INVALID");
    set(|it, _| it.salt2[0] ^= 1, "400 NEW_SALT_INVALID");
    set(|it, _| it.g = 4, "400 NEW_SETTINGS_INVALID");
    set(|it, _| it.p[255] ^= 1, "400 NEW_SETTINGS_INVALID");
    set(|_, hash| hash.truncate(255), "400 NEW_SETTINGS_INVALID");
    set(|_, hash| hash.fill(255), "400 NEW_SETTINGS_INVALID");
    set(|_, hash| hash.fill(0), "400 NEW_SETTINGS_INVALID");
    let without_hash = types::account::PasswordInputSettings {
        new_algo: Some(types::account::PasswordInputSettingsNewAlgo {
            new_algo: enums::PasswordKdfAlgo::Unknown,
            ..sound.clone()
        }),
        ..nothing()
    };
    let answer = hand.update(NO_PROOF, without_hash);
    assert_eq!(refusal(answer), "400 NEW_SETTINGS_INVALID");
    assert!(hand.password().has_password.is_none());
}

#[test]
fn settings_that_set_nothing_are_refused() {
    let telegram = Telegram::new();
    let mut hand = Hand::new(&telegram);
    assert_eq!(
        refusal(hand.update(NO_PROOF, nothing())),
        "400 NEW_SETTINGS_EMPTY"
    );
    assert_eq!(
        refusal(hand.update(NO_PROOF, removal())),
        "400 NEW_SETTINGS_EMPTY"
    );
    let email = types::account::PasswordInputSettings {
        email: Some("anna@example.org".to_owned()),
        ..nothing()
    };
    assert_eq!(
        refusal(hand.update(NO_PROOF, email)),
        "400 NEW_SETTINGS_INVALID"
    );
    let secret = PassportSecret::generate(&mut hand.random).expect("never fails");
    let secret = types::account::PasswordInputSettings {
        new_secure_settings: Some(hand.secret_settings(&secret, "hunter2").into()),
        ..nothing()
    };
    assert_eq!(
        refusal(hand.update(NO_PROOF, secret)),
        "400 NEW_SETTINGS_INVALID"
    );
}

#[test]
fn a_passport_secret_is_stored_as_it_is_and_deleted() {
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    let proof = hand.proof("passport");
    let settings = get_settings(&hand, proof).expect("the right password");
    let stored = settings.secure_settings.as_ref().expect("a secret");
    assert_eq!(stored.secure_secret_id, secret.id());
    assert_eq!(hand.account.secret().as_ref(), Some(&**stored));

    let deletion = types::account::PasswordInputSettings {
        new_secure_settings: Some(no_secret().into()),
        ..nothing()
    };
    hand.save_passport(&secret);
    let proof = hand.proof("passport");
    assert!(hand.update(proof, deletion).expect("it is deleted"));
    let proof = hand.proof("passport");
    let settings = get_settings(&hand, proof).expect("the right password");
    assert!(settings.secure_settings.is_none());
    // Unreadable, but there.
    assert!(hand.password().has_secure_values);
}

#[test]
fn a_passport_secret_that_no_client_should_store_is_refused() {
    let telegram = Telegram::new();
    let mut hand = Hand::new(&telegram);
    hand.set_password("hunter2");
    let secret = PassportSecret::generate(&mut hand.random).expect("never fails");
    let sound = hand.secret_settings(&secret, "hunter2");
    let salt = bytes(&mut hand.random, 40);
    let foreign = types::SecurePasswordKdfAlgoPbkdf2Hmacsha512iter100000 { salt: salt.clone() };
    let cases = [
        (
            types::SecureSecretSettings {
                secure_algo: foreign.into(),
                ..sound.clone()
            },
            "400 NEW_SALT_INVALID",
        ),
        (
            types::SecureSecretSettings {
                secure_algo: types::SecurePasswordKdfAlgoSha512 { salt }.into(),
                ..sound.clone()
            },
            "400 NEW_SETTINGS_INVALID",
        ),
        (
            types::SecureSecretSettings {
                secure_secret: vec![1; 31],
                ..sound.clone()
            },
            "400 NEW_SETTINGS_INVALID",
        ),
        (
            types::SecureSecretSettings {
                secure_secret_id: 7,
                ..no_secret()
            },
            "400 NEW_SETTINGS_INVALID",
        ),
    ];
    for (settings, expected) in cases {
        let settings = types::account::PasswordInputSettings {
            new_secure_settings: Some(settings.into()),
            ..nothing()
        };
        let proof = hand.proof("hunter2");
        assert_eq!(refusal(hand.update(proof, settings)), expected);
    }
    assert!(hand.account.secret().is_none());
}

#[test]
fn password_and_secret_change_in_one_call_or_not_at_all() {
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    hand.save_passport(&secret);
    let new = hand.new_password("second");
    let mut wrapped = hand.secret_settings(&secret, "second");
    wrapped.secure_secret.pop();
    let settings = types::account::PasswordInputSettings {
        new_algo: Some(new.clone()),
        new_secure_settings: Some(wrapped.into()),
        ..nothing()
    };
    let proof = hand.proof("passport");
    assert_eq!(
        refusal(hand.update(proof, settings.clone())),
        "400 NEW_SETTINGS_INVALID"
    );
    let wrapped = hand.secret_settings(&secret, "second");
    let settings = types::account::PasswordInputSettings {
        new_secure_settings: Some(wrapped.clone().into()),
        ..settings
    };
    let proof = hand.proof("passport");
    assert!(hand.update(proof, settings).expect("both change"));
    let proof = hand.proof("second");
    let stored = get_settings(&hand, proof).expect("the new password");
    assert_eq!(stored.secure_settings, Some(wrapped.into()));
    assert!(hand.password().has_secure_values);
}

#[test]
fn with_the_password_all_passport_data_goes() {
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    hand.save_passport(&secret);
    let mut settings = removal();
    settings.new_secure_settings = Some(hand.secret_settings(&secret, "passport").into());
    let proof = hand.proof("passport");
    assert_eq!(
        refusal(hand.update(proof, settings)),
        "400 NEW_SETTINGS_INVALID"
    );
    let proof = hand.proof("passport");
    assert!(hand.update(proof, removal()).expect("it is removed"));
    let state = hand.password();
    assert!(state.has_password.is_none() && !state.has_secure_values);
    assert!(hand.account.secret().is_none());
}

type ModPow = types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow;

const NO_PROOF: enums::InputCheckPasswordSrp =
    enums::InputCheckPasswordSrp::InputCheckPasswordEmpty;

fn get_settings(
    hand: &Hand,
    password: enums::InputCheckPasswordSrp,
) -> super::passport_telegram_hand::Answer<functions::account::GetPasswordSettings> {
    hand.call(&functions::account::GetPasswordSettings { password })
}

fn check(
    hand: &Hand,
    password: enums::InputCheckPasswordSrp,
) -> super::passport_telegram_hand::Answer<functions::auth::CheckPassword> {
    hand.call(&functions::auth::CheckPassword { password })
}

fn wrong_proof(srp_id: i64) -> enums::InputCheckPasswordSrp {
    let (a, m1) = (vec![1; 256], vec![2; 32]);
    types::InputCheckPasswordSrp { srp_id, a, m1 }.into()
}

fn removal() -> types::account::PasswordInputSettings {
    types::account::PasswordInputSettings {
        new_algo: Some(types::account::PasswordInputSettingsNewAlgo {
            new_algo: enums::PasswordKdfAlgo::Unknown,
            new_password_hash: Vec::new(),
            hint: String::new(),
        }),
        ..nothing()
    }
}

fn no_secret() -> types::SecureSecretSettings {
    types::SecureSecretSettings {
        secure_algo: enums::SecurePasswordKdfAlgo::Unknown,
        secure_secret: Vec::new(),
        secure_secret_id: 0,
    }
}

fn vector_a() -> enums::PasswordKdfAlgo {
    algorithm(
        "4d11fb6bec38f9d2546bb0f61e4f1c99a1bc0db8f0d5f35b1291b37b213123d7ed48f3c6794d495b",
        "a1b181aafe88188680ae32860d60bb01",
    )
}

fn vector_b() -> enums::PasswordKdfAlgo {
    algorithm(
        "9b3accc457c0d5288e8cff31eb21094048bc11902f6614dbb9afb839ee7641c37619537d8ebe749e",
        "6c619bb0786dc4ed1bf211d23f6e4065",
    )
}

fn algorithm(salt1: &str, salt2: &str) -> enums::PasswordKdfAlgo {
    ModPow {
        salt1: hex(salt1),
        salt2: hex(salt2),
        g: 3,
        p: hex(PRIME),
    }
    .into()
}

fn hex(text: &str) -> Vec<u8> {
    let pair = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal");
    (0..text.len()).step_by(2).map(pair).collect()
}

const PRIME: &str = "\
    c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f\
    48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37\
    20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64\
    2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4\
    a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754\
    fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4\
    e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f\
    0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b";

const B_OF_A: &str = "\
    9c52401a6a8084ec82f01c3725d3fb448bd2f0c909f9d97726eac4b7a74172d9\
    52f02466be6734fa274d2b7429e27397f10372d66b400b80a5c5ae3f28b17bf3\
    105d7a2d2a885998cdc2defc208aec217ab58859a9abc2374ad93dc285f4b3fb\
    caff4143d7888f2425bd2fb711b25609ceb21757d935b1ef2f042173ad0ce2fe\
    0e474dac53914bd25a8a9aed4aea8953d55cb88621db37b871ea0d04393ac098\
    7f68094ccc9de8239251375d8fffd263316cd528c097b7bc9fb919fbedb76c52\
    5df3413c374ee076d97a1e6d352bb7cc80fd13651b04b32e2e48c5268150842c\
    fd07cf855958b1b5ea9c36fdad697fe3aec8dcc6b1efec36874af226204676cf";

const SECRET_OF_B: &str = "\
    29afd26df40fb8ed10b6b4ad6d56ef5df9453f88e6ee6adb6e0544ba635dc6a8\
    a990c9b8b980c343936b33fa7f97bae025102532233abb269c489920ef99021b\
    259ce3a2c964c5c8972b4a84ff96f3375a94b535a9468f2896e2080ac7a32ed5\
    8e910474a4b02415e07671cbb5bdd58a5dd26fd137c4c98b8c346571fae6ead3\
    9dfd612bd6b480b6723433f5218e9d6e271591153fb3ffefc089f7e848d3f463\
    3459fff66b33cf939e5655813149fa34be8625f9bc4814d1ee6cf40e4d0de229\
    1aa22e68c8ad8cc698103734f9aaf79f2bdc052a787a7a9b3629d1ed38750f88\
    cb0481c0ba30a9c611672f9a4d1dc02637abb4e98913ee810a3b152d3d75f25d";

const B_OF_B: &str = "\
    1476a7b5991d7f028bbee33b3455cad3f2cd0eb3737409fcce92fa7d4cd5c733\
    ec6d2cb3454e587d4c17eda2fd7ef9a57327215f38292cc8bd5dc77d3e1d31cd\
    dae2652f8347c4b0093f7c78242f70e6cc13137ee7acc257a49855a63113db8f\
    163992b9101551f3b6f7eb5d196cee3647c359553b1bcbe82ba8933c0fb1ac35\
    0243c535b8e634613e1f626ba8a6d141ef957c859e71a117b557c0298bfbb107\
    c91f71f5b4275fded58289aa1e87c612f44b7aa0b5e0de7def4458f58db80019\
    d2e7b181eb66dc270374af2d160dd0c53edd677b2701694d71ea8718c49df6a9\
    dbe2cbae051ffc1986336cd26f11a8ab426dfe0813d7b3f4eedf4e34182ccc3a";
