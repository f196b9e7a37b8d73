//! The whole story under every fault: each call that it makes, with each thing that can go wrong with
//! a call. The outcome is right, or a typed error and all that was stored can still be read; after
//! the fault the app goes on, and ends where it would have ended without it. Nothing is lost, nothing
//! is doubled.
//!
//! The product is made from tables: the steps of the story, whose calls are counted by taking them
//! without a fault, and the faults. A method that no step calls fails the first test. Refusals and lies
//! are so many that all but the first call of a method meet a sample of them, always the same one;
//! with `PASSPORT_WHOLE_PRODUCT` in the environment it is all of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use telegram_passport::ElementType;
use telegram_passport::testing::{Document, Fault, Meanwhile, Telegram};

use super::passport_product_faults::{
    broken_by, damage, is_lie, is_told, is_whole, lies, may_succeed, refusals, secret_events,
    slow_events, transport,
};
use super::passport_product_stage::{Attempt, Documents, Stage};
use super::passport_product_steps::{Step, story};
use super::passport_story_documents::{Content, content, contents, draft};

/// Methods that no step of [`story`] calls, and where they are called under faults.
const ELSEWHERE: [(&str, &str); 4] = [
    ("account.getPasswordSettings", "passport_product_password"),
    (
        "account.updatePasswordSettings",
        "passport_product_password",
    ),
    ("auth.checkPassword", "passport_product_password"),
    (
        "upload.saveBigFilePart",
        "no client calls it: no file of Passport is so large",
    ),
];

#[test]
fn the_story_calls_every_method() {
    let mut called: BTreeSet<&str> = ELSEWHERE.iter().map(|(method, _)| *method).collect();
    let checkpoints = checkpoints();
    let calls = checkpoints.iter().flat_map(|checkpoint| &checkpoint.calls);
    called.extend(calls.map(|(method, _)| *method));
    assert_eq!(called, Telegram::methods().iter().copied().collect());
}

/// Clock and randomness of the simulation, and of the app, are the same each time.
#[test]
fn the_story_is_the_same_each_time() {
    let told = || {
        let mut checkpoints = checkpoints();
        let Checkpoint { before, .. } = checkpoints.pop().expect("there are steps");
        let anna = before.world.anna;
        let stored = anna.stored_types().into_iter();
        let stored: Vec<_> = stored.map(|element| anna.stored(element)).collect();
        let telegram = before.world.telegram;
        (telegram.calls(), telegram.now(), stored, anna.secret())
    };
    assert_eq!(told(), told());
}

#[test]
fn calls_and_answers_go_astray() {
    assert!(product(|_| transport()) > 400);
}

/// Whatever the server answers, nothing panics, nothing wrong is saved, and nothing wrong is handed
/// out.
#[test]
fn the_server_lies() {
    assert!(product(|call| lies(call.number)) > 900);
}

/// Every refusal of every method, where it is first called; at its other calls every third one, in
/// turn.
#[test]
fn calls_are_refused_by_name() {
    let met = RefCell::new(BTreeSet::new());
    let cells = product(|call| {
        let is_first = met.borrow_mut().insert(call.method.to_owned());
        let refusals = refusals(call.method).into_iter().enumerate();
        let is_wanted = |at: usize| is_whole() || is_first || at % 3 == call.number % 3;
        let sample = refusals.filter(|(at, _)| is_wanted(*at));
        sample.map(|(_, fault)| fault).collect()
    });
    assert!(cells > 600, "{cells}");
}

#[test]
fn values_are_damaged_swapped_and_deleted_meanwhile() {
    assert!(product(|_| damage()) > 400);
}

#[test]
fn password_and_secret_change_meanwhile() {
    assert!(product(|_| secret_events()) > 200);
}

