//! The service's RSA key: read, made, written, and used to open the secret of a submission.
//!
//! A service makes one key pair, registers the public key with BotFather, and puts the same text
//! into its links. A user's client encrypts the credentials secret of a submission with it, by
//! RSAES-OAEP with SHA-1, MGF1 with SHA-1, and an empty label; [`CredentialsKey::open`] takes that
//! off again. Whoever keeps the private key in a KMS or HSM implements that one method; the feature
//! `aws-lc-rs` adds `AwsLcKey`, which is faster and needs a C compiler.
//!
//! What is absent, on purpose: encrypted private keys, since a passphrase beside the file protects
//! nothing, and a fall-back to other paddings, since trying several tells an attacker which one
//! failed. Nothing here reads a file.
//!
//! Source: protocol reference, sections 8.7 (credentials), 13 (public key), 16 (traps).
//!
//! ```
//! use telegram_passport::key::{CredentialsKey, PrivateKey, PublicKey};
//! use telegram_passport::secret::CredentialsSecret;
//!
//! let mut rng = getrandom::SysRng;
//! let key = PrivateKey::generate(&mut rng)?;
//! let registered = key.public_key().text().to_owned();
//!
//! // The user's client:
//! let secret = CredentialsSecret::generate(&mut rng)?;
//! let encrypted = PublicKey::from_pem(&registered)?.encrypt(&mut rng, &secret)?;
//!
//! // The service, started again with the key that it kept:
//! let key = PrivateKey::from_pem(key.to_pem().as_str())?;
//! assert_eq!(key.open(&encrypted)?, secret);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "aws-lc-rs")]
mod aws_lc;
mod credentials;
mod error;
mod pem;
mod private;
mod public;
mod rsa;

#[cfg(feature = "aws-lc-rs")]
pub use aws_lc::AwsLcKey;
pub use credentials::{CredentialsKey, Refused};
pub use error::{KeyError, RandomError};
pub use private::{PrivateKey, PrivateKeyPem};
pub use public::{Fingerprint, PublicKey};
