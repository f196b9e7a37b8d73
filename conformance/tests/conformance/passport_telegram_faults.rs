//! The simulated Telegram as a whole: its wire, its determinism, its faults.

use std::collections::BTreeSet;

use telegram_passport::ElementType;
use telegram_passport::client::{Connection, Failure, wait};
use telegram_passport::hash::DataHash;
use telegram_passport::secret::{PassportSecret, SecretError};
use telegram_passport::testing::{Fault, Meanwhile, SimulationError, Telegram};
use telegram_passport::wrap::{
    PasswordKdf, UnwrapError, unwrap_passport_secret, unwrap_value_secret,
};
use telegram_passport_tl::{Encode, SCHEMA, enums, functions, types};

use super::passport_telegram_hand::{Hand, bot_call, empty, refusal, save_part};

const GET: functions::account::GetAllSecureValues = functions::account::GetAllSecureValues {};
const GET_NAME: &str = "account.getAllSecureValues";

#[test]
fn every_method_of_the_selection_is_simulated() {
    let simulated: BTreeSet<_> = Telegram::methods().iter().copied().collect();
    let definitions = SCHEMA.definitions.iter();
    let functions = definitions.filter(|it| it.is_function).map(|it| it.name());
    assert_eq!(simulated, functions.collect());
    assert_eq!(simulated.len(), 29);
}

#[test]
fn what_is_no_call_has_no_answer() {
    let telegram = Telegram::new();
    let connection = telegram.account("+15550100").connection();
    let send = |call: &NotACall| wait(connection.invoke(call));
    let unknown = send(&NotACall(vec![1, 2, 3, 4]));
    assert!(matches!(
        unknown,
        Err(Failure::Connection(SimulationError::UnknownMethod))
    ));
    let nothing = send(&NotACall(vec![]));
    assert!(matches!(
        nothing,
        Err(Failure::Connection(SimulationError::UnknownMethod))
    ));
    let mut long = GET.to_bytes().expect("bytes");
    long.push(0);
    let unreadable = send(&NotACall(long));
    assert!(matches!(
        unreadable,
        Err(Failure::Connection(SimulationError::Unreadable(_)))
    ));
    let constructor = enums::SecureValueType::Email.to_bytes().expect("bytes");
    let constructor = send(&NotACall(constructor));
    assert!(matches!(
        constructor,
        Err(Failure::Connection(SimulationError::UnknownMethod))
    ));
}

#[test]
fn bots_call_what_bots_may_call() {
    let telegram = Telegram::new();
    let bot = telegram.bot("a key");
    assert_eq!(refusal(bot_call(&bot, &GET)), "400 SIMULATION_USERS_ONLY");
    assert!(bot_call(&bot, &save_part(1, 0, b"part")).expect("taken"));
}

#[test]
fn the_same_seed_gives_the_same_world() {
    let state = |telegram: &Telegram| Hand::new(telegram).password();
    assert_eq!(state(&Telegram::new()), state(&Telegram::with_seed(0)));
    assert_ne!(state(&Telegram::new()), state(&Telegram::with_seed(1)));
    let telegram = Telegram::new();
    assert_eq!(
        telegram.account("+1555").id(),
        telegram.account("+1555").id()
    );
    assert_ne!(
        telegram.account("+1555").id(),
        telegram.account("+1556").id()
    );
    assert_ne!(telegram.bot("k").id(), telegram.bot("k").id());
}

#[test]
fn calls_are_written_down() {
    let telegram = Telegram::new();
    let hand = Hand::new(&telegram);
    let _ = hand.password();
    let _ = hand.call(&GET);
    assert_eq!(telegram.calls(), ["account.getPassword", GET_NAME]);
}

