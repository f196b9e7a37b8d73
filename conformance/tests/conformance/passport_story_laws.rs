//! Laws: whatever is saved, replaced, changed in part and deleted, and however often the password
//! changes in between, the Passport holds what a model of it says, and all of it can be read.

use std::collections::BTreeMap;

use conformance::random::for_each;
use proptest::prelude::*;
use telegram_passport::ElementType;
use telegram_passport::client::password::UnreadableSecret;
use telegram_passport::client::{
    Draft, NewFile, NewPassword, PasswordError, Unlocked, delete_stored_values, password, wait,
};
use telegram_passport::testing::{Document, picture};

use super::passport_story_documents::{contents, draft, passport};
use super::passport_story_world::World;

#[derive(Debug, Clone)]
enum Step {
    /// A document anew: whatever was stored of its kind is replaced.
    Save {
        element: ElementType,
        version: u32,
    },
    /// Another selfie, or none; the rest of the passport is kept as it is stored.
    Selfie(Option<u32>),
    Delete(Vec<ElementType>),
    ChangePassword,
    /// The app was closed: the password is asked for again.
    Unlock,
}

#[test]
fn the_passport_holds_what_the_model_holds() {
    let steps = prop::collection::vec(step(), 1..14);
    for_each(6, steps, |steps| {
        let mut story = Story::new();
        for step in steps {
            story.run(&step);
            prop_assert_eq!(
                story.world.stored(&story.unlocked),
                contents(story.model.values())
            );
        }
        story.run(&Step::Unlock);
        prop_assert_eq!(
            story.world.stored(&story.unlocked),
            contents(story.model.values())
        );
        Ok(())
    });
}

fn step() -> impl Strategy<Value = Step> {
    let version = 0..1_000_u32;
    let save = (element(), version.clone());
    prop_oneof![
        8 => save.prop_map(|(element, version)| Step::Save { element, version }),
        3 => prop::option::of(version).prop_map(Step::Selfie),
        3 => prop::collection::vec(element(), 1..3).prop_map(Step::Delete),
        1 => Just(Step::ChangePassword),
        1 => Just(Step::Unlock),
    ]
}

fn element() -> impl Strategy<Value = ElementType> {
    prop::sample::select(KINDS.to_vec())
}

struct Story {
    world: World,
    unlocked: Unlocked,
    passwords: u32,
    model: BTreeMap<ElementType, Document>,
}

impl Story {
    fn new() -> Self {
        let (world, unlocked) = World::with_passport();
        Self {
            world,
            unlocked,
            passwords: 1,
            model: BTreeMap::new(),
        }
    }

    fn run(&mut self, step: &Step) {
        match step {
            Step::Save { element, version } => {
                let document = document(*element, *version);
                if let Some(email) = document.text() {
                    self.world.anna.verify(email);
                }
                self.save(draft(&document));
                self.model.insert(*element, document);
            }
            Step::Selfie(version) => self.take_selfie(*version),
            Step::Delete(elements) => {
                let connection = self.world.anna.connection();
                wait(delete_stored_values(&connection, elements)).expect("deleted");
                self.model.retain(|element, _| !elements.contains(element));
            }
            Step::ChangePassword => self.change_password(),
            Step::Unlock => {
                let typed = typed(self.passwords);
                let secret_id = self.unlocked.secret_id();
                self.unlocked = self.world.unlock(&typed).expect("the password");
                assert_eq!(self.unlocked.secret_id(), secret_id);
            }
        }
    }

    fn save(&mut self, draft: Draft) {
        self.world.save(&self.unlocked, draft).expect("saved");
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
        self.save(changed);
        self.model.insert(ElementType::Passport, new);
    }

    fn change_password(&mut self) {
        let [old, new] = [self.passwords, self.passwords + 1].map(typed);
        let connection = self.world.anna.connection();
        let (current, next) = (old.as_str().into(), NewPassword::new(new.as_str().into()));
        let refuse = UnreadableSecret::Refuse;
        let random = &mut self.world.random;
        wait(password::change(
            &connection,
            &current,
            &next,
            refuse,
            random,
        ))
        .expect("changed");
        let error = self.world.unlock(&old).expect_err("it was changed");
        assert!(matches!(error, PasswordError::WrongPassword));
        self.passwords += 1;
    }
}

fn typed(number: u32) -> String {
    match number {
        1 => "first".to_owned(),
        number => format!("password {number}"),
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
