//! The story with something going wrong at each of its calls: the result is right, or there is a typed
//! error and all that was stored can be read; nothing is lost and nothing is doubled.

use telegram_passport::ElementType;
use telegram_passport::client::{
    Failure, SaveError, SubmitError, Unlocked, delete_stored_values, wait,
};
use telegram_passport::scope::{IdentityDocument, Scope};
use telegram_passport::testing::{Document, Fault, Meanwhile, picture};

use super::passport_story_documents::{contents, draft, passport};
use super::passport_story_world::{Service, World};

/// A call does not come through, or its answer does not.
pub(super) fn cut_off() -> [Fault; 5] {
    [
        Fault::rpc("INTERNAL"),
        Fault::FloodWait(9),
        Fault::CallLost,
        Fault::AnswerLost,
        Fault::AnswerCut,
    ]
}

const PASSPORT: ElementType = ElementType::Passport;

#[test]
fn a_save_that_was_cut_off_goes_on() {
    for method in [UPLOAD, SAVE] {
        // Two files of one part each.
        for call in 0..if method == UPLOAD { 2 } else { 1 } {
            for fault in cut_off() {
                let case = format!("{fault:?} at {method} {call}");
                let (mut world, unlocked, old) = filled();
                let new = corrected(&old);
                let mut save = world.prepare(draft(&new[0]));
                world.telegram.faults().after(call, method, fault.clone());
                let result = wait(save.run(&world.anna.connection(), &unlocked, |_| ()));
                let error = result.expect_err(&case);
                let is_right = match fault {
                    Fault::FloodWait(_) => matches!(error, SaveError::Wait { seconds: 9 }),
                    Fault::Rpc(_) => {
                        matches!(&error, SaveError::Failed(it) if it.is_rpc("INTERNAL"))
                    }
                    Fault::AnswerCut => matches!(error, SaveError::Failed(Failure::Answer(_))),
                    _ => matches!(error, SaveError::Failed(Failure::Connection(_))),
                };
                assert!(is_right, "{case}: {error}");
                assert_eq!(world.telegram.faults().waiting(), 0, "{case}");
                let is_done =
                    method == SAVE && matches!(fault, Fault::AnswerLost | Fault::AnswerCut);
                let expected = if is_done { &new } else { &old };
                assert_eq!(world.kept(&unlocked), contents(expected), "{case}");

                let saved = wait(save.run(&world.anna.connection(), &unlocked, |_| ()));
                assert_eq!(saved.expect(&case).element_type(), PASSPORT);
                assert_eq!(world.kept(&unlocked), contents(&new), "{case}");
                let saves = world
                    .telegram
                    .calls()
                    .iter()
                    .filter(|it| **it == SAVE)
                    .count();
                // Three when the Passport was filled.
                let again = usize::from(method == SAVE && !is_done);
                assert_eq!(saves, 3 + 1 + again, "{case}: not saved twice");
            }
        }
    }
}

#[test]
fn what_is_lost_on_the_way_is_sent_again() {
    let parts = [
        Fault::PartLost,
        Fault::PartDamaged,
        Fault::Twice,
        Fault::WrongIds,
    ];
    let parts = (0..2).flat_map(|call| parts.clone().map(|fault| (UPLOAD, call, fault)));
    let values = [
        Fault::Twice,
        Fault::Meanwhile(Meanwhile::PartsGone),
        Fault::Meanwhile(Meanwhile::ValueDeleted(PASSPORT)),
        Fault::Meanwhile(Meanwhile::ValueDamaged(PASSPORT)),
        Fault::Meanwhile(Meanwhile::ValueSecretsDamaged(PASSPORT)),
        Fault::Meanwhile(Meanwhile::ValueSavedAgain(PASSPORT)),
    ];
    for (method, call, fault) in parts.chain(values.map(|fault| (SAVE, 0, fault))) {
        let case = format!("{fault:?} at {method} {call}");
        let (mut world, unlocked, old) = filled();
        let new = corrected(&old);
        world.telegram.faults().after(call, method, fault);
        let saved = world.save(&unlocked, draft(&new[0])).expect(&case);
        assert_eq!(saved.element_type(), PASSPORT);
        assert_eq!(world.telegram.faults().waiting(), 0, "{case}");
        assert_eq!(world.kept(&unlocked), contents(&new), "{case}");
        assert_eq!(world.stored(&unlocked), contents(&new), "{case}");
    }
}

#[test]
fn a_secret_that_changed_meanwhile_stops_the_save() {
    for (event, name) in [
        (Meanwhile::SecretDeleted, "SecretRequired"),
        (Meanwhile::SecretIdChanged, "SecretInvalid"),
        (
            Meanwhile::SecretReplaced("first".to_owned()),
            "SecretInvalid",
        ),
        (Meanwhile::PasswordRemoved, "PasswordRequired"),
    ] {
        let (mut world, unlocked, old) = filled();
        let is_gone = event == Meanwhile::PasswordRemoved;
        world
            .telegram
            .faults()
            .next(SAVE, Fault::Meanwhile(event.clone()));
        let error = world
            .save(&unlocked, draft(&corrected(&old)[0]))
            .expect_err(name);
        assert!(
            format!("{error:?}").starts_with(name),
            "{event:?}: {error:?}"
        );
        // Whoever removes the password gives the Passport up.
        let expected = if is_gone { &[][..] } else { &old };
        assert_eq!(world.kept(&unlocked), contents(expected), "{event:?}");
    }
}