#[test]
fn a_call_is_refused_by_name_with_the_code_of_the_method() {
    let (telegram, hand, _) = world();
    let faults = telegram.faults();
    faults.next(GET_NAME, Fault::rpc("APP_VERSION_OUTDATED"));
    faults.next(GET_NAME, Fault::FloodWait(7));
    faults.next(GET_NAME, Fault::rpc("SOMETHING_5_NEW"));
    faults.next(GET_NAME, Fault::rpc("INTERNAL"));
    faults.next("upload.getFile", Fault::rpc("FILE_MIGRATE_3"));
    assert_eq!(faults.waiting(), 5);
    assert_eq!(refusal(hand.call(&GET)), "400 APP_VERSION_OUTDATED");
    assert_eq!(refusal(hand.call(&GET)), "420 FLOOD_WAIT_X 7");
    assert_eq!(refusal(hand.call(&GET)), "400 SOMETHING_X_NEW 5");
    assert_eq!(refusal(hand.call(&GET)), "500 INTERNAL");
    assert!(hand.call(&GET).is_ok());
    let location = types::InputSecureFileLocation {
        id: 1,
        access_hash: 2,
    };
    let get_file = functions::upload::GetFile {
        precise: false,
        cdn_supported: false,
        location: location.into(),
        offset: 0,
        limit: 4096,
    };
    assert_eq!(refusal(hand.call(&get_file)), "303 FILE_MIGRATE_X 3");
    assert_eq!(faults.waiting(), 0);
}

#[test]
fn faults_come_when_they_are_due() {
    let (telegram, hand, _) = world();
    let faults = telegram.faults();
    faults.after(2, GET_NAME, Fault::FloodWait(1));
    assert!(hand.call(&GET).is_ok());
    let _ = hand.password();
    assert!(hand.call(&GET).is_ok());
    assert_eq!(refusal(hand.call(&GET)), "420 FLOOD_WAIT_X 1");
    faults.always(GET_NAME, Fault::FloodWait(2));
    faults.next(GET_NAME, Fault::FloodWait(3));
    assert_eq!(refusal(hand.call(&GET)), "420 FLOOD_WAIT_X 3");
    assert_eq!(refusal(hand.call(&GET)), "420 FLOOD_WAIT_X 2");
    assert_eq!(refusal(hand.call(&GET)), "420 FLOOD_WAIT_X 2");
    faults.clear();
    assert!(hand.call(&GET).is_ok());
}

#[test]
fn calls_and_answers_are_lost() {
    let (telegram, hand, secret) = world();
    let save = || hand.save(phone(), secret.id());
    let name = "account.saveSecureValue";
    let none = |answer: Result<_, _>| {
        matches!(answer, Err(Failure::Connection(SimulationError::NoAnswer)))
    };
    telegram.faults().next(name, Fault::CallLost);
    assert!(none(save()));
    assert_eq!(hand.account.stored_types(), []);
    telegram.faults().next(name, Fault::AnswerLost);
    assert!(none(save()));
    assert_eq!(hand.account.stored_types(), [ElementType::PhoneNumber]);
    telegram.faults().next(name, Fault::AnswerCut);
    assert!(matches!(save(), Err(Failure::Answer(_))));
}

#[test]
fn a_call_that_comes_twice_is_carried_out_twice() {
    let (telegram, mut hand, secret) = world();
    telegram
        .faults()
        .next("account.saveSecureValue", Fault::Twice);
    let saved = hand.save(phone(), secret.id()).expect("saved twice");
    assert_eq!(
        hand.account.stored(ElementType::PhoneNumber).as_ref(),
        Some(&*saved)
    );
    hand.account.set_password("passport");
    telegram
        .faults()
        .next("account.getPasswordSettings", Fault::Twice);
    let password = hand.proof("passport");
    let settings = hand.call(&functions::account::GetPasswordSettings { password });
    assert_eq!(refusal(settings), "400 SRP_ID_INVALID");
}

#[test]
fn ids_in_answers_are_wrong() {
    let (telegram, mut hand, secret) = world();
    let faults = telegram.faults();
    faults.next(GET_NAME, Fault::WrongIds);
    let stored = hand.save_passport(&secret);
    let answered = hand.call(&GET).expect("an answer").remove(0);
    assert_ne!(answered, stored);
    assert_eq!(hand.call(&GET).expect("an answer"), [stored]);
    hand.account.set_password("passport");
    faults.next("account.getPassword", Fault::WrongIds);
    let password = hand.proof("passport");
    let call = functions::account::GetPasswordSettings { password };
    assert_eq!(refusal(hand.call(&call)), "400 SRP_ID_INVALID");
    faults.next("account.getPasswordSettings", Fault::WrongIds);
    let password = hand.proof("passport");
    let call = functions::account::GetPasswordSettings { password };
    let settings = hand.call(&call).expect("an answer");
    let id = settings
        .secure_settings
        .as_ref()
        .expect("a secret")
        .secure_secret_id;
    assert_eq!(id, secret.id().wrapping_add(1));
}

