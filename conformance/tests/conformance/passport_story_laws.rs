//! Laws: whatever is saved, replaced, changed in part and deleted, in spite of faults and of damage,
//! and however often the password changes or is lost in between, the Passport holds what a model of
//! it says, and all of it can be read.

use std::collections::BTreeMap;
use std::time::Duration;

use conformance::random::for_each;
use proptest::prelude::*;
use telegram_passport::ElementType;
use telegram_passport::client::password::{Reset, UnreadableSecret};
use telegram_passport::client::{
    Draft, LosePassportData, NewFile, NewPassword, PasswordError, Unlocked, create_secret,
    delete_stored_values, password, reset_secret, wait,
};
use telegram_passport::testing::{Document, Fault, Meanwhile, picture};

use super::passport_story_documents::{contents, draft, passport};
use super::passport_story_world::World;

#[derive(Debug, Clone)]
enum Step {
    /// A document anew: whatever was stored of its kind is replaced.
    Save {
        element: ElementType,
        version: u32,
        /// At which call something goes wrong, and what; the save goes on afterwards.
        fault: Option<(bool, Wrong)>,
    },
    /// Another selfie, or none; the rest of the passport is kept as it is stored.
    Selfie(Option<u32>),
    Delete(Vec<ElementType>),
    /// A stored value is damaged: the others are as they were, and it is saved anew.
    Damage(ElementType),
    ChangePassword,
    /// Another app changes it: nothing that is at hand becomes worthless.
    TheyChangePassword,
    /// The password was forgotten: a week later there is another one, and an empty Passport.
    ForgetPassword,
    /// The passport secret is given up, and with it all that is stored.
    ResetSecret,
    /// The app was closed: the password is asked for again.
    Unlock,
}

#[derive(Debug, Clone, Copy)]
enum Wrong {
    CallLost,
    AnswerLost,
    AnswerCut,
    Twice,
    PartLost,
}

#[test]
fn the_passport_holds_what_the_model_holds() {
    let steps = prop::collection::vec(step(), 1..40);
    for_each(100, steps, follows_the_model);
}

/// The same with other passwords at every fourth step.
#[test]
fn the_passport_holds_what_the_model_holds_under_any_password() {
    let steps = prop::collection::vec(prop_oneof![3 => step(), 1 => slow_step()], 1..12);
    for_each(8, steps, follows_the_model);
}

fn follows_the_model(steps: Vec<Step>) -> Result<(), TestCaseError> {
    let mut story = Story::new();
    for step in steps {
        story.run(&step);
        prop_assert_eq!(
            story.world.stored(&story.unlocked),
            contents(story.model.values())
        );
    }
    if story.has_other_password {
        story.run(&Step::Unlock);
        prop_assert_eq!(
            story.world.stored(&story.unlocked),
            contents(story.model.values())
        );
    }
    Ok(())
}

/// Steps that take no time.
fn step() -> impl Strategy<Value = Step> {
    let version = 0..1_000_u32;
    let wrong = prop::sample::select(vec![
        Wrong::CallLost,
        Wrong::AnswerLost,
        Wrong::AnswerCut,
        Wrong::Twice,
        Wrong::PartLost,
    ]);
    let fault = prop::option::of((any::<bool>(), wrong));
    let save = (element(), version.clone(), fault);
    prop_oneof![
        16 => save.prop_map(|(element, version, fault)| Step::Save { element, version, fault }),
        6 => prop::option::of(version).prop_map(Step::Selfie),
        6 => prop::collection::vec(element(), 1..3).prop_map(Step::Delete),
        4 => element().prop_map(Step::Damage),
    ]
}

/// Steps that take a proof of the password.
fn slow_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::ChangePassword),
        2 => Just(Step::TheyChangePassword),
        1 => Just(Step::ForgetPassword),
        1 => Just(Step::ResetSecret),
        1 => Just(Step::Unlock),
    ]
}

fn element() -> impl Strategy<Value = ElementType> {
    prop::sample::select(KINDS.to_vec())
}

