//! The stage of the whole story: the world between two of its steps, and what the app remembers.

use std::collections::BTreeMap;
use std::error::Error;
use std::rc::Rc;

use telegram_passport::client::{
    Draft, Failure, Form, PassportConfig, PhoneVerification, Review, Save, SaveError, StoredValue,
    Unlocked, wait,
};
use telegram_passport::link::RequestLink;
use telegram_passport::scope::{AddressDocument, IdentityDocument, Scope};
use telegram_passport::submission::Submission;
use telegram_passport::testing::{Document, SimulationError, Update};
use telegram_passport::{ElementType, FileLocation};

use super::passport_story_documents::{content, contents};
use super::passport_story_world::{Service, World};

/// What a step ends with if not well.
pub(super) type Attempt<T = ()> = Result<T, Box<dyn Error>>;

/// What the Passport is to hold.
pub(super) type Documents = BTreeMap<ElementType, Document>;

/// The world between two steps, and what the app remembers.
pub(super) struct Stage {
    pub(super) world: World,
    pub(super) unlocked: Rc<Unlocked>,
    pub(super) documents: Documents,
    pub(super) bank: Service,
    pub(super) hotel: Service,
    /// What the bank asks, and what the hotel asks.
    pub(super) links: [RequestLink; 2],
    pub(super) config: PassportConfig,
    pub(super) save: Option<Save>,
    pub(super) phone: Option<PhoneVerification>,
    pub(super) has_asked: bool,
    pub(super) received: Vec<Update>,
}

impl Stage {
    /// Anna has an empty Passport. Nothing is verified but the number of her account.
    pub(super) fn new() -> Self {
        let (world, unlocked) = World::unlocked();
        world.anna.set_recovery_email("old@example.org");
        let (mut bank, mut hotel) = (Service::new(&world, 1), Service::new(&world, 2));
        let links = [bank.ask(&scope_of_bank()), hotel.ask(&scope_of_hotel())];
        Self {
            world,
            unlocked: Rc::new(unlocked),
            documents: Documents::new(),
            bank,
            hotel,
            links,
            config: PassportConfig::unknown(),
            save: None,
            phone: None,
            has_asked: false,
            received: Vec::new(),
        }
    }

    /// Another one, which is now as this one is. It lies between two steps: nothing is half done.
    pub(super) fn branch(&self) -> Self {
        let world = self.world.branch();
        Self {
            bank: self.bank.in_world(&world),
            hotel: self.hotel.in_world(&world),
            world,
            unlocked: Rc::clone(&self.unlocked),
            documents: self.documents.clone(),
            links: self.links.clone(),
            config: self.config.clone(),
            save: None,
            phone: None,
            has_asked: false,
            received: self.received.clone(),
        }
    }

    /// Saves a value, or goes on with it.
    pub(super) fn save(
        &mut self,
        draft: impl FnOnce() -> Draft,
    ) -> Result<StoredValue, SaveError<SimulationError>> {
        let mut save = match self.save.take() {
            Some(save) => save,
            None => self.world.prepare(draft()),
        };
        let connection = self.world.anna.connection();
        let saved = wait(save.run(&connection, &self.unlocked, |_| ()));
        let is_to_be_repeated = matches!(
            saved,
            Err(SaveError::Wait { .. }
                | SaveError::PhoneVerificationNeeded
                | SaveError::EmailVerificationNeeded
                | SaveError::Failed(Failure::Connection(_) | Failure::Answer(_)))
        );
        // Otherwise it is drafted anew, from what is stored then.
        self.save = Some(save).filter(|_| is_to_be_repeated);
        saved
    }

    pub(super) fn review(&self, link: &RequestLink) -> Attempt<Review> {
        let form = wait(Form::load(&self.world.anna.connection(), link))?;
        Ok(form.review(&self.unlocked, &self.config))
    }

    pub(super) fn submit(&mut self, which: usize) -> Attempt {
        let review = self.review(&self.links[which])?;
        let connection = self.world.anna.connection();
        Ok(wait(
            review.choose()?.submit(&connection, &mut self.world.random),
        )?)
    }

    /// One submission came, however often; it holds what was asked for, and opens by both doors.
    pub(super) fn receive(&mut self, which: usize, expected: &Documents) {
        let (service, scope) = match which {
            BANK => (&self.bank, scope_of_bank()),
            _ => (&self.hotel, scope_of_hotel()),
        };
        self.received = service.bot.updates();
        let taken = service.open_once(&self.links[which], &self.received);
        let mut taken = taken.into_iter().flatten();
        let submission = taken.next().expect("it came");
        assert!(taken.next().is_none(), "it is taken once");
        assert!(scope.check(&submission).is_complete());
        let mut expected = contents(expected.values());
        if which == BANK {
            assert_eq!(submission.findings(), []);
        } else {
            expected.retain(|element, _| ASKED_BY_HOTEL.contains(element));
            let passport = expected.get_mut(&PASSPORT).expect("it is stored");
            passport.retain(|part, _| part != "selfie");
        }
        assert_eq!(service.contents(&submission), expected);
    }

    /// Takes what came of values that were damaged behind the app's back: what opens of it is right.
    pub(super) fn receive_damaged(&mut self, expected: &Documents) {
        for (service, link) in [
            (&self.bank, &self.links[BANK]),
            (&self.hotel, &self.links[HOTEL]),
        ] {
            let taken = service.open_once(link, &service.bot.updates());
            for element in taken.iter().flatten().flat_map(Submission::elements) {
                let expected = content(&expected[&element.element_type()]);
                for file in element.files() {
                    let FileLocation::BotApi(location) = file.location() else {
                        panic!("it came over the Bot API");
                    };
                    let encrypted = service.bot.file(&location.file_id).expect("a file");
                    if let Ok(plain) = file.decrypt(encrypted) {
                        assert_eq!(plain.as_bytes(), expected[&file.part().to_string()]);
                    }
                }
            }
        }
    }

    /// What the bank received last, over MTProto.
    pub(super) fn submission(&self) -> Submission {
        let update = self.received.last().expect("it came");
        let [_, submission] = self.bank.open_both(&self.links[BANK], update);
        submission
    }
}

pub(super) fn scope_of_bank() -> Scope {
    let passport = IdentityDocument::Passport.with_selfie();
    let scope = Scope::builder().identity_document(passport).address();
    let scope = scope.address_document(AddressDocument::UtilityBill);
    scope.phone_number().email().build().expect("a scope")
}

pub(super) fn scope_of_hotel() -> Scope {
    let scope = Scope::builder().identity_document(IdentityDocument::Passport);
    scope.email().build().expect("a scope")
}

/// Places in `links`.
pub(super) const BANK: usize = 0;

/// The other one.
pub(super) const HOTEL: usize = 1;

/// What the hotel asks for.
const ASKED_BY_HOTEL: [ElementType; 2] = [PASSPORT, ElementType::Email];

pub(super) const PASSPORT: ElementType = ElementType::Passport;

pub(super) const BILL: ElementType = ElementType::UtilityBill;
