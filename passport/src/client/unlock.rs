//! The passport secret on the server: read, made, encrypted anew, given up.
//!
//! Nothing here replaces a stored secret by another one unless it is called for that: without its
//! secret, what a user has stored is unreadable for good. The server cannot be asked to store one
//! only if there is none, so what was stored is read back and compared.

use core::fmt;

use rand_core::TryCryptoRng;
use telegram_passport_tl::enums::SecurePasswordKdfAlgo;
use telegram_passport_tl::types::account::PasswordSettings;

use super::password::session::Session;
use super::password::settings;
use super::{Connection, LosePassportData, Password, PasswordError, Unlocked};
use crate::secret::PassportSecret;
use crate::wrap::{PasswordKdf, UnwrapError, unwrap_passport_secret};

/// Unlocks a Passport: proves the password, fetches the passport secret and decrypts it.
///
/// Takes twice 100 000 rounds of HMAC-SHA512 where the future is polled.
///
/// ```
/// use telegram_passport::client::password::PasswordError;
/// use telegram_passport::client::{
///     Connection, Password, StoredSecretError, Unlocked, create_secret, unlock,
/// };
///
/// /// Unlocks what is there, and begins where there is nothing.
/// async fn enter<C: Connection>(
///     telegram: &C,
///     password: &Password,
/// ) -> Result<Unlocked, PasswordError<C::Error>> {
///     let rng = &mut getrandom::SysRng;
///     match unlock(telegram, password, rng).await {
///         Err(PasswordError::StoredSecret(StoredSecretError::Absent)) => {
///             create_secret(telegram, password, rng).await
///         }
///         result => result,
///     }
/// }
/// ```
///
/// # Errors
///
/// [`PasswordError::StoredSecret`] for each way in which the secret cannot be read, which is left
/// as it is; otherwise those of [`prove`](super::password::prove).
///
/// Source: protocol reference, sections 1.3, 8.3 and 9.7.
pub async fn unlock<C, R>(
    connection: &C,
    password: &Password,
    rng: &mut R,
) -> Result<Unlocked, PasswordError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
{
    let mut session = Session::new(connection, password, rng);
    Ok(open(&session.settings().await?, password)?)
}

/// Makes a passport secret and stores it, if there is none.
///
/// # Errors
///
/// [`PasswordError::SecretExists`] or `StoredSecret` if there is one, readable or not; it is left as
/// it is. [`PasswordError::ReadBack`] if another client stored one at the same time. Otherwise those
/// of [`prove`](super::password::prove), `UnknownSecureAlgorithm`, `SecureSaltTooShort` or
/// `Declined`.
///
/// Source: protocol reference, sections 8.1, 8.4 and 9.6.
pub async fn create_secret<C, R>(
    connection: &C,
    password: &Password,
    rng: &mut R,
) -> Result<Unlocked, PasswordError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
{
    let mut session = Session::new(connection, password, rng);
    match open(&session.settings().await?, password) {
        Err(StoredSecretError::Absent) => create(&mut session, password).await,
        Err(error) => Err(error.into()),
        Ok(_) => Err(PasswordError::SecretExists),
    }
}

/// Encrypts the stored secret by the algorithm in use, if it is stored by the legacy one; secret and
/// id stay as they are, and so does everything that is stored. Otherwise only unlocks.
///
/// Due where [`Unlocked::is_legacy`] says so.
///
/// # Errors
///
/// As [`unlock`] and [`create_secret`].
///
/// Source: protocol reference, section 9.6.
pub async fn reencrypt_secret<C, R>(
    connection: &C,
    password: &Password,
    rng: &mut R,
) -> Result<Unlocked, PasswordError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
{
    let mut session = Session::new(connection, password, rng);
    let stored = open(&session.settings().await?, password)?;
    if !stored.is_legacy() {
        return Ok(stored);
    }
    store(&mut session, password, stored.passport_secret()).await
}

/// Deletes the passport secret, readable or not. All Passport data is lost.
///
/// # Errors
///
/// As [`prove`](super::password::prove), and `Declined`.
///
/// Source: protocol reference, section 9.6.
pub async fn delete_secret<C, R>(
    connection: &C,
    password: &Password,
    _: LosePassportData,
    rng: &mut R,
) -> Result<(), PasswordError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
{
    let mut session = Session::new(connection, password, rng);
    session.update(|_, _| Ok(settings::no_secret())).await?;
    Ok(())
}