struct Story {
    world: World,
    unlocked: Unlocked,
    /// How many passwords there were.
    passwords: u32,
    password: String,
    has_other_password: bool,
    model: BTreeMap<ElementType, Document>,
}

impl Story {
    fn new() -> Self {
        let (world, unlocked) = World::with_passport();
        Self {
            world,
            unlocked,
            passwords: 1,
            password: "first".to_owned(),
            has_other_password: false,
            model: BTreeMap::new(),
        }
    }

    fn run(&mut self, step: &Step) {
        match step {
            Step::Save {
                element,
                version,
                fault,
            } => self.save(document(*element, *version), *fault),
            Step::Selfie(version) => self.take_selfie(*version),
            Step::Delete(elements) => {
                let connection = self.world.anna.connection();
                wait(delete_stored_values(&connection, elements)).expect("deleted");
                self.model.retain(|element, _| !elements.contains(element));
            }
            Step::Damage(element) => self.damage(*element),
            Step::ChangePassword => self.change_password(),
            Step::TheyChangePassword => {
                let to = self.next_password();
                let from = std::mem::replace(&mut self.password, to.clone());
                let event = Meanwhile::PasswordChanged { from, to };
                self.world.anna.meanwhile(event);
            }
            Step::ForgetPassword => self.forget_password(),
            Step::ResetSecret => {
                let (connection, typed) =
                    (self.world.anna.connection(), self.password.as_str().into());
                let random = &mut self.world.random;
                let reset = wait(reset_secret(&connection, &typed, LosePassportData, random));
                self.lose_everything(reset.expect("it was reset"));
            }
            Step::Unlock => {
                let secret_id = self.unlocked.secret_id();
                self.unlocked = self.world.unlock(&self.password).expect("the password");
                assert_eq!(self.unlocked.secret_id(), secret_id);
            }
        }
    }

    fn next_password(&mut self) -> String {
        self.passwords += 1;
        self.has_other_password = true;
        format!("password {}", self.passwords)
    }

    fn save(&mut self, document: Document, fault: Option<(bool, Wrong)>) {
        if let Some(email) = document.text() {
            self.world.anna.verify(email);
        }
        let faults = self.world.telegram.faults();
        if let Some((is_upload, wrong)) = fault {
            faults.next(if is_upload { UPLOAD } else { SAVE }, wrong.into());
        }
        let mut save = self.world.prepare(draft(&document));
        let connection = self.world.anna.connection();
        if wait(save.run(&connection, &self.unlocked, |_| ())).is_err() {
            // As it was, or as it is to be.
            let kept = self.world.kept(&self.unlocked);
            let mut new = self.model.clone();
            new.insert(document.element_type(), document.clone());
            let allowed = [contents(self.model.values()), contents(new.values())];
            assert!(allowed.contains(&kept));
            faults.clear();
            wait(save.run(&connection, &self.unlocked, |_| ())).expect("saved");
        }
        faults.clear();
        self.model.insert(document.element_type(), document);
    }

    /// Does nothing where no passport is stored.
    fn take_selfie(&mut self, version: Option<u32>) {
        let Some(old) = self.model.get(&ElementType::Passport) else {
            return;
        };
        let selfie = version.map(|version| picture(&format!("selfie {version}")));
        let mut new = Document::new(ElementType::Passport)
            .with_data(old.data().expect("data"))
            .with_front_side(old.front_side().expect("a front side"));
        if let Some(selfie) = &selfie {
            new = new.with_selfie(&**selfie);
        }
        let stored = self.world.value(&self.unlocked, ElementType::Passport);
        let mut changed = Draft::from_stored(&stored);
        let Draft::IdentityDocument(passport) = &mut changed else {
            panic!("another kind");
        };
        *passport.selfie_mut() = selfie.map(|it| NewFile::from_bytes(it).into());
        self.world.save(&self.unlocked, changed).expect("saved");
        self.model.insert(ElementType::Passport, new);
    }

