//! RSA by `aws-lc-rs`, some three times as fast. No other file names that crate.

use core::fmt;

use aws_lc_rs::rsa::{OAEP_SHA1_MGF1SHA1, OaepPrivateDecryptingKey, PrivateDecryptingKey};
use zeroize::Zeroizing;

use super::private::MINIMUM_BITS;
use super::{CredentialsKey, KeyError, PrivateKey, Refused};
use crate::secret::CredentialsSecret;

/// A private key that AWS-LC uses, for services that open many submissions. Feature `aws-lc-rs`.
///
/// Needs a C compiler to build. It opens and refuses what a [`PrivateKey`] does, and blinds every
/// operation, too; keys of fewer than 2048 bits it does not take.
///
/// ```
/// use telegram_passport::key::{AwsLcKey, CredentialsKey, PrivateKey};
/// use telegram_passport::secret::CredentialsSecret;
///
/// # let mut rng = getrandom::SysRng;
/// let key = PrivateKey::generate(&mut rng)?;
/// let secret = CredentialsSecret::generate(&mut rng)?;
/// let encrypted = key.public_key().encrypt(&mut rng, &secret)?;
///
/// assert_eq!(AwsLcKey::new(&key)?.open(&encrypted)?, secret);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct AwsLcKey(OaepPrivateDecryptingKey);

impl AwsLcKey {
    /// Takes a key that has been read or made.
    ///
    /// # Errors
    ///
    /// [`KeyError::TooSmall`] below 2048 bits; [`KeyError::Inconsistent`] if AWS-LC refuses it.
    pub fn new(key: &PrivateKey) -> Result<Self, KeyError> {
        let bits = key.public_key().bits();
        if bits < MINIMUM_BITS {
            let minimum = MINIMUM_BITS;
            return Err(KeyError::TooSmall { bits, minimum });
        }
        let key = PrivateDecryptingKey::from_pkcs8(key.der());
        let key = key.map_err(|_| KeyError::Inconsistent)?;
        let key = OaepPrivateDecryptingKey::new(key).map_err(|_| KeyError::Internal)?;
        Ok(Self(key))
    }

    /// Reads PEM, as [`PrivateKey::from_pem`] does.
    ///
    /// # Errors
    ///
    /// As there, and as [`new`](Self::new).
    pub fn from_pem(text: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        Self::new(&PrivateKey::from_pem(text)?)
    }
}

impl CredentialsKey for AwsLcKey {
    fn open(&self, encrypted: &[u8]) -> Result<CredentialsSecret, Refused> {
        if encrypted.len() != self.0.key_size_bytes() {
            return Err(Refused);
        }
        let mut opened = Zeroizing::new(vec![0; self.0.min_output_size()]);
        let opened = self
            .0
            .decrypt(&OAEP_SHA1_MGF1SHA1, encrypted, &mut opened, None)
            .map_err(|_| Refused)?;
        Ok(CredentialsSecret::from_slice(opened)?)
    }
}

impl fmt::Debug for AwsLcKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AwsLcKey(..)")
    }
}