#[test]
fn parts_are_lost_or_damaged() {
    let (telegram, mut hand, secret) = world();
    let name = "upload.saveFilePart";
    telegram.faults().next(name, Fault::PartLost);
    let file = hand.file(&secret, b"page");
    let save = |hand: &Hand, file: &enums::InputSecureFile| {
        let value = types::InputSecureValue {
            files: Some(vec![file.clone()]),
            ..empty(enums::SecureValueType::UtilityBill)
        };
        hand.save(value, secret.id())
    };
    assert_eq!(refusal(save(&hand, &file)), "400 FILE_PART_X_MISSING 0");
    telegram.faults().next(name, Fault::PartDamaged);
    let content: Vec<u8> = (0..=255).collect();
    hand.upload(9, &content, 1024);
    // `md5sum` of the 256 bytes.
    let file = types::InputSecureFileUploaded {
        id: 9,
        parts: 1,
        md5_checksum: "e2c865db4162bed963bfaa9ef6ac18f0".to_owned(),
        file_hash: vec![1; 32],
        secret: vec![2; 32],
    };
    assert_eq!(
        refusal(save(&hand, &file.clone().into())),
        "400 MD5_CHECKSUM_INVALID"
    );
    hand.upload(9, &content, 1024);
    assert!(save(&hand, &file.clone().into()).is_ok());
    hand.account.meanwhile(Meanwhile::PartsGone);
    assert_eq!(
        refusal(save(&hand, &file.into())),
        "400 FILE_PART_X_MISSING 0"
    );
}

#[test]
fn the_password_changes_meanwhile() {
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    let changed = Meanwhile::PasswordChanged {
        from: "passport".to_owned(),
        to: "second".to_owned(),
    };
    let password = hand.proof("passport");
    let name = "account.getPasswordSettings";
    telegram.faults().next(name, Fault::Meanwhile(changed));
    let call = functions::account::GetPasswordSettings { password };
    assert_eq!(refusal(hand.call(&call)), "400 SRP_PASSWORD_CHANGED");
    let opened = open(&hand, "second").expect("encrypted anew");
    assert_eq!(opened, secret);
    hand.account.set_password("third");
    let password = hand.proof("third");
    assert!(
        hand.call(&functions::account::GetPasswordSettings { password })
            .is_ok()
    );
    assert_eq!(
        open(&hand, "second").as_ref(),
        Ok(&secret),
        "still under the second"
    );
}

#[test]
fn the_secret_changes_meanwhile() {
    let telegram = Telegram::new();
    let (hand, secret) = Hand::with_secret(&telegram);
    let save = |id| hand.save(phone(), id);
    let happen = |event| hand.account.meanwhile(event);
    happen(Meanwhile::SecretIdChanged);
    assert_eq!(open(&hand, "passport"), Err(UnwrapError::Id));
    happen(Meanwhile::SecretDamaged);
    assert!(open(&hand, "passport").is_err());
    assert_eq!(refusal(save(secret.id())), "400 SECURE_SECRET_INVALID");
    happen(Meanwhile::SecretReplaced("passport".to_owned()));
    let other = open(&hand, "passport").expect("another one");
    assert_ne!(other, secret);
    assert_eq!(refusal(save(secret.id())), "400 SECURE_SECRET_INVALID");
    assert!(save(other.id()).is_ok());
    happen(Meanwhile::SecretDeleted);
    assert_eq!(refusal(save(other.id())), "400 SECURE_SECRET_REQUIRED");
}