    /// Does nothing where there is no such value, or nothing of it is encrypted.
    fn damage(&mut self, element: ElementType) {
        let Some(document) = self.model.get(&element).cloned() else {
            return;
        };
        if element == ElementType::Email {
            return;
        }
        self.world.anna.meanwhile(Meanwhile::ValueDamaged(element));
        let mut kept = self.world.kept_or_broken(&self.unlocked);
        assert_eq!(kept.remove(&element), Some(None), "it does not open");
        let others = self
            .model
            .values()
            .filter(|it| it.element_type() != element);
        let others = contents(others).into_iter();
        let others = others.map(|(element, content)| (element, Some(content)));
        assert_eq!(kept, others.collect());
        self.save(document, None);
    }

    fn change_password(&mut self) {
        let next = self.next_password();
        let connection = self.world.anna.connection();
        let (current, new) = (
            self.password.as_str().into(),
            NewPassword::new(next.as_str().into()),
        );
        let (refuse, random) = (UnreadableSecret::Refuse, &mut self.world.random);
        let changed = password::change(&connection, &current, &new, refuse, random);
        wait(changed).expect("changed");
        let error = self
            .world
            .unlock(&self.password)
            .expect_err("it was changed");
        assert!(matches!(error, PasswordError::WrongPassword));
        self.password = next;
    }

    fn forget_password(&mut self) {
        let connection = self.world.anna.connection();
        let reset = || wait(password::reset(&connection, LosePassportData)).expect("an answer");
        assert!(matches!(reset(), Reset::Requested { .. }));
        self.world
            .telegram
            .advance(Duration::from_secs(8 * 24 * 3600));
        assert_eq!(reset(), Reset::Removed);
        self.password = self.next_password();
        let typed = self.password.as_str().into();
        let new = NewPassword::new(self.password.as_str().into());
        let random = &mut self.world.random;
        wait(password::set(&connection, &new, None, random)).expect("set");
        let created = wait(create_secret(&connection, &typed, random)).expect("created");
        assert!(self.world.anna.stored_types().is_empty());
        self.lose_everything(created);
    }

    /// What is stored opens with the old secret alone, and is deleted.
    fn lose_everything(&mut self, unlocked: Unlocked) {
        assert_ne!(unlocked.secret_id(), self.unlocked.secret_id());
        let left = self.world.kept_or_broken(&unlocked);
        let is_plain = |element: &ElementType| *element == ElementType::Email;
        assert!(
            left.iter()
                .all(|(element, content)| is_plain(element) == content.is_some())
        );
        let connection = self.world.anna.connection();
        wait(delete_stored_values(&connection, &KINDS)).expect("deleted");
        self.model.clear();
        self.unlocked = unlocked;
    }
}

impl From<Wrong> for Fault {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::CallLost => Self::CallLost,
            Wrong::AnswerLost => Self::AnswerLost,
            Wrong::AnswerCut => Self::AnswerCut,
            Wrong::Twice => Self::Twice,
            Wrong::PartLost => Self::PartLost,
        }
    }
}

fn document(element: ElementType, version: u32) -> Document {
    match element {
        ElementType::Passport => passport(version),
        ElementType::Email => {
            Document::new(element).with_text(format!("anna{version}@example.org"))
        }
        ElementType::Address => Document::new(element).with_data(format!(
            r#"{{"city":"City {version}","country_code":"DE","post_code":"10115","street_line1":"Street {version}"}}"#,
        )),
        _ => {
            // Up to three pages, none of them twice.
            let pages = 0..=version % 3;
            pages.fold(Document::new(element), |document, page| {
                document.with_file(picture(&format!("page {page} of {version}")))
            })
        }
    }
}

const KINDS: [ElementType; 4] = [
    ElementType::Passport,
    ElementType::Email,
    ElementType::Address,
    ElementType::UtilityBill,
];

const UPLOAD: &str = "upload.saveFilePart";

const SAVE: &str = "account.saveSecureValue";
