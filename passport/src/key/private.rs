//! The private key of a service, in memory.

use core::fmt;

use rand_core::TryCryptoRng;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use super::pem::{self, Wanted};
use super::{CredentialsKey, KeyError, PublicKey, RandomError, Refused, rsa};
use crate::secret::CredentialsSecret;

/// The modulus of a key that is made or taken, in bits, unless the caller asks for less.
pub(super) const MINIMUM_BITS: u32 = 2048;

/// The RSA private key of a service, with its numbers checked.
///
/// It is overwritten when dropped and prints nothing in `Debug`. [`open`](CredentialsKey::open)
/// blinds every operation with the system's randomness; when there is none, it refuses.
///
/// Source: protocol reference, sections 8.7 (credentials) and 13 (public key).
pub struct PrivateKey {
    key: rsa::Private,
    /// PKCS#8.
    der: Zeroizing<Vec<u8>>,
    public: PublicKey,
}

impl PrivateKey {
    /// Reads PEM: PKCS#8 (`PRIVATE KEY`) or PKCS#1 (`RSA PRIVATE KEY`), at least 2048 bits.
    ///
    /// Line ends may be LF, CR LF, or `\n` written out as in environment variables; lines may be
    /// indented; other text may stand before and after. At most 64 KiB are looked at.
    ///
    /// ```
    /// use telegram_passport::key::{KeyError, PrivateKey};
    ///
    /// # let key = PrivateKey::generate(&mut getrandom::SysRng)?.to_pem();
    /// # let text = key.as_str().replace('\n', "\\n");
    /// // std::env::var("PASSPORT_KEY")?
    /// let key = PrivateKey::from_pem(&text)?;
    /// println!("{}", key.public_key().fingerprint());
    ///
    /// assert_eq!(PrivateKey::from_pem("").unwrap_err(), KeyError::Empty);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A [`KeyError`], whose hint says how to mend it: another kind of key or of file, an encrypted
    /// one, one that is too small or too large, damaged, or with numbers that do not belong
    /// together.
    pub fn from_pem(text: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        Self::read(text.as_ref(), MINIMUM_BITS)
    }

    /// As [`from_pem`](Self::from_pem), but takes a key of fewer than 2048 bits, which others may
    /// be able to factor. For old keys and for tests.
    ///
    /// There is no going below 592 bits: a credentials secret does not fit.
    ///
    /// # Errors
    ///
    /// As above.
    pub fn from_pem_allowing_small(
        text: impl AsRef<[u8]>,
        minimum_bits: u32,
    ) -> Result<Self, KeyError> {
        Self::read(text.as_ref(), minimum_bits)
    }

    /// Makes a new key of 2048 bits with the public exponent 65537. Takes about a second.
    ///
    /// ```
    /// use telegram_passport::key::PrivateKey;
    ///
    /// let key = PrivateKey::generate(&mut getrandom::SysRng)?;
    /// assert_eq!(key.public_key().bits(), 2048);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`RandomError::Randomness`] if the source of randomness fails.
    pub fn generate<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, RandomError<R::Error>> {
        let key = rsa::Private::generate(rng, MINIMUM_BITS as usize)?;
        Self::new(key).map_err(|_| RandomError::Internal)
    }

    /// The key as PKCS#8 PEM (`PRIVATE KEY`), not encrypted. Keep it where only the service reads.
    #[must_use]
    pub fn to_pem(&self) -> PrivateKeyPem {
        PrivateKeyPem(pem::encode(&self.der, Wanted::Private))
    }

    /// The other half, for links and for comparing with what is registered.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        self.public.clone()
    }

    #[cfg(feature = "aws-lc-rs")]
    pub(super) fn der(&self) -> &[u8] {
        &self.der
    }

    fn read(text: &[u8], minimum_bits: u32) -> Result<Self, KeyError> {
        let der = pem::decode(&pem::read(text)?, Wanted::Private)?;
        Self::new(rsa::Private::from_der(&der, minimum_bits)?)
    }

    fn new(key: rsa::Private) -> Result<Self, KeyError> {
        let der = key.to_pkcs8_der()?;
        let public = PublicKey::new(key.public())?;
        Ok(Self { key, der, public })
    }
}

impl CredentialsKey for PrivateKey {
    fn open(&self, encrypted: &[u8]) -> Result<CredentialsSecret, Refused> {
        let opened = self.key.open(encrypted)?;
        Ok(CredentialsSecret::from_slice(&opened)?)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(..)")
    }
}

impl ZeroizeOnDrop for PrivateKey {}

/// The PEM text of a private key, for writing it down once.
///
/// It is overwritten when dropped and prints nothing in `Debug`.
pub struct PrivateKeyPem(Zeroizing<String>);

impl PrivateKeyPem {
    /// The text: lines of 64 characters, LF, a final one too. Whoever copies it must overwrite the
    /// copy.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PrivateKeyPem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKeyPem(..)")
    }
}

impl ZeroizeOnDrop for PrivateKeyPem {}