#[test]
fn stored_values_change_meanwhile() {
    let (_, mut hand, secret) = world();
    let passport = hand.save_passport(&secret);
    let address = types::InputSecureValue {
        data: Some(hand.data(&secret, "{}")),
        ..empty(enums::SecureValueType::Address)
    };
    let address = hand.save(address, secret.id()).expect("saved");
    let (one, other) = (ElementType::Passport, ElementType::Address);
    let stored = |element| hand.account.stored(element).expect("stored");
    let happen = |event| hand.account.meanwhile(event);
    happen(Meanwhile::ValueSavedAgain(one));
    assert_ne!(stored(one).hash, passport.hash);
    assert_eq!(stored(one).data, passport.data);
    happen(Meanwhile::DataSwapped(one, other));
    assert_eq!(
        (stored(one).data, stored(other).data),
        (address.data.clone(), passport.data.clone())
    );
    happen(Meanwhile::DataSwapped(one, other));
    happen(Meanwhile::ValueSecretsDamaged(other));
    let damaged = stored(other).data.expect("data");
    let hash = DataHash::from_slice(&damaged.data_hash).expect("32 bytes");
    let opened = unwrap_value_secret(&secret, &hash, &damaged.secret);
    assert_eq!(opened, Err(SecretError::Checksum));
    happen(Meanwhile::ValueDamaged(one));
    let (damaged, sound) = (stored(one).data.expect("data"), passport.data.clone());
    assert_ne!(damaged.data, sound.expect("data").data);
    happen(Meanwhile::ValueDeleted(one));
    assert_eq!(hand.account.stored_types(), [other]);

    let bill = types::InputSecureValue {
        files: Some(vec![hand.file(&secret, b"page")]),
        ..empty(enums::SecureValueType::UtilityBill)
    };
    let bill = hand.save(bill, secret.id()).expect("saved");
    let Some([enums::SecureFile::File(file)]) = bill.files.as_deref() else {
        panic!("not one file");
    };
    let before = hand.account.stored_file(file.id);
    hand.account
        .meanwhile(Meanwhile::ValueDamaged(ElementType::UtilityBill));
    assert_ne!(hand.account.stored_file(file.id), before);
}

#[test]
fn a_world_is_shared_among_threads() {
    let telegram = Telegram::new();
    let account = telegram.account("+15550100");
    let connection = account.connection();
    let parts = std::thread::spawn(move || wait(connection.invoke(&save_part(1, 0, b"part"))));
    assert!(parts.join().expect("no panic").expect("taken"));
    assert_eq!(telegram.calls().len(), 1);
}

/// Bytes that pretend to be a call.
struct NotACall(Vec<u8>);

impl Encode for NotACall {
    fn encode<S: telegram_passport_tl::Sink>(&self, sink: &mut S) {
        sink.raw(&self.0);
    }
}

impl telegram_passport_tl::RemoteCall for NotACall {
    type Return = bool;
}

impl telegram_passport_tl::Described for NotACall {}

impl telegram_passport_tl::Identifiable for NotACall {
    const ID: u32 = 0;
    const NAME: &'static str = "none";
    const SCHEMA: &'static telegram_passport_tl::inspect::Schema = &SCHEMA;
}

/// A user with a password and a secret that needs no KDF.
fn world() -> (Telegram, Hand, PassportSecret) {
    let telegram = Telegram::new();
    let mut hand = Hand::new(&telegram);
    hand.account.set_password("passport");
    let secret = PassportSecret::generate(&mut hand.random).expect("never fails");
    let algorithm = types::SecurePasswordKdfAlgoSha512 { salt: vec![] };
    hand.account.set_secret(Some(types::SecureSecretSettings {
        secure_algo: algorithm.into(),
        secure_secret: vec![0; 32],
        secure_secret_id: secret.id(),
    }));
    (telegram, hand, secret)
}

fn open(hand: &Hand, password: &str) -> Result<PassportSecret, UnwrapError> {
    let stored = hand.account.secret().expect("a secret");
    let enums::SecurePasswordKdfAlgo::Pbkdf2Hmacsha512iter100000(algorithm) = stored.secure_algo
    else {
        panic!("another algorithm");
    };
    let kdf = PasswordKdf::Pbkdf2 {
        salt: algorithm.salt,
    };
    unwrap_passport_secret(
        &stored.secure_secret,
        stored.secure_secret_id,
        password,
        &kdf,
    )
}

fn phone() -> types::InputSecureValue {
    let phone = "15550100".to_owned();
    types::InputSecureValue {
        plain_data: Some(types::SecurePlainPhone { phone }.into()),
        ..empty(enums::SecureValueType::Phone)
    }
}
