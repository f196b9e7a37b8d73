//! An account, as a test holds it: what its user would see, and what no client may see.

use core::fmt;

use telegram_passport_tl::{enums, types};

use super::connection::SimulatedConnection;
use super::meanwhile::Meanwhile;
use super::server::state::{Caller, User};
use super::telegram::{Telegram, lock};
use crate::element::ElementType;

/// A user's account: from [`Telegram::account`].
///
/// Beside the [connection](Self::connection), which is the way for a client, it shows what the
/// server keeps.
#[derive(Clone)]
pub struct Account {
    telegram: Telegram,
    id: i64,
}

impl Account {
    pub(super) fn new(telegram: Telegram, id: i64) -> Self {
        Self { telegram, id }
    }

    /// The same account in a [branch](Telegram::branch) of its world. Where there is no such account,
    /// nothing is found and nothing changes.
    #[must_use]
    pub fn in_world(&self, telegram: &Telegram) -> Self {
        Self::new(telegram.clone(), self.id)
    }

    /// The way for a client of this user, who is signed in.
    #[must_use]
    pub fn connection(&self) -> SimulatedConnection {
        SimulatedConnection::new(self.telegram.clone(), Caller::User(self.id))
    }

    /// The user's id.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// By which bots name the user over MTProto.
    #[must_use]
    pub fn input_user(&self) -> enums::InputUser {
        let access_hash = self.read(|user| user.access_hash).unwrap_or_default();
        types::InputUser {
            user_id: self.id,
            access_hash,
        }
        .into()
    }

    /// Sets the two-step password as another app would. A passport secret that is stored stays under
    /// the old one.
    pub fn set_password(&self, password: &str) {
        self.meanwhile(Meanwhile::PasswordChangedAlone(password.to_owned()));
    }

    /// Sets the recovery e-mail, confirmed already.
    pub fn set_recovery_email(&self, email: &str) {
        self.verify(email);
        self.write(|user| user.password.recovery_email = Some(email.to_owned()));
    }

    /// Makes Telegram take a phone number or an e-mail address for verified.
    pub fn verify(&self, address: &str) {
        self.write(|user| {
            let verification = &mut user.verification;
            if address.contains('@') {
                verification.emails.insert(address.to_owned());
            } else {
                let digits = address.chars().filter(char::is_ascii_digit).collect();
                verification.phones.insert(digits);
            }
        });
    }

    /// The last code that reached the user at this phone number or e-mail address.
    #[must_use]
    pub fn code(&self, address: &str) -> Option<String> {
        let digits: String = address.chars().filter(char::is_ascii_digit).collect();
        self.read(|user| {
            let mut codes = user.codes.iter().rev();
            let found = codes.find(|(to, _)| to == address || !to.contains('@') && *to == digits);
            found.map(|(_, code)| code.clone())
        })
        .flatten()
    }

    /// The stored passport secret, encrypted.
    #[must_use]
    pub fn secret(&self) -> Option<types::SecureSecretSettings> {
        self.read(|user| user.password.secret.clone()).flatten()
    }

    /// Stores a passport secret as it is, such as one of an old client, which no client of today
    /// could store; or none.
    pub fn set_secret(&self, secret: Option<types::SecureSecretSettings>) {
        self.write(|user| user.password.secret = secret);
    }

    /// The types of the stored values.
    #[must_use]
    pub fn stored_types(&self) -> Vec<ElementType> {
        self.read(|user| user.values.keys().copied().collect())
            .unwrap_or_default()
    }

    /// A stored value, encrypted.
    #[must_use]
    pub fn stored(&self, element: ElementType) -> Option<types::SecureValue> {
        self.read(|user| user.values.get(&element).cloned())
            .flatten()
    }

    /// An encrypted file that is or was part of a value of this user.
    #[must_use]
    pub fn stored_file(&self, id: i64) -> Option<Vec<u8>> {
        let world = lock(&self.telegram.world);
        let file = world.files.get(&id)?;
        let mine = file.access.contains_key(&Caller::User(self.id));
        mine.then(|| file.bytes.clone())
    }

    /// The errors that bots have set and that are not resolved.
    #[must_use]
    pub fn errors(&self) -> Vec<enums::SecureValueError> {
        let errors = |user: &User| user.errors.iter().map(|(_, error)| error.clone()).collect();
        self.read(errors).unwrap_or_default()
    }

    /// What the chats of the user show: to which bot values of which types were sent.
    #[must_use]
    pub fn sent(&self) -> Vec<(i64, types::MessageActionSecureValuesSent)> {
        self.read(|user| user.sent.clone()).unwrap_or_default()
    }

    /// Lets something happen behind the back of the user's client.
    pub fn meanwhile(&self, event: Meanwhile) {
        event.happen(&mut lock(&self.telegram.world), self.id);
    }

    fn read<T>(&self, read: impl FnOnce(&User) -> T) -> Option<T> {
        lock(&self.telegram.world).users.get(&self.id).map(read)
    }

    fn write(&self, write: impl FnOnce(&mut User)) {
        let mut world = lock(&self.telegram.world);
        if let Some(user) = world.users.get_mut(&self.id) {
            write(user);
        }
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
