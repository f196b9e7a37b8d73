//! The public key: what a service registers and links carry, and what a client encrypts with.

use core::fmt;

use rand_core::TryCryptoRng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::pem::{self, Wanted};
use super::private::MINIMUM_BITS;
use super::{KeyError, RandomError, rsa};
use crate::secret::CredentialsSecret;

/// An RSA public key, and the text it was read from.
///
/// It compares by its numbers, whatever text they were written in.
///
/// Source: protocol reference, section 13 (public key).
#[derive(Clone)]
pub struct PublicKey {
    key: rsa::Public,
    fingerprint: Fingerprint,
    pem: String,
    text: String,
}

impl PublicKey {
    /// Reads PEM: SubjectPublicKeyInfo (`PUBLIC KEY`), at least 2048 bits.
    ///
    /// Line ends may be LF, CR LF, or `\n` written out; lines may be indented, or be all in one. At
    /// most 64 KiB are looked at.
    ///
    /// # Errors
    ///
    /// A [`KeyError`], whose hint says how to mend it. PKCS#1 (`RSA PUBLIC KEY`) is refused, since
    /// most of Telegram's clients do not read it.
    pub fn from_pem(text: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        Self::read(text.as_ref(), MINIMUM_BITS)
    }

    /// As [`from_pem`](Self::from_pem), but takes a key of fewer than 2048 bits, though not below
    /// 592. What is encrypted with it may be read by others.
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

    /// The text that the key was read from, unchanged but for line ends that were written out; that
    /// of [`to_pem`](Self::to_pem) if it comes from a private key.
    ///
    /// It goes into the link: whether Telegram's server compares the text that is registered or the
    /// numbers is not known.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The key as `openssl pkey -pubout` writes it: SubjectPublicKeyInfo, lines of 64 characters,
    /// LF, a final one too.
    #[must_use]
    pub fn to_pem(&self) -> &str {
        &self.pem
    }

    /// What to compare keys by: the SHA-256 of the key's DER.
    ///
    /// ```
    /// use telegram_passport::key::{PrivateKey, PublicKey};
    ///
    /// # let private = PrivateKey::generate(&mut getrandom::SysRng)?;
    /// # let registered = private.public_key().to_pem().replace('\n', "\r\n");
    /// let registered = PublicKey::from_pem(&registered)?;
    /// assert_eq!(private.public_key().fingerprint(), registered.fingerprint());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// How many bits the modulus has.
    #[must_use]
    pub fn bits(&self) -> u32 {
        self.key.bits()
    }

    /// Encrypts the secret of a submission, as a user's client does: RSAES-OAEP with SHA-1, MGF1
    /// with SHA-1, and an empty label. The result is as long as the modulus.
    ///
    /// # Errors
    ///
    /// [`RandomError::Randomness`] if the source of randomness fails.
    pub fn encrypt<R: TryCryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        secret: &CredentialsSecret,
    ) -> Result<Vec<u8>, RandomError<R::Error>> {
        self.key.encrypt(rng, secret.expose())
    }

    /// The same for 32 bytes that may be no secret: what a hostile client does.
    #[cfg(feature = "testing")]
    pub(crate) fn encrypt_bytes<R: TryCryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        bytes: &[u8; 32],
    ) -> Result<Vec<u8>, RandomError<R::Error>> {
        self.key.encrypt(rng, bytes)
    }

    fn read(text: &[u8], minimum_bits: u32) -> Result<Self, KeyError> {
        let text = pem::read(text)?;
        let der = pem::decode(&text, Wanted::Public)?;
        let key = Self::new(rsa::Public::from_spki_der(&der, minimum_bits)?)?;
        let text = String::clone(&text);
        Ok(Self { text, ..key })
    }

    pub(super) fn new(key: rsa::Public) -> Result<Self, KeyError> {
        let der = key.to_spki_der()?;
        let pem = String::clone(&pem::encode(&der, Wanted::Public));
        Ok(Self {
            key,
            fingerprint: Fingerprint(Sha256::digest(&der).into()),
            text: pem.clone(),
            pem,
        })
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
    }
}

impl Eq for PublicKey {}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.fingerprint)
    }
}

/// The SHA-256 of a public key's SubjectPublicKeyInfo in DER. It is no secret.
///
/// `Display` writes 64 hexadecimal digits, as this does:
/// `openssl pkey -pubin -in public.pem -outform DER | sha256sum`
#[derive(Clone, Copy)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl PartialEq for Fingerprint {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Fingerprint {}