/// These take the simulation long, so each method meets one of them, where it is first called.
#[test]
fn other_apps_change_password_and_secret_meanwhile() {
    let (slow, met) = (slow_events("first"), RefCell::new(BTreeSet::new()));
    let cells = product(|call| {
        let is_first = met.borrow_mut().insert(call.method.to_owned());
        let fault = slow[call.number % slow.len()].clone();
        Some(fault).filter(|_| is_first).into_iter().collect()
    });
    assert_eq!(cells, Telegram::methods().len() - ELSEWHERE.len());
}

/// A step, the world before it, and what it calls if nothing goes wrong.
struct Checkpoint {
    step: Step,
    before: Stage,
    calls: Vec<(&'static str, usize)>,
}

/// A call of the story.
struct Call<'a> {
    method: &'a str,
    /// The how manyth of that method in its step, from 0.
    index: usize,
    /// The how manyth of the story, from 0.
    number: usize,
}

/// The story without a fault.
fn checkpoints() -> Vec<Checkpoint> {
    let mut stage = Stage::new();
    let mut checkpoints = Vec::new();
    for step in story() {
        (step.prepare)(&mut stage);
        let before = stage.branch();
        let so_far = before.world.telegram.calls().len();
        let after = after(&step, &before);
        (step.attempt)(&mut stage, &after).expect(step.name);
        let calls = stage.world.telegram.calls().split_off(so_far);
        (step.check)(&mut stage, &after);
        assert_eq!(
            stage.world.kept(&stage.unlocked),
            contents(after.values()),
            "{}",
            step.name
        );
        stage.documents = after;
        let mut counts = BTreeMap::new();
        let numbered = calls.into_iter().map(|method| {
            let count = counts.entry(method).or_insert(0);
            *count += 1;
            (method, *count - 1)
        });
        let calls = numbered.collect();
        if step.is_aside {
            stage = before.branch();
        }
        checkpoints.push(Checkpoint {
            step,
            before,
            calls,
        });
    }
    checkpoints
}

/// Tries the faults that are given for each call, one after the other; says how many there were.
fn product(faults: impl Fn(&Call<'_>) -> Vec<Fault>) -> usize {
    let mut cells = 0;
    let mut number = 0;
    for checkpoint in checkpoints() {
        for &(method, index) in &checkpoint.calls {
            let call = Call {
                method,
                index,
                number,
            };
            for fault in faults(&call) {
                Cell {
                    checkpoint: &checkpoint,
                    call: &call,
                    fault,
                }
                .run();
                cells += 1;
            }
            number += 1;
        }
    }
    cells
}

/// One fault at one call.
struct Cell<'a> {
    checkpoint: &'a Checkpoint,
    call: &'a Call<'a>,
    fault: Fault,
}

