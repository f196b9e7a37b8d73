//! Errors that a bot of the simulated Telegram sets, and what resolves them.

use serde_json::json;
use telegram_passport::answer::{set_passport_data_errors, set_secure_value_errors};
use telegram_passport::document::IdDocumentField;
use telegram_passport::testing::{Document, submission};
use telegram_passport::{ElementType, bot_api, mtproto};
use telegram_passport_tl::{enums, functions, types};

use super::passport_telegram_hand::{bot_call, empty, refusal};
use super::passport_telegram_world::{SCOPE, Type, World};

#[test]
fn errors_block_until_what_they_blame_has_changed() {
    let mut world = World::new();
    let values = world.store();
    assert!(world.accept(&values).expect("accepted"));
    let update = world.bot.updates().remove(0);
    let incoming = bot_api::read_update(update.json()).expect("a container");
    let data = incoming.expect("a submission").passport_data;
    let submission = data.open(&world.private, &world.nonce).expect("it opens");
    let passport = submission.identity_document(ElementType::Passport);
    let front = passport
        .and_then(|it| it.front_side())
        .expect("a front side");
    let body = set_passport_data_errors(update.user_id(), &[front.error("too dark")]);
    let answer = world.bot.set_passport_data_errors(&body);
    assert_eq!(answer, json!({ "ok": true, "result": true }));

    let form = world.form(SCOPE).expect("a form");
    let [enums::SecureValueError::FrontSide(error)] = form.errors.as_slice() else {
        panic!("not this error");
    };
    assert_eq!(error.text, "too dark");
    assert_eq!(error.file_hash, front.hash().as_bytes());
    assert_eq!(
        refusal(world.accept(&values)),
        "400 SIMULATION_ERROR_UNRESOLVED"
    );

    // Other data with the same front side changes nothing.
    let Some(enums::SecureFile::File(file)) = &values[0].front_side else {
        panic!("no file");
    };
    let kept = types::InputSecureFile {
        id: file.id,
        access_hash: file.access_hash,
    };
    let value = types::InputSecureValue {
        data: Some(world.hand.data(&world.secret, "{}")),
        front_side: Some(kept.into()),
        ..empty(Type::Passport)
    };
    world.hand.save(value, world.secret.id()).expect("saved");
    assert_eq!(world.hand.account.errors().len(), 1);
    let passport = world.hand.save_passport(&world.secret);
    assert_eq!(world.hand.account.errors(), []);
    let values = [passport, values[1].clone()];
    assert!(world.accept(&values).expect("accepted"));
    assert_eq!(world.bot.updates().len(), 1);
}

