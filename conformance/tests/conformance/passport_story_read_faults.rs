//! Reading with something going wrong: what was cut off can be repeated, and what is no file of
//! the value is never taken for one.

use telegram_passport::ElementType;
use telegram_passport::client::{
    FetchError, Form, LoadError, Unlocked, ValuesError, all_stored_values, wait,
};
use telegram_passport::scope::{IdentityDocument, Scope};
use telegram_passport::testing::{Document, Fault, Meanwhile};

use super::passport_story_documents::{contents, draft};
use super::passport_story_faults::cut_off;
use super::passport_story_world::{Service, World};

#[test]
fn what_was_not_read_is_read_again() {
    let (world, unlocked, document) = filled();
    let connection = world.anna.connection();
    let scope = Scope::builder().identity_document(IdentityDocument::Passport);
    let link = Service::new(&world, 1).ask(&scope.build().expect("a scope"));
    for fault in cut_off() {
        let is_wait = matches!(fault, Fault::FloodWait(_));
        let faults = world.telegram.faults();
        faults.next("account.getAllSecureValues", fault.clone());
        let error = wait(all_stored_values(&connection, &unlocked)).expect_err("cut off");
        match error {
            ValuesError::Wait { seconds: 9 } => assert!(is_wait),
            ValuesError::Failed(_) => assert!(!is_wait, "{fault:?}"),
            error => panic!("{fault:?}: {error}"),
        }
        faults.next("account.getAuthorizationForm", fault.clone());
        let error = wait(Form::load(&connection, &link)).expect_err("cut off");
        assert!(matches!(error, LoadError::Call(_)), "{fault:?}: {error}");

        let stored = world.value(&unlocked, ElementType::Passport);
        let front_side = stored.front_side().expect("a front side");
        faults.next("upload.getFile", fault.clone());
        let error = wait(front_side.fetch(&connection)).expect_err("cut off");
        match error {
            FetchError::Wait { seconds: 9 } => assert!(is_wait),
            FetchError::Failed(_) => assert!(!is_wait, "{fault:?}"),
            error => panic!("{fault:?}: {error}"),
        }
        assert_eq!(faults.waiting(), 0, "{fault:?}");
        assert_eq!(world.stored(&unlocked), contents([&document]), "{fault:?}");
    }
}

#[test]
fn a_file_with_the_id_of_another_is_not_handed_out() {
    let (world, unlocked, document) = filled();
    let connection = world.anna.connection();
    let faults = world.telegram.faults();
    faults.next("account.getAllSecureValues", Fault::WrongIds);
    let stored = wait(all_stored_values(&connection, &unlocked)).expect("an answer");
    let passport = stored.get(ElementType::Passport).expect("it opens");
    let mut files = 0;
    for (part, file) in passport.all_files() {
        assert!(wait(file.fetch(&connection)).is_err(), "{part}");
        files += 1;
    }
    assert_eq!(files, 4);
    assert_eq!(world.stored(&unlocked), contents([&document]));
}

/// Nothing in what is encrypted says of which type it is, so a server that exchanges two documents is
/// not noticed here. Nothing of them is lost, and to save them puts all in its place again.
#[test]
fn the_data_of_two_documents_can_be_exchanged_by_the_server() {
    let (mut world, unlocked, document) = filled();
    let (passport, card) = (ElementType::Passport, ElementType::IdentityCard);
    let data = r#"{"document_no":"CD789","expiry_date":""}"#;
    let other = Document::sample(card).with_data(data);
    world.save(&unlocked, draft(&other)).expect("saved");
    world.anna.meanwhile(Meanwhile::DataSwapped(passport, card));
    let exchanged = [
        document.clone().with_data(data),
        other.clone().with_data(document.data().expect("data")),
    ];
    assert_eq!(world.stored(&unlocked), contents(&exchanged));
    for document in [&document, &other] {
        world.save(&unlocked, draft(document)).expect("saved");
    }
    assert_eq!(world.stored(&unlocked), contents([&document, &other]));
}

fn filled() -> (World, Unlocked, Document) {
    let (mut world, unlocked) = World::unlocked();
    let document = Document::sample(ElementType::Passport);
    world.save(&unlocked, draft(&document)).expect("saved");
    (world, unlocked, document)
}
