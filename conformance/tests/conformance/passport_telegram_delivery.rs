//! What a bot of the simulated Telegram gets, through both doors, and when it gets nothing.

use telegram_passport::file::mtproto::Download;
use telegram_passport::testing::{BadSubmission, Document, Meanwhile, submission};
use telegram_passport::{ElementType, FileLocation, bot_api, mtproto};
use telegram_passport_tl::{enums, functions, types};

use super::passport_telegram_hand::{empty, refusal};
use super::passport_telegram_world::{SCOPE, Type, World};

#[test]
fn a_submission_reaches_the_bot_through_both_doors() {
    let mut world = World::new();
    let values = world.store();
    assert!(world.accept(&values).expect("accepted"));
    let updates = world.bot.updates();
    let [update] = updates.as_slice() else {
        panic!("not one update");
    };
    assert_eq!(world.bot.updates().len(), 0, "each comes once");
    assert_eq!(update.user_id(), world.hand.account.id());

    let incoming = bot_api::read_update(update.json()).expect("a container");
    let incoming = incoming.expect("a submission");
    assert_eq!(incoming.user_id, world.hand.account.id());
    let action = mtproto::read_action(update.action()).expect("a container");
    for data in [incoming.passport_data, action] {
        let submission = data.open(&world.private, &world.nonce).expect("it opens");
        assert_eq!(submission.findings(), []);
        let passport = submission.identity_document(ElementType::Passport);
        let passport = passport.expect("a passport");
        let number = passport.data().expect("data").document().document_no();
        assert_eq!(number, Some("AB123456"));
        let email = submission.email().expect("an e-mail").text().as_str();
        assert_eq!(email, "anna@example.org");
        let front = passport.front_side().expect("a front side");
        let encrypted = match front.location() {
            FileLocation::BotApi(file) => {
                let answer = world.bot.get_file(&file.file_id);
                let path = answer["result"]["file_path"].as_str().expect("a path");
                let encrypted = world.bot.download(path).expect("a file");
                assert_eq!(world.bot.file(&file.file_id).as_ref(), Some(&encrypted));
                assert_eq!(answer["result"]["file_size"], encrypted.len());
                assert_eq!(file.file_size, u64::try_from(encrypted.len()).ok());
                encrypted
            }
            FileLocation::Mtproto(file) => {
                assert!(world.download(Download::new(*file).with_piece(4096)).len() >= 48);
                world.download(Download::new(*file))
            }
        };
        let plain = front.decrypt(encrypted).expect("it decrypts");
        assert_eq!(plain.as_bytes(), b"front side");
    }

    // No secret of the user's and no access hash of the user's goes to the bot.
    let sent = &update.action().values;
    for (sent, stored) in sent.iter().zip(&values) {
        assert_eq!(sent.hash, stored.hash);
        assert!(sent.data.iter().all(|data| data.secret.is_empty()));
        if let (Some(enums::SecureFile::File(sent)), Some(enums::SecureFile::File(stored))) =
            (&sent.front_side, &stored.front_side)
        {
            assert!(sent.secret.is_empty() && sent.id == stored.id);
            assert_ne!(sent.access_hash, stored.access_hash);
        }
    }
    let chats = world.hand.account.sent();
    let expected = types::MessageActionSecureValuesSent {
        types: vec![Type::Passport, Type::Email],
    };
    assert_eq!(chats, [(world.bot.id().get(), expected)]);
}

#[test]
fn values_are_sent_as_they_are_stored_now_or_not_at_all() {
    let mut world = World::new();
    let values = world.store();
    let again = world.hand.save_passport(&world.secret);
    assert_eq!(
        refusal(world.accept(&values)),
        "400 SECURE_VALUE_HASH_INVALID"
    );
    let [_, email] = values.as_slice() else {
        panic!("not two values");
    };
    let values = [again.clone(), email.clone()];
    let twice = [again.clone(), again.clone()];
    assert_eq!(refusal(world.accept(&twice)), "400 SIMULATION_VALUE_TWICE");
    let types = vec![Type::Email];
    let delete = functions::account::DeleteSecureValue { types };
    assert!(world.hand.call(&delete).expect("deleted"));
    assert_eq!(refusal(world.accept(&values)), "400 SECURE_VALUE_EMPTY");
    let address = types::InputSecureValue {
        data: Some(world.hand.data(&world.secret, "{}")),
        ..empty(Type::Address)
    };
    let address = world.hand.save(address, world.secret.id()).expect("saved");
    let unasked = [again, address];
    assert_eq!(
        refusal(world.accept(&unasked)),
        "400 SIMULATION_VALUE_NOT_REQUESTED"
    );
    assert_eq!(world.bot.updates().len(), 0);
    assert_eq!(world.hand.account.sent(), []);
}

#[test]
fn without_password_or_secret_nothing_is_sent() {
    let mut world = World::new();
    let values = world.store();
    let accept = world.accept_call(&values);
    let wrong = |change: fn(&mut functions::account::AcceptAuthorization)| {
        let mut call = accept.clone();
        change(&mut call);
        refusal(world.hand.call(&call))
    };
    assert_eq!(wrong(|it| it.bot_id += 1), "400 BOT_INVALID");
    assert_eq!(wrong(|it| it.public_key.clear()), "400 PUBLIC_KEY_REQUIRED");
    assert_eq!(
        wrong(|it| it.public_key.push('x')),
        "400 PUBLIC_KEY_INVALID"
    );
    assert_eq!(wrong(|it| it.scope.clear()), "400 SCOPE_EMPTY");
    world.hand.account.set_secret(None);
    assert_eq!(
        refusal(world.hand.call(&accept)),
        "400 SECURE_SECRET_REQUIRED"
    );
    let gone = Meanwhile::PasswordRemoved;
    world.hand.account.meanwhile(gone);
    assert_eq!(refusal(world.hand.call(&accept)), "400 PASSWORD_REQUIRED");
    assert_eq!(world.bot.updates().len(), 0);
}

#[test]
fn a_spoiled_submission_is_delivered_like_any_other() {
    let world = World::new();
    let link = world.link(SCOPE);
    let sound = submission(&link, &Document::samples(), 3).expect("sealed");
    let spoiled = sound.spoiled(BadSubmission::DamagedFile).expect("a file");
    world.bot.deliver(&world.hand.account, &spoiled);
    let update = world.bot.updates().remove(0);
    let incoming = bot_api::read_update(update.json()).expect("a container");
    let incoming = incoming.expect("a submission");
    assert_eq!(incoming.user_id, world.hand.account.id());
    let opened = incoming.passport_data.open(&world.private, &world.nonce);
    let opened = opened.expect("it opens");
    let passport = opened.identity_document(ElementType::Passport);
    let front = passport
        .and_then(|it| it.front_side())
        .expect("a front side");
    let FileLocation::BotApi(file) = front.location() else {
        panic!("another door");
    };
    let encrypted = world.bot.file(&file.file_id).expect("a file");
    assert!(front.decrypt(encrypted).is_err());
}
