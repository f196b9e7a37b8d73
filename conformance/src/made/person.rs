//! A person with an account, and an app that is our user's side.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::error::Error;

use telegram_passport::ElementType;
use telegram_passport::client::password::UnreadableSecret;
use telegram_passport::client::{
    Connection, Failure, Form, NewPassword, PassportConfig, Password, Request, Save, StoredValue,
    Unlocked, create_secret, password, unlock, wait,
};
use telegram_passport::link::RequestLink;
use telegram_passport::testing::{
    Account, Document, Randomness, SimulatedConnection, SimulationError, Telegram,
};

use super::sheet::Typist;
use crate::drafts::draft;

/// What a person typed in, and what became of it.
pub(super) struct Person {
    pub(super) typist: Typist,
    pub(super) account: Account,
    pub(super) connection: Recorded,
    pub(super) password: &'static str,
    pub(super) unlocked: Unlocked,
    pub(super) random: Randomness,
    saved: BTreeMap<ElementType, StoredValue>,
}

impl Person {
    /// Sets a password, makes a passport secret, and fills the Passport.
    pub(super) fn new(
        telegram: &Telegram,
        typist: Typist,
        seed: u64,
    ) -> Result<Self, Box<dyn Error>> {
        let account = telegram.account(typist.phone);
        let connection = Recorded::new(account.connection());
        let mut random = Randomness::new(seed);
        let new = NewPassword::new(typist.password.into());
        wait(password::set(&connection, &new, None, &mut random))?;
        let typed = Password::from(typist.password);
        let unlocked = wait(create_secret(&connection, &typed, &mut random))?;
        let mut saved = BTreeMap::new();
        for document in &typist.documents {
            if let Some(text) = document.text() {
                account.verify(text);
            }
            let mut save = Save::new(draft(document), typist.part_size, &mut random)?;
            let stored = wait(save.run(&connection, &unlocked, |_| ()))?;
            saved.insert(document.element_type(), stored);
        }
        Ok(Self {
            password: typist.password,
            typist,
            account,
            connection,
            unlocked,
            random,
            saved,
        })
    }

    /// What was typed in of a type, and the value that was made of it.
    pub(super) fn value(
        &self,
        element: ElementType,
    ) -> Result<(&Document, &StoredValue), Box<dyn Error>> {
        let mut documents = self.typist.documents.iter();
        let document = documents.find(|it| it.element_type() == element);
        let both = document.zip(self.saved.get(&element));
        both.ok_or_else(|| format!("{} has no {element}", self.typist.name).into())
    }

    /// The types of all that was typed in.
    pub(super) fn elements(&self) -> impl Iterator<Item = ElementType> + '_ {
        self.saved.keys().copied()
    }

    /// Hands over what the link asks for.
    pub(super) fn answer(&mut self, link: &RequestLink) -> Result<(), Box<dyn Error>> {
        let form = wait(Form::load(&self.connection, link))?;
        let review = form.review(&self.unlocked, &PassportConfig::unknown());
        let choice = review.choose()?;
        Ok(wait(choice.submit(&self.connection, &mut self.random))?)
    }

    /// The new password, with which the Passport is unlocked again.
    pub(super) fn change_password(&mut self) -> Result<(), Box<dyn Error>> {
        let (old, new) = (self.password, self.typist.new_password);
        wait(password::change(
            &self.connection,
            &old.into(),
            &NewPassword::new(new.into()),
            UnreadableSecret::Refuse,
            &mut self.random,
        ))?;
        self.password = new;
        self.unlocked = wait(unlock(&self.connection, &new.into(), &mut self.random))?;
        Ok(())
    }
}

/// A connection that keeps what is sent.
pub(super) struct Recorded {
    inner: SimulatedConnection,
    calls: RefCell<Vec<(&'static str, Vec<u8>)>>,
}

impl Recorded {
    fn new(inner: SimulatedConnection) -> Self {
        let calls = RefCell::default();
        Self { inner, calls }
    }

    /// All calls so far with their TL, but for the parts of files.
    pub(super) fn calls(&self) -> Vec<(&'static str, Vec<u8>)> {
        self.calls.borrow().clone()
    }
}

impl Connection for Recorded {
    type Error = SimulationError;

    async fn send(&self, request: Request<'_>) -> Result<Vec<u8>, Failure<SimulationError>> {
        if request.method() != "upload.saveFilePart" {
            let call = (request.method(), request.body().to_vec());
            self.calls.borrow_mut().push(call);
        }
        self.inner.send(request).await
    }
}
