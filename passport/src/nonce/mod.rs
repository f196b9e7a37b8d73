//! The nonce: what ties a submission to the request that it answers.
//!
//! A service puts a fresh one into each request. It comes back inside the encrypted credentials, so
//! it is what tells a submission that was asked for from one that was copied from elsewhere: from
//! an earlier submission, from another user's, from one to another service with the same key.
//! Hence three rules, which [`MemoryNonceStore`] keeps: it must be one that was issued to this very
//! user, not long ago, and it is taken once.
//!
//! Source: protocol reference, sections 1.2 (steps S2 and S6) and 4.3 (nonce or payload).

mod store;

pub use store::{MemoryNonceStore, NonceLimits, NonceStore, NonceStoreFull, NoncesOfUser};

use core::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use rand_core::TryCryptoRng;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The longest nonce that is taken, in bytes: what TDLib leaves of a text. There is no published
/// limit.
pub const MAX_NONCE_LENGTH: usize = 35_000;

/// A nonce: text that is not empty.
///
/// Compares in constant time (for texts of one length), is overwritten when dropped, and prints
/// nothing in `Debug`: whoever knows it before the submission came could answer the request with
/// a submission of their own making.
///
/// ```
/// use telegram_passport::nonce::Nonce;
///
/// let nonce = Nonce::from_text("b8e892dc2e0afe63")?;
/// assert_eq!(nonce.as_str(), "b8e892dc2e0afe63");
/// assert!(nonce.is("b8e892dc2e0afe63") && !nonce.is("b8e892dc2e0afe64"));
/// assert_eq!(format!("{nonce:?}"), "Nonce(..)");
/// # Ok::<(), telegram_passport::nonce::NonceError>(())
/// ```
#[derive(Clone)]
pub struct Nonce(String);

impl Nonce {
    /// Makes a new one: 32 random bytes as 43 characters of base64 with the alphabet for URLs.
    ///
    /// # Errors
    ///
    /// Those of the source of randomness.
    pub fn generate<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, R::Error> {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.try_fill_bytes(bytes.as_mut_slice())?;
        Ok(Self(Base64UrlUnpadded::encode_string(bytes.as_slice())))
    }

    /// Takes a text made elsewhere. It must not be predictable.
    ///
    /// # Errors
    ///
    /// [`NonceError`] if it is empty or longer than [`MAX_NONCE_LENGTH`].
    pub fn from_text(text: &str) -> Result<Self, NonceError> {
        match text.len() {
            0 => Err(NonceError::Empty),
            1..=MAX_NONCE_LENGTH => Ok(Self(text.to_owned())),
            _ => Err(NonceError::TooLong),
        }
    }

    /// The text. Whoever copies it should take care where it goes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is that text. Takes the same time wherever they differ.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.0.as_bytes().ct_eq(text.as_bytes()).into()
    }
}

impl PartialEq for Nonce {
    fn eq(&self, other: &Self) -> bool {
        self.is(&other.0)
    }
}

impl Eq for Nonce {}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce(..)")
    }
}

impl Drop for Nonce {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for Nonce {}

/// A text that is no nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NonceError {
    /// It is empty.
    Empty,
    /// It is longer than [`MAX_NONCE_LENGTH`].
    TooLong,
}

impl fmt::Display for NonceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the nonce is empty, every request needs one of its own"),
            Self::TooLong => write!(f, "the nonce has more than {MAX_NONCE_LENGTH} bytes"),
        }
    }
}

impl std::error::Error for NonceError {}

/// Decides whether a submission may bear this nonce.
///
/// Opening a submission calls it exactly once, before anything else of the credentials is used.
/// Implemented for `&Nonce`, where exactly that one is expected and the caller forgets it
/// afterwards; for [`NonceStore::of`], which forgets by itself; and for closures, which must
/// forget what they accept.
pub trait NonceCheck {
    /// Whether this nonce was expected. What was accepted must never be accepted again.
    fn check(&mut self, presented: &str) -> bool;
}

impl NonceCheck for &Nonce {
    fn check(&mut self, presented: &str) -> bool {
        self.is(presented)
    }
}

impl<F: FnMut(&str) -> bool> NonceCheck for F {
    fn check(&mut self, presented: &str) -> bool {
        self(presented)
    }
}

/// Under which name the nonce travels: as parameter of the link and as key in the credentials.
///
/// Clients decide by the shape of the scope, without reading it as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NonceKey {
    /// `nonce`: a request of version 1.1.
    Nonce,
    /// `payload`: a request of version 1.0.
    Payload,
}

impl NonceKey {
    /// `nonce` if the text of the scope starts with `{` and ends with `}`, else `payload`.
    ///
    /// ```
    /// use telegram_passport::nonce::NonceKey;
    ///
    /// assert_eq!(NonceKey::of_scope(r#"{"v":1,"d":["pp"]}"#), NonceKey::Nonce);
    /// assert_eq!(NonceKey::of_scope(r#"["passport"]"#), NonceKey::Payload);
    /// assert_eq!(NonceKey::of_scope(" {}"), NonceKey::Payload);
    /// ```
    #[must_use]
    pub fn of_scope(scope: &str) -> Self {
        if scope.starts_with('{') && scope.ends_with('}') {
            Self::Nonce
        } else {
            Self::Payload
        }
    }

    /// `nonce` or `payload`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nonce => "nonce",
            Self::Payload => "payload",
        }
    }
}
