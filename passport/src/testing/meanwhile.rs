//! What another app of the user does meanwhile, or what befalls the stored data.

use telegram_passport_tl::{enums, types};

use super::random::Randomness;
use super::seal::infallible;
use super::server::state::{User, World, files_of};
use crate::element::ElementType;
use crate::secret::PassportSecret;
use crate::wrap::{PasswordKdf, unwrap_passport_secret, wrap_passport_secret};

/// Something that happens to an account behind the back of the app under test; see
/// [`Account::meanwhile`](super::Account::meanwhile) and
/// [`Fault::Meanwhile`](super::Fault::Meanwhile).
///
/// What befalls a value befalls nothing if there is no such value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Meanwhile {
    /// Another app changes the password, and encrypts the passport secret anew.
    PasswordChanged {
        /// The password until now.
        from: String,
        /// The password from now on.
        to: String,
    },
    /// Another app changes the password and forgets the passport secret, which stays under the old
    /// one.
    PasswordChangedAlone(String),
    /// Another app removes the password, and all Passport data with it.
    PasswordRemoved,
    /// Another app stores a new passport secret under this password: stored values become
    /// unreadable.
    SecretReplaced(String),
    /// Another app deletes the passport secret.
    SecretDeleted,
    /// A bit of the stored passport secret flips.
    SecretDamaged,
    /// The server names another `secure_secret_id`.
    SecretIdChanged,
    /// Another app saves a value as it is: it has a new hash.
    ValueSavedAgain(ElementType),
    /// Another app deletes a value.
    ValueDeleted(ElementType),
    /// A bit flips in the data of a value, or in its files if it has no data.
    ValueDamaged(ElementType),
    /// A bit flips in the encrypted secrets of a value.
    ValueSecretsDamaged(ElementType),
    /// Two values have each other's data.
    DataSwapped(ElementType, ElementType),
    /// All uploaded parts are gone.
    PartsGone,
}

impl Meanwhile {
    pub(super) fn happen(&self, world: &mut World, user_id: i64) {
        if let Self::PartsGone = self {
            world.uploads.clear();
            world.big_uploads.clear();
        }
        if let Self::ValueDamaged(element) = self {
            damage_files(world, user_id, *element);
        }
        let Some((user, random, _)) = world.user(user_id) else {
            return;
        };
        match self {
            Self::PasswordChanged { from, to } => {
                rewrap(user, from, to, random);
                user.password.replace_with_text(to, random);
            }
            Self::PasswordChangedAlone(to) => user.password.replace_with_text(to, random),
            Self::PasswordRemoved => {
                user.password.replace(None, random);
                user.lose_passport();
            }
            Self::SecretReplaced(password) => {
                let secret = infallible(PassportSecret::generate(random));
                user.password.secret = Some(settings(&secret, password, random));
            }
            Self::SecretDeleted => user.password.secret = None,
            Self::SecretDamaged => {
                if let Some(secret) = &mut user.password.secret {
                    flip(&mut secret.secure_secret);
                }
            }
            Self::SecretIdChanged => {
                if let Some(secret) = &mut user.password.secret {
                    secret.secure_secret_id = secret.secure_secret_id.wrapping_add(1);
                }
            }
            Self::ValueSavedAgain(element) => {
                let hash = random.bytes(32);
                if let Some(value) = user.values.get_mut(element) {
                    value.hash = hash;
                }
            }
            Self::ValueDeleted(element) => {
                user.values.remove(element);
            }
            Self::ValueDamaged(element) => {
                let value = user.values.get_mut(element);
                if let Some(data) = value.and_then(|value| value.data.as_mut()) {
                    flip(&mut data.data);
                }
            }
            Self::ValueSecretsDamaged(element) => {
                if let Some(value) = user.values.get_mut(element) {
                    damage_secrets(value);
                }
            }
            Self::DataSwapped(one, other) => {
                let data = |user: &User, element| user.values.get(element)?.data.clone();
                let (first, second) = (data(user, one), data(user, other));
                if let (Some(first), Some(second)) = (first, second) {
                    set_data(user, one, second);
                    set_data(user, other, first);
                }
            }
            Self::PartsGone => {}
        }
    }
}

/// Encrypts the stored passport secret under another password, if this one opens it.
fn rewrap(user: &mut User, from: &str, to: &str, random: &mut Randomness) {
    let Some(stored) = &user.password.secret else {
        return;
    };
    let kdf = match &stored.secure_algo {
        enums::SecurePasswordKdfAlgo::Pbkdf2Hmacsha512iter100000(it) => PasswordKdf::Pbkdf2 {
            salt: it.salt.clone(),
        },
        enums::SecurePasswordKdfAlgo::Sha512(it) => PasswordKdf::Sha512 {
            salt: it.salt.clone(),
        },
        enums::SecurePasswordKdfAlgo::Unknown => return,
    };
    let (secret, id) = (&stored.secure_secret, stored.secure_secret_id);
    if let Ok(secret) = unwrap_passport_secret(secret, id, from, &kdf) {
        user.password.secret = Some(settings(&secret, to, random));
    }
}

/// A passport secret as it is stored.
fn settings(
    secret: &PassportSecret,
    password: &str,
    random: &mut Randomness,
) -> types::SecureSecretSettings {
    let salt = random.bytes(SALT_LENGTH);
    let kdf = PasswordKdf::Pbkdf2 { salt: salt.clone() };
    types::SecureSecretSettings {
        secure_algo: types::SecurePasswordKdfAlgoPbkdf2Hmacsha512iter100000 { salt }.into(),
        secure_secret: wrap_passport_secret(secret, password, &kdf).to_vec(),
        secure_secret_id: secret.id(),
    }
}

fn set_data(user: &mut User, element: &ElementType, data: enums::SecureData) {
    if let Some(value) = user.values.get_mut(element) {
        value.data = Some(data);
    }
}

fn damage_secrets(value: &mut types::SecureValue) {
    if let Some(data) = &mut value.data {
        flip(&mut data.secret);
    }
    for file in super::server::state::files_of_mut(value) {
        flip(&mut file.secret);
    }
}

fn damage_files(world: &mut World, user_id: i64, element: ElementType) {
    let user = world.users.get(&user_id);
    let Some(value) = user.and_then(|user| user.values.get(&element)) else {
        return;
    };
    if value.data.is_some() {
        return;
    }
    for file in files_of(value) {
        if let Some(stored) = world.files.get_mut(&file.id) {
            flip(&mut stored.bytes);
        }
    }
}

/// Flips a bit in the middle.
pub(super) fn flip(bytes: &mut [u8]) {
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 0x10;
    }
}

/// The server's part and the client's.
const SALT_LENGTH: usize = 40;