impl Cell<'_> {
    fn run(&self) {
        let Checkpoint { step, before, .. } = self.checkpoint;
        let mut stage = before.branch();
        let after = after(step, before);
        let faults = stage.world.telegram.faults();
        faults.after(self.call.index, self.call.method, self.fault.clone());
        let first = (step.attempt)(&mut stage, &after);
        assert_eq!(faults.waiting(), 0, "{self}: it has not happened");
        self.judge(&first);
        self.look(&stage, &after);
        if let Fault::Meanwhile(Meanwhile::PasswordRemoved) = self.fault {
            // Whoever removes the password gives the Passport up: the story has ended.
            return;
        }
        let mut last = first;
        for _ in 0..MOST_ATTEMPTS {
            let Err(error) = last else { break };
            self.mend(&mut stage, &error);
            last = (step.attempt)(&mut stage, &after);
            self.look(&stage, &after);
        }
        if let Err(error) = last {
            panic!("{self}: {error:?}, again and again");
        }
        if is_lie(&self.fault) {
            // Lied to about what is there, an app may think that there is nothing to be done.
            (step.attempt)(&mut stage, &after).expect("nothing goes wrong twice");
        }
        if !broken_by(&self.fault).is_empty() {
            // What was damaged behind the app's back, it cannot know, but whoever reads it.
            stage.receive_damaged(&after);
            self.mend_values(&mut stage, &after);
            (step.attempt)(&mut stage, &after).expect("nothing goes wrong twice");
        }
        let kept = stage.world.kept(&stage.unlocked);
        assert_eq!(kept, contents(after.values()), "{self}");
        (step.check)(&mut stage, &after);
    }

    /// A typed error, or none where none is needed.
    fn judge(&self, first: &Attempt) {
        match first {
            Ok(()) => assert!(may_succeed(&self.fault), "{self}: nothing was said"),
            Err(error) => assert!(is_told(&self.fault, error), "{self}: {error:?}"),
        }
    }

    /// All that is stored is as it was or as it is to be, and can be read.
    fn look(&self, stage: &Stage, after: &Documents) {
        let before = &self.checkpoint.before.documents;
        let kept = stage.world.kept_or_broken(&stage.unlocked);
        let broken = broken_by(&self.fault);
        let is_swapped = matches!(self.fault, Fault::Meanwhile(Meanwhile::DataSwapped(..)));
        let is_gone = matches!(self.fault, Fault::Meanwhile(Meanwhile::PasswordRemoved));
        let all: BTreeSet<ElementType> = before.keys().chain(after.keys()).copied().collect();
        for element in all {
            let found: Option<&Option<Content>> = kept.get(&element);
            let allowed = [before.get(&element), after.get(&element)];
            let is_right = match found {
                // Data that belongs to another type opens, where both are documents in JSON.
                Some(Some(_)) if is_swapped && broken.contains(&element) => true,
                Some(Some(found)) => allowed.iter().flatten().any(|it| content(it) == *found),
                Some(None) => broken.contains(&element),
                None => {
                    is_gone
                        || broken.contains(&element)
                        || allowed.iter().any(|document| document.is_none())
                }
            };
            assert!(is_right, "{self}: {element} is stored as {found:?}");
        }
        let others = kept
            .keys()
            .find(|it| !before.contains_key(it) && !after.contains_key(it));
        assert_eq!(others, None, "{self}");
    }

    /// What the user or another app of hers puts right before the step is taken again.
    fn mend(&self, stage: &mut Stage, error: &dyn std::fmt::Debug) {
        match &self.fault {
            Fault::Meanwhile(
                Meanwhile::SecretDeleted
                | Meanwhile::SecretIdChanged
                | Meanwhile::SecretReplaced(_),
            ) => {
                let error = format!("{error:?}");
                let told = ["SecretRequired", "SecretInvalid", "SECURE_SECRET"];
                assert!(told.iter().any(|it| error.contains(it)), "{self}: {error}");
                let secret = self.checkpoint.before.world.anna.secret();
                stage.world.anna.set_secret(secret);
            }
            _ => self.mend_values(stage, &self.checkpoint.before.documents),
        }
    }

    /// Saves again what does not open or is another's, or was deleted by the fault.
    fn mend_values(&self, stage: &mut Stage, documents: &Documents) {
        let kept = stage.world.kept_or_broken(&stage.unlocked);
        for element in broken_by(&self.fault) {
            let is_sound =
                |document: &&Document| kept.get(&element) == Some(&Some(content(document)));
            let document = documents.get(&element);
            if let Some(document) = document.filter(|document| !is_sound(document)) {
                let unlocked = std::rc::Rc::clone(&stage.unlocked);
                let saved = stage.world.save(&unlocked, draft(document));
                saved.expect("nothing goes wrong twice");
            }
        }
    }
}

impl std::fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (step, call) = (self.checkpoint.step.name, self.call);
        write!(
            f,
            "{:?} at {} {} of {step}",
            self.fault, call.method, call.index
        )
    }
}

fn after(step: &Step, before: &Stage) -> Documents {
    let mut after = before.documents.clone();
    (step.change)(&mut after);
    after
}

/// After the first one.
const MOST_ATTEMPTS: usize = 3;
