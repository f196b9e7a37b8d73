//! Password and passport secret with something going wrong at each call: one password opens what was
//! stored, and no secret is replaced.

use telegram_passport::client::password::UnreadableSecret;
use telegram_passport::client::{
    Failure, NewPassword, PasswordError, StoredSecretError, create_secret, password, wait,
};
use telegram_passport::testing::{Fault, Meanwhile};

use super::passport_story_documents::{contents, draft, passport};
use super::passport_story_world::World;

/// Another app of hers is quicker, after the old password was proved.
#[test]
fn a_password_that_another_app_changed_is_not_called_wrong() {
    let (mut world, unlocked) = World::with_passport();
    let document = passport(1);
    world.save(&unlocked, draft(&document)).expect("saved");
    let (from, to) = ("first".to_owned(), "theirs".to_owned());
    let changed = Meanwhile::PasswordChanged { from, to };
    world
        .telegram
        .faults()
        .next(UPDATE, Fault::Meanwhile(changed));
    let new = NewPassword::new("ours".into());
    let (current, refuse) = ("first".into(), UnreadableSecret::Refuse);
    let connection = world.anna.connection();
    let changed = password::change(&connection, &current, &new, refuse, &mut world.random);
    let error = wait(changed).expect_err("it is another one by now");
    assert!(matches!(error, PasswordError::PasswordChanged), "{error}");
    let error = world.unlock("ours").expect_err("it was not set");
    assert!(matches!(error, PasswordError::WrongPassword), "{error}");
    let unlocked = world.unlock("theirs").expect("unlocked");
    assert_eq!(world.kept(&unlocked), contents([&document]));
}

#[test]
fn a_secret_that_was_stored_is_never_replaced() {
    let mut world = World::new();
    world.anna.set_password("first");
    world.telegram.faults().next(UPDATE, Fault::AnswerLost);
    let connection = world.anna.connection();
    let created = wait(create_secret(
        &connection,
        &"first".into(),
        &mut world.random,
    ));
    assert!(matches!(
        created,
        Err(PasswordError::Call(Failure::Connection(_)))
    ));
    let stored = world.anna.secret().expect("it was stored all the same");
    let again = wait(create_secret(
        &connection,
        &"first".into(),
        &mut world.random,
    ));
    assert!(matches!(again, Err(PasswordError::SecretExists)));
    assert_eq!(world.anna.secret().as_ref(), Some(&stored));
    let unlocked = world.unlock("first").expect("unlocked");
    assert_eq!(unlocked.secret_id(), stored.secure_secret_id);

    for (event, expected) in [
        (Meanwhile::SecretIdChanged, StoredSecretError::Id),
        (Meanwhile::SecretDamaged, StoredSecretError::Checksum),
    ] {
        world.anna.set_secret(Some(stored.clone()));
        world.anna.meanwhile(event.clone());
        let damaged = world.anna.secret();
        let error = world.unlock("first").expect_err("it does not check");
        let PasswordError::StoredSecret(error) = error else {
            panic!("{event:?}: {error}");
        };
        assert_eq!(error, expected, "{event:?}");
        let created = wait(create_secret(
            &connection,
            &"first".into(),
            &mut world.random,
        ));
        assert!(matches!(created, Err(PasswordError::StoredSecret(error)) if error == expected));
        assert_eq!(
            world.anna.secret(),
            damaged,
            "{event:?}: it is left as it is"
        );
    }
}

const UPDATE: &str = "account.updatePasswordSettings";
