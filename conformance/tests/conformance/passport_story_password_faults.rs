//! Password and passport secret with something going wrong at each call: one password opens what was
//! stored, and no secret is replaced.

use telegram_passport::client::password::UnreadableSecret;
use telegram_passport::client::{
    Failure, NewPassword, PasswordError, StoredSecretError, create_secret, password, wait,
};
use telegram_passport::testing::{Fault, Meanwhile};

use super::passport_story_documents::{contents, draft, passport};
use super::passport_story_world::World;

/// One Passport under all faults in turn: whatever comes of a change, one of both passwords opens it.
#[test]
fn a_password_change_that_was_cut_off_leaves_one_password() {
    let (mut world, unlocked) = World::with_passport("password 0");
    let document = passport(1);
    world.save(&unlocked, draft(&document)).expect("saved");
    let mut typed = "password 0".to_owned();
    let faults = [
        ("account.getPassword", Fault::CallLost),
        ("account.getPassword", Fault::WrongIds),
        ("account.getPasswordSettings", Fault::AnswerLost),
        ("account.getPasswordSettings", Fault::WrongIds),
        (UPDATE, Fault::rpc("INTERNAL")),
        (UPDATE, Fault::FloodWait(9)),
        (UPDATE, Fault::CallLost),
        (UPDATE, Fault::AnswerLost),
        (UPDATE, Fault::AnswerCut),
        (UPDATE, Fault::Twice),
    ];
    for (number, (method, fault)) in faults.into_iter().enumerate() {
        let case = format!("{fault:?} at {method}");
        let next = format!("password {}", number + 1);
        let new = NewPassword::new(next.as_str().into());
        world.telegram.faults().next(method, fault.clone());
        let connection = world.anna.connection();
        let (current, refuse) = (typed.as_str().into(), UnreadableSecret::Refuse);
        let changed = password::change(&connection, &current, &new, refuse, &mut world.random);
        let changed = wait(changed);
        assert_eq!(world.telegram.faults().waiting(), 0, "{case}");
        let is_done = match fault {
            Fault::AnswerLost | Fault::AnswerCut => method == UPDATE,
            // The second time the old password is none any more.
            Fault::Twice => matches!(changed, Err(PasswordError::PasswordChanged)),
            _ => changed.is_ok(),
        };
        if let (Fault::FloodWait(_), Err(error)) = (&fault, &changed) {
            assert_eq!(error.flood_wait(), Some(9));
        }
        if is_done {
            typed = next;
        }
        let unlocked = world.unlock(&typed).expect(&case);
        assert_eq!(
            world.kept(&unlocked),
            contents([&document]),
            "{case}: {changed:?}"
        );
    }
}

/// Another app of hers is quicker, after the old password was proved.
#[test]
fn a_password_that_another_app_changed_is_not_called_wrong() {
    let (mut world, unlocked) = World::with_passport("first");
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