#[test]
fn a_submission_arrives_once_or_can_be_repeated() {
    for fault in cut_off().into_iter().chain([Fault::Twice]) {
        let (mut world, unlocked, documents) = filled();
        let mut bank = Service::new(&world, 1);
        let link = bank.ask(&scope());
        let review = world.review(&link, &unlocked);
        let choice = review.choose().expect("all is there");
        let connection = world.anna.connection();
        world.telegram.faults().next(SUBMIT, fault.clone());
        let first = wait(choice.submit(&connection, &mut world.random));
        let is_right = match (&fault, &first) {
            (Fault::Twice, Ok(())) => true,
            (Fault::FloodWait(_), Err(error)) => matches!(error, SubmitError::Wait { seconds: 9 }),
            (_, Err(SubmitError::Failed(_))) => true,
            _ => false,
        };
        assert!(is_right, "{fault:?}: {first:?}");
        let again = wait(choice.submit(&connection, &mut world.random));
        again.expect("it may be repeated");
        let arrived = match fault {
            Fault::Twice => 3,
            Fault::AnswerLost | Fault::AnswerCut => 2,
            _ => 1,
        };
        // Each carries the same nonce, which a service takes once.
        let taken = bank.take_once(&link);
        assert_eq!(taken.len(), arrived, "{fault:?}");
        assert_eq!(
            taken.iter().filter(|it| it.is_some()).count(),
            1,
            "{fault:?}"
        );
        let mut expected = contents(&documents);
        expected.remove(&ElementType::UtilityBill);
        let submission = taken.into_iter().flatten().next().expect("one");
        assert_eq!(bank.contents(&submission), expected, "{fault:?}");
        assert_eq!(world.kept(&unlocked), contents(&documents), "{fault:?}");
    }
}

#[test]
fn what_changed_meanwhile_is_not_submitted() {
    let cases = [
        (Meanwhile::ValueSavedAgain(PASSPORT), "ValueChanged"),
        (Meanwhile::ValueDeleted(ElementType::Email), "ValueChanged"),
        (Meanwhile::SecretDeleted, "SecretRequired"),
        (Meanwhile::PasswordRemoved, "PasswordRequired"),
    ];
    for (event, name) in cases {
        let (mut world, unlocked, mut documents) = filled();
        let mut bank = Service::new(&world, 1);
        let link = bank.ask(&scope());
        let review = world.review(&link, &unlocked);
        let choice = review.choose().expect("all is there");
        world
            .telegram
            .faults()
            .next(SUBMIT, Fault::Meanwhile(event.clone()));
        let submitted = wait(choice.submit(&world.anna.connection(), &mut world.random));
        let error = submitted.expect_err(name);
        assert!(
            format!("{error:?}").starts_with(name),
            "{event:?}: {error:?}"
        );
        assert_eq!(bank.bot.updates().len(), 0, "{event:?}");
        documents.retain(|it| match event {
            Meanwhile::ValueDeleted(element) => it.element_type() != element,
            Meanwhile::PasswordRemoved => false,
            _ => true,
        });
        assert_eq!(world.kept(&unlocked), contents(&documents), "{event:?}");
    }
}

#[test]
fn one_damaged_value_leaves_the_others_readable() {
    for event in [
        Meanwhile::ValueDamaged(PASSPORT),
        Meanwhile::ValueSecretsDamaged(PASSPORT),
    ] {
        let (mut world, unlocked, documents) = filled();
        let mut bank = Service::new(&world, 1);
        world.anna.meanwhile(event.clone());
        let review = world.review(&bank.ask(&scope()), &unlocked);
        let unusable: Vec<_> = review
            .unusable()
            .iter()
            .map(|it| it.element_type())
            .collect();
        assert_eq!(unusable, [PASSPORT], "{event:?}");
        let error = review.choose().expect_err("one cannot be sent");
        assert_eq!(error.rows().len(), 1, "{event:?}");
        assert!(review.value(ElementType::Email).is_some());
        // Saved anew, all is as before.
        world.save(&unlocked, draft(&documents[0])).expect("saved");
        assert_eq!(world.stored(&unlocked), contents(&documents), "{event:?}");
    }
}

#[test]
fn a_deletion_that_was_cut_off_can_be_repeated() {
    for fault in cut_off() {
        let (world, unlocked, mut documents) = filled();
        let connection = world.anna.connection();
        world
            .telegram
            .faults()
            .next("account.deleteSecureValue", fault.clone());
        let deleted = wait(delete_stored_values(&connection, &[PASSPORT]));
        assert!(deleted.is_err(), "{fault:?}");
        let is_done = matches!(fault, Fault::AnswerLost | Fault::AnswerCut);
        assert_eq!(
            world.anna.stored_types().contains(&PASSPORT),
            !is_done,
            "{fault:?}"
        );
        wait(delete_stored_values(&connection, &[PASSPORT])).expect("it may be repeated");
        documents.remove(0);
        assert_eq!(world.kept(&unlocked), contents(&documents), "{fault:?}");
    }
}

/// A Passport with three values: the first is the one that is replaced.
fn filled() -> (World, Unlocked, Vec<Document>) {
    let (mut world, unlocked) = World::unlocked();
    let documents = vec![
        passport(1).with_selfie(picture("a selfie")),
        Document::sample(ElementType::Email),
        Document::sample(ElementType::UtilityBill),
    ];
    for document in &documents {
        world.save(&unlocked, draft(document)).expect("saved");
    }
    (world, unlocked, documents)
}

/// The same with another passport, its selfie taken anew.
fn corrected(documents: &[Document]) -> Vec<Document> {
    let mut corrected = documents.to_vec();
    corrected[0] = passport(2).with_selfie(picture("another"));
    corrected
}

fn scope() -> Scope {
    let passport = IdentityDocument::Passport.with_selfie();
    let scope = Scope::builder().identity_document(passport);
    scope.email().build().expect("a scope")
}

const UPLOAD: &str = "upload.saveFilePart";
const SAVE: &str = "account.saveSecureValue";
const SUBMIT: &str = "account.acceptAuthorization";
