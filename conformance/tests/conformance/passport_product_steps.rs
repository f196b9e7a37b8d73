//! The steps of the whole story, in a table.

use telegram_passport::ElementType;
use telegram_passport::client::password::{self, Reset};
use telegram_passport::client::{LosePassportData, delete_stored_values, wait};
use telegram_passport::testing::{Document, picture};

use super::passport_product_attempts::{
    complain, confirm_email, correct, decline_reset, give_up_email, give_up_phone, languages,
    look_at_form, open_files, read, recover, reset, save_anew, verify_email, verify_phone,
};
use super::passport_product_stage::{
    Attempt, BANK, BILL, Documents, HOTEL, PASSPORT, Stage, scope_of_bank,
};
use super::passport_story_documents::passport;

/// A step of the story.
pub(super) struct Step {
    pub(super) name: &'static str,
    /// What happens before, and is not part of the step.
    pub(super) prepare: fn(&mut Stage),
    /// What the Passport holds afterwards.
    pub(super) change: fn(&mut Documents),
    /// What the app does, until something fails. `Documents` are those of afterwards.
    pub(super) attempt: fn(&mut Stage, &Documents) -> Attempt,
    /// What must be true afterwards, beside that the Passport holds that.
    pub(super) check: fn(&mut Stage, &Documents),
    /// Whether the story goes on from before the step.
    pub(super) is_aside: bool,
}

/// All steps, in their order.
pub(super) fn story() -> Vec<Step> {
    let step = |name, change, attempt, check| Step {
        name,
        prepare: |_| (),
        change,
        attempt,
        check,
        is_aside: false,
    };
    let nothing: fn(&mut Documents) = |_| ();
    let no_check: fn(&mut Stage, &Documents) = |_, _| ();
    let mut steps = vec![
        step("languages", nothing, languages, no_check),
        step("form", nothing, look_at_form, no_check),
        step(
            "passport",
            |documents| put(documents, passport(1).with_selfie(picture("a selfie"))),
            |stage, after| save_anew(stage, after, PASSPORT),
            no_check,
        ),
        step(
            "e-mail",
            |documents| put(documents, text(ElementType::Email, "berta@example.org")),
            verify_email,
            no_check,
        ),
        step(
            "phone",
            |documents| put(documents, text(ElementType::PhoneNumber, "49301234567")),
            verify_phone,
            no_check,
        ),
        step("another phone", nothing, give_up_phone, no_check),
        step(
            "address",
            |documents| put(documents, Document::sample(ElementType::Address)),
            |stage, after| save_anew(stage, after, ElementType::Address),
            no_check,
        ),
        step(
            "bill",
            |documents| put(documents, bill()),
            |stage, after| save_anew(stage, after, BILL),
            no_check,
        ),
        step(
            "submission",
            nothing,
            |stage, _| stage.submit(BANK),
            |stage, after| stage.receive(BANK, after),
        ),
        step("opening", nothing, open_files, no_check),
        step("complaint", nothing, complain, |stage, _| {
            assert_eq!(stage.world.anna.errors().len(), 1);
            stage.links[BANK] = stage.bank.ask(&scope_of_bank());
        }),
        step(
            "correction",
            |documents| put(documents, passport(2).with_selfie(picture("a selfie"))),
            correct,
            |stage, _| assert_eq!(stage.world.anna.errors(), []),
        ),
        step(
            "submission again",
            nothing,
            |stage, _| stage.submit(BANK),
            |stage, after| stage.receive(BANK, after),
        ),
        step(
            "second service",
            nothing,
            |stage, _| stage.submit(HOTEL),
            |stage, after| stage.receive(HOTEL, after),
        ),
        step("reading", nothing, read, no_check),
        step(
            "deletion",
            |documents| drop(documents.remove(&BILL)),
            |stage, _| {
                let connection = stage.world.anna.connection();
                Ok(wait(delete_stored_values(&connection, &[BILL]))?)
            },
            no_check,
        ),
        Step {
            prepare: |stage| set_recovery_email(stage, "new@example.org"),
            ..step("recovery e-mail", nothing, confirm_email, |stage, _| {
                assert!(state(stage).has_recovery());
            })
        },
        Step {
            prepare: |stage| set_recovery_email(stage, "third@example.org"),
            ..step("another e-mail", nothing, give_up_email, |stage, _| {
                assert_eq!(state(stage).email_unconfirmed_pattern(), None);
                assert!(state(stage).has_recovery());
            })
        },
        step("reset declined", nothing, decline_reset, |stage, _| {
            assert_eq!(state(stage).pending_reset_date(), None);
        }),
    ];
    let lose = |name, prepare, attempt| Step {
        prepare,
        is_aside: true,
        ..step(name, Documents::clear, attempt, |stage: &mut Stage, _| {
            assert!(!state(stage).has_password());
        })
    };
    steps.push(lose("recovery", |_| (), recover));
    let request: fn(&mut Stage) = |stage| {
        // The last one was declined.
        stage
            .world
            .telegram
            .advance(core::time::Duration::from_secs(2 * DAY));
        let connection = stage.world.anna.connection();
        let asked = wait(password::reset(&connection, LosePassportData));
        assert!(matches!(asked, Ok(Reset::Requested { .. })));
        stage
            .world
            .telegram
            .advance(core::time::Duration::from_secs(8 * DAY));
    };
    steps.push(lose("reset", request, reset));
    steps
}

fn put(documents: &mut Documents, document: Document) {
    documents.insert(document.element_type(), document);
}

fn text(element: ElementType, text: &str) -> Document {
    Document::new(element).with_text(text)
}

fn bill() -> Document {
    Document::new(BILL)
        .with_file(picture("page 1"))
        .with_file(picture("page 2"))
}

fn set_recovery_email(stage: &mut Stage, email: &str) {
    let (connection, typed) = (stage.world.anna.connection(), "first".into());
    let random = &mut stage.world.random;
    let set = password::set_recovery_email(&connection, &typed, email, random);
    wait(set).expect("a code was sent");
}

fn state(stage: &Stage) -> password::PasswordState {
    wait(password::state(&stage.world.anna.connection())).expect("an answer")
}

/// In seconds.
const DAY: u64 = 24 * 3600;