/// Deletes the passport secret, readable or not, and stores a new one. All Passport data is lost.
///
/// If the second of the two fails, there is none: [`create_secret`] goes on from there.
///
/// # Errors
///
/// As [`delete_secret`] and [`create_secret`].
///
/// Source: protocol reference, sections 9.6 and 9.7.
pub async fn reset_secret<C, R>(
    connection: &C,
    password: &Password,
    _: LosePassportData,
    rng: &mut R,
) -> Result<Unlocked, PasswordError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
{
    let mut session = Session::new(connection, password, rng);
    session.update(|_, _| Ok(settings::no_secret())).await?;
    create(&mut session, password).await
}

/// Why a stored passport secret cannot be read. It is left as it is.
///
/// Source: protocol reference, sections 8.3 and 9.7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoredSecretError {
    /// There is none: [`create_secret`] makes one.
    Absent,
    /// It is stored by an algorithm that this layer does not know.
    UnknownAlgorithm,
    /// It is not 32 bytes long.
    Length,
    /// It does not open with this password, though Telegram takes the password: it was left under
    /// an earlier one, or is damaged.
    Checksum,
    /// It opens, but is not the one that the server names.
    Id,
}

impl From<UnwrapError> for StoredSecretError {
    fn from(error: UnwrapError) -> Self {
        match error {
            UnwrapError::Length => Self::Length,
            UnwrapError::Checksum => Self::Checksum,
            UnwrapError::Id => Self::Id,
        }
    }
}

impl fmt::Display for StoredSecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("no passport secret is stored yet"),
            Self::UnknownAlgorithm => f.write_str(
                "the passport secret is stored by an algorithm that is not known here: update the \
                 client",
            ),
            Self::Length => UnwrapError::Length.fmt(f),
            Self::Checksum => UnwrapError::Checksum.fmt(f),
            Self::Id => UnwrapError::Id.fmt(f),
        }
    }
}

impl std::error::Error for StoredSecretError {}

/// Decrypts what is stored.
pub(super) fn open(
    settings: &PasswordSettings,
    password: &Password,
) -> Result<Unlocked, StoredSecretError> {
    let Some(stored) = &settings.secure_settings else {
        return Err(StoredSecretError::Absent);
    };
    let (kdf, legacy) = match &stored.secure_algo {
        // What a client sends to delete the secret, in case that the server gives it back.
        SecurePasswordKdfAlgo::Unknown
            if stored.secure_secret.is_empty() && stored.secure_secret_id == 0 =>
        {
            return Err(StoredSecretError::Absent);
        }
        SecurePasswordKdfAlgo::Unknown => return Err(StoredSecretError::UnknownAlgorithm),
        SecurePasswordKdfAlgo::Pbkdf2Hmacsha512iter100000(algo) => {
            let salt = algo.salt.clone();
            (PasswordKdf::Pbkdf2 { salt }, false)
        }
        SecurePasswordKdfAlgo::Sha512(algo) => {
            let salt = algo.salt.clone();
            (PasswordKdf::Sha512 { salt }, true)
        }
    };
    let (encrypted, id) = (&stored.secure_secret, stored.secure_secret_id);
    let secret = unwrap_passport_secret(encrypted, id, password.expose(), &kdf)?;
    Ok(Unlocked::stored(secret, legacy))
}

/// Makes a secret and stores it.
async fn create<C, R>(
    session: &mut Session<'_, C, R>,
    password: &Password,
) -> Result<Unlocked, PasswordError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
{
    let secret =
        PassportSecret::generate(&mut session.rng()?).map_err(PasswordError::randomness)?;
    store(session, password, &secret).await
}

/// Stores a secret, reads it back and compares.
async fn store<C, R>(
    session: &mut Session<'_, C, R>,
    password: &Password,
    secret: &PassportSecret,
) -> Result<Unlocked, PasswordError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
{
    let update = session.update(|state, rng| settings::new_secret(state, secret, password, rng));
    update.await?;
    match open(&session.settings().await?, password) {
        Ok(stored) if stored.passport_secret() == secret => Ok(stored),
        _ => Err(PasswordError::ReadBack),
    }
}