#[test]
fn each_kind_of_error_is_resolved_by_what_it_blames() {
    use enums::SecureValueError as Error;
    let mut world = World::new();
    let bill = |world: &mut World, pages: &[&[u8]]| {
        let pages = pages.iter();
        let files = pages.map(|page| world.hand.file(&world.secret, page));
        let value = types::InputSecureValue {
            files: Some(files.collect()),
            ..empty(Type::UtilityBill)
        };
        let saved = world.hand.save(value, world.secret.id());
        saved.expect("saved")
    };
    let stored = bill(&mut world, &[b"one", b"two"]);
    let files = stored.files.iter().flatten();
    let hashes: Vec<Vec<u8>> = files
        .map(|file| match file {
            enums::SecureFile::File(file) => file.file_hash.clone(),
            enums::SecureFile::Empty => panic!("no file"),
        })
        .collect();
    let (r#type, text) = (Type::UtilityBill, "bad".to_owned());
    let errors: Vec<Error> = vec![
        types::SecureValueErrorFile {
            r#type,
            file_hash: hashes[0].clone(),
            text: text.clone(),
        }
        .into(),
        types::SecureValueErrorFiles {
            r#type,
            file_hash: hashes,
            text: text.clone(),
        }
        .into(),
        types::SecureValueErrorTranslationFiles {
            r#type,
            file_hash: vec![vec![5; 32]],
            text: text.clone(),
        }
        .into(),
        types::SecureValueError {
            r#type,
            hash: stored.hash.clone(),
            text,
        }
        .into(),
    ];
    let set = |world: &World, errors: Vec<Error>| {
        let id = world.hand.account.input_user();
        bot_call(
            &world.bot,
            &functions::users::SetSecureValueErrors { id, errors },
        )
    };
    assert!(set(&world, errors.clone()).expect("set"));
    assert_eq!(world.hand.account.errors(), errors);
    let kept = stored.files.iter().flatten().map(|file| match file {
        enums::SecureFile::File(file) => types::InputSecureFile {
            id: file.id,
            access_hash: file.access_hash,
        }
        .into(),
        enums::SecureFile::Empty => panic!("no file"),
    });
    let value = types::InputSecureValue {
        files: Some(kept.collect()),
        ..empty(Type::UtilityBill)
    };
    world.hand.save(value, world.secret.id()).expect("saved");
    // The pages are the same, the value is another one.
    assert_eq!(world.hand.account.errors(), errors[..2]);
    bill(&mut world, &[b"three"]);
    assert_eq!(world.hand.account.errors(), []);
    assert!(set(&world, errors.clone()).expect("set"));
    assert!(set(&world, errors[..1].to_vec()).expect("the others are replaced"));
    assert_eq!(world.hand.account.errors(), errors[..1]);
    let types = vec![Type::UtilityBill];
    let delete = functions::account::DeleteSecureValue { types };
    assert!(world.hand.call(&delete).expect("deleted"));
    assert_eq!(world.hand.account.errors(), []);
    assert!(set(&world, errors).expect("set"));
    assert!(set(&world, vec![]).expect("cleared"));
    assert_eq!(world.hand.account.errors(), []);
}

#[test]
fn errors_of_the_wrong_form_are_refused() {
    let world = World::new();
    let user = world.hand.account.input_user();
    let set = |id, errors| functions::users::SetSecureValueErrors { id, errors };
    let data = |data_hash| -> enums::SecureValueError {
        types::SecureValueErrorData {
            r#type: Type::Passport,
            data_hash,
            field: "document_no".to_owned(),
            text: "bad".to_owned(),
        }
        .into()
    };
    let whole = |hash| -> enums::SecureValueError {
        types::SecureValueError {
            r#type: Type::Passport,
            hash,
            text: "bad".to_owned(),
        }
        .into()
    };
    let by_user = world.hand.call(&set(user.clone(), vec![]));
    assert_eq!(refusal(by_user), "400 USER_BOT_REQUIRED");
    let bot = |call| bot_call(&world.bot, &call);
    let short = bot(set(user.clone(), vec![data(vec![1; 31])]));
    assert_eq!(refusal(short), "400 DATA_HASH_SIZE_INVALID");
    let short = bot(set(
        user.clone(),
        vec![data(vec![1; 32]), whole(vec![1; 5])],
    ));
    assert_eq!(refusal(short), "400 HASH_SIZE_INVALID");
    assert_eq!(world.hand.account.errors(), []);
    for nobody in [
        enums::InputUser::Empty,
        enums::InputUser::UserSelf,
        types::InputUser {
            user_id: world.hand.account.id(),
            access_hash: 0,
        }
        .into(),
    ] {
        assert_eq!(refusal(bot(set(nobody, vec![]))), "400 USER_ID_INVALID");
    }
    assert!(bot(set(user, vec![data(vec![1; 32])])).expect("set"));
}

#[test]
fn every_error_of_the_bot_api_becomes_the_one_of_tl() {
    let world = World::new();
    let user_id = world.hand.account.id();
    let service = World::new();
    let link = service.link(r#"{"v":1,"d":["dl",{"_":"ub","t":1}]}"#);
    let answer = submission(&link, &Document::samples(), 3).expect("sealed");
    let data = mtproto::read_action(&answer.action()).expect("a container");
    let opened = data
        .open(&service.private, &service.nonce)
        .expect("it opens");
    let license = opened.identity_document(ElementType::DriverLicense);
    let license = license.expect("a licence");
    let bill = opened
        .address_document(ElementType::UtilityBill)
        .expect("a bill");
    let number = IdDocumentField::DocumentNo;
    let errors = [
        license.error("whole"),
        license.data().expect("data").error(number, "number"),
        license.front_side().expect("front").error("front"),
        license.reverse_side().expect("reverse").error("reverse"),
        bill.files().expect("files")[1].error("page"),
        bill.files().expect("files").error("pages"),
        bill.translation().expect("translation")[0].error("translated page"),
        bill.translation()
            .expect("translation")
            .error("translation"),
    ];
    let body = set_passport_data_errors(user_id, &errors);
    assert_eq!(world.bot.set_passport_data_errors(&body)["ok"], true);
    let id = world.hand.account.input_user();
    let tl = set_secure_value_errors(id, &errors).expect("TL");
    assert_eq!(world.hand.account.errors(), tl.errors);
}

#[test]
fn the_bot_api_says_what_is_wrong_with_an_error() {
    let world = World::new();
    let user_id = world.hand.account.id();
    let refused = |error: serde_json::Value| {
        let body = json!({ "user_id": user_id, "errors": [error] });
        let answer = world.bot.set_passport_data_errors(&body.to_string());
        assert_eq!(
            (&answer["ok"], &answer["error_code"]),
            (&json!(false), &json!(400))
        );
        answer["description"].as_str().expect("a text").to_owned()
    };
    let base64 = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    let sound = json!({
        "source": "selfie", "type": "passport", "message": "m", "file_hash": base64,
    });
    let with = |name: &str, value: serde_json::Value| {
        let mut error = sound.clone();
        error[name] = value;
        error
    };
    // Source: protocol reference, section 11.3.
    assert!(refused(json!(5)).contains("Can't parse PassportElementError: "));
    assert!(refused(with("source", json!("x"))).ends_with("wrong source specified"));
    let bad = refused(with("file_hash", json!("x")));
    assert!(bad.ends_with("hash isn't a valid base64-encoded string"));
    assert!(refused(with("type", json!("x"))).contains("type"));
    assert!(refused(with("message", json!(5))).contains("message"));
    let files = json!({ "source": "files", "type": "utility_bill", "message": "m" });
    assert!(refused(files).contains("file_hashes"));
    assert!(refused(with("file_hash", json!("AQE="))).contains("DATA_HASH_SIZE_INVALID"));
    let nobody = json!({ "user_id": 1, "errors": [] }).to_string();
    let answer = world.bot.set_passport_data_errors(&nobody);
    assert!(
        answer["description"]
            .as_str()
            .expect("a text")
            .contains("USER_ID_INVALID")
    );
    for body in ["", "[]", "{}", r#"{"user_id":1}"#] {
        assert_eq!(world.bot.set_passport_data_errors(body)["ok"], false);
    }
    assert_eq!(world.hand.account.errors(), []);
}
