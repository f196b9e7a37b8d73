//! What opens the secret of a submission, wherever the private key is kept.

use core::fmt;
use std::rc::Rc;
use std::sync::Arc;

use crate::secret::{CredentialsSecret, SecretError};

/// Opens the encrypted `secret` of a submission's credentials.
///
/// [`PrivateKey`](super::PrivateKey) does it in memory. A service whose key stays in a KMS or HSM
/// asks that to do RSAES-OAEP with SHA-1, MGF1 with SHA-1 and an empty label, and to say no more
/// than "no" when it fails:
///
/// ```
/// use telegram_passport::key::{CredentialsKey, Refused};
/// use telegram_passport::secret::CredentialsSecret;
///
/// struct KeyInHsm<F>(F);
///
/// impl<F: Fn(&[u8]) -> Result<Vec<u8>, u32>> CredentialsKey for KeyInHsm<F> {
///     fn open(&self, encrypted: &[u8]) -> Result<CredentialsSecret, Refused> {
///         // The code of the device goes into no answer: it would tell what was wrong.
///         let bytes = (self.0)(encrypted).map_err(|_code| Refused)?;
///         Ok(CredentialsSecret::from_slice(&bytes)?)
///     }
/// }
///
/// let mut answer = vec![0; 32];
/// answer[0] = 239;
/// assert!(KeyInHsm(|_: &[u8]| Ok(answer.clone())).open(&[0; 256]).is_ok());
/// assert_eq!(KeyInHsm(|_: &[u8]| Ok(vec![0; 32])).open(&[0; 256]), Err(Refused));
/// assert_eq!(KeyInHsm(|_: &[u8]| Err(7)).open(&[0; 256]), Err(Refused));
/// ```
pub trait CredentialsKey {
    /// Takes the RSA encryption off and checks the secret: 32 bytes, and their checksum.
    ///
    /// # Errors
    ///
    /// [`Refused`], whatever it was that failed.
    fn open(&self, encrypted: &[u8]) -> Result<CredentialsSecret, Refused>;
}

/// A submission's secret was not opened.
///
/// The one answer for every cause: a ciphertext of the wrong length, damaged, made for another key,
/// with another padding, or of something that is no secret. An attacker who could tell them apart
/// would decrypt what others have sent (Manger's attack), so there is no detail to be had.
///
/// Source: protocol reference, section 13 (public key).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Refused;

const REFUSED: &str = "the credentials cannot be opened: they are damaged, or were not encrypted \
                       with the public key of this service";

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REFUSED)
    }
}

impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Refused")
    }
}

impl std::error::Error for Refused {}

impl From<SecretError> for Refused {
    fn from(_: SecretError) -> Self {
        Self
    }
}

macro_rules! through {
    ($($pointer:ty),*) => {$(
        impl<T: CredentialsKey + ?Sized> CredentialsKey for $pointer {
            fn open(&self, encrypted: &[u8]) -> Result<CredentialsSecret, Refused> {
                (**self).open(encrypted)
            }
        }
    )*};
}

through!(&T, Box<T>, Rc<T>, Arc<T>);
