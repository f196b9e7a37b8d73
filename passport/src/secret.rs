//! Secrets of 32 bytes, one type for each kind.
//!
//! Source: protocol reference, sections 8.1 (secrets) and 8.2 (secret id).

use core::fmt;

use rand_core::TryCryptoRng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Length of every secret, in bytes.
pub const SECRET_LENGTH: usize = 32;

/// The byte sum of a secret, modulo 255: the checksum of the protocol.
const CHECKSUM: u32 = 239;

/// What is wrong with bytes that should be a secret. Says nothing about the bytes themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretError {
    /// Not 32 bytes long.
    Length,
    /// The byte sum is not 239 modulo 255: these bytes were decrypted with a wrong key, or damaged.
    Checksum,
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "a secret has 32 bytes",
            Self::Checksum => "the checksum of the secret is wrong",
        })
    }
}

impl std::error::Error for SecretError {}

macro_rules! secrets {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// Compares in constant time, is overwritten when dropped, and prints nothing in `Debug`.
        #[derive(Clone)]
        pub struct $name([u8; SECRET_LENGTH]);

        impl $name {
            /// Takes 32 bytes whose sum is 239 modulo 255.
            ///
            /// # Errors
            ///
            /// [`SecretError::Length`] or [`SecretError::Checksum`].
            pub fn from_slice(bytes: &[u8]) -> Result<Self, SecretError> {
                let secret = Self(bytes.try_into().map_err(|_| SecretError::Length)?);
                if checksum(&secret.0) == CHECKSUM { Ok(secret) } else { Err(SecretError::Checksum) }
            }

            /// Makes a new one: 32 random bytes, of which the first is set to what the checksum asks.
            ///
            /// # Errors
            ///
            /// Those of the source of randomness.
            pub fn generate<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, R::Error> {
                let mut secret = Self([0; SECRET_LENGTH]);
                rng.try_fill_bytes(&mut secret.0)?;
                set_checksum(&mut secret.0);
                Ok(secret)
            }

            /// The 32 bytes. Whoever copies them must overwrite the copy.
            #[must_use]
            pub fn expose(&self) -> &[u8; SECRET_LENGTH] {
                &self.0
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.ct_eq(&other.0).into()
            }
        }

        impl Eq for $name {}

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                self.0.zeroize();
            }
        }

        impl ZeroizeOnDrop for $name {}
    )*};
}

secrets! {
    /// The secret of an account, from which a client decrypts the secrets of stored values.
    ///
    /// ```
    /// use telegram_passport::secret::PassportSecret;
    ///
    /// let mut bytes = [0; 32];
    /// bytes[0] = 239;
    /// let secret = PassportSecret::from_slice(&bytes)?;
    /// assert_eq!(secret.id(), PassportSecret::from_slice(&bytes)?.id());
    /// assert_eq!(format!("{secret:?}"), "PassportSecret(..)");
    /// # Ok::<(), telegram_passport::secret::SecretError>(())
    /// ```
    PassportSecret;
    /// The secret of one value: of the `data` of an element, or of one file.
    ///
    /// A secret of one kind is not taken for one of another:
    ///
    /// ```compile_fail,E0308
    /// use telegram_passport::secret::{PassportSecret, ValueSecret};
    ///
    /// fn open(_: &ValueSecret) {}
    /// fn mixed(secret: &PassportSecret) {
    ///     open(secret);
    /// }
    /// ```
    ValueSecret;
    /// The secret of one submission, which the user's client encrypts with the service's RSA key.
    ///
    /// ```compile_fail,E0308
    /// use telegram_passport::secret::{CredentialsSecret, ValueSecret};
    ///
    /// fn open(_: &CredentialsSecret) {}
    /// fn mixed(secret: &ValueSecret) {
    ///     open(secret);
    /// }
    /// ```
    CredentialsSecret;
}

impl CredentialsSecret {
    /// A secret that was never anybody's: what to go on with when the RSA step was refused.
    pub(crate) fn of_nothing() -> Self {
        let mut bytes = [0; SECRET_LENGTH];
        set_checksum(&mut bytes);
        Self(bytes)
    }
}

impl PassportSecret {
    /// The `secure_secret_id`: the first 8 bytes of the secret's SHA-256, little endian, signed.
    #[must_use]
    pub fn id(&self) -> i64 {
        let hash: [u8; 32] = Sha256::digest(self.0).into();
        let [a, b, c, d, e, f, g, h, ..] = hash;
        i64::from_le_bytes([a, b, c, d, e, f, g, h])
    }
}

/// The byte sum modulo 255.
fn checksum(bytes: &[u8; SECRET_LENGTH]) -> u32 {
    bytes.iter().map(|&byte| u32::from(byte)).sum::<u32>() % 255
}

/// Changes the first byte so that the checksum holds.
fn set_checksum(bytes: &mut [u8; SECRET_LENGTH]) {
    let rest = checksum(bytes);
    let [first, ..] = bytes;
    // The other bytes add up to `rest - first`; both are below 255 after the reduction.
    let wanted = (u32::from(*first) + 2 * 255 + CHECKSUM - rest) % 255;
    *first = wanted as u8;
}
