//! What is wrong with a key, and how to mend it.

use core::fmt;

/// Why a text is not taken as a key.
///
/// `Display` says in one line what was found; [`hint`](Self::hint) says how to mend it, where a
/// person can. Nothing of the key stands in either.
///
/// ```
/// use telegram_passport::key::PrivateKey;
///
/// let text = "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n";
/// let error = PrivateKey::from_pem(text).unwrap_err();
/// eprintln!("error: {error}");
/// if let Some(hint) = error.hint() {
///     eprintln!("hint: {hint}");
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// Nothing but white space.
    Empty,
    /// More than 64 KiB; a PEM file of one key has less than 8.
    TooLong,
    /// DER, the binary form of a key.
    Der,
    /// Bytes that are no UTF-8 text, or have zeros in between, as UTF-16 has.
    NotText,
    /// No `-----BEGIN ...-----` line.
    NoMarkers,
    /// A `BEGIN` line without an `END` line of its own.
    Unclosed,
    /// More than one key of the kind that is asked for.
    Several,
    /// What stands between the markers is not base64.
    NotBase64,
    /// What stands between the markers is not the structure of a key.
    Damaged,
    /// The PEM holds neither a key nor a certificate.
    NoKey,
    /// A private key that is encrypted with a passphrase.
    Encrypted,
    /// A private key in OpenSSH's own format.
    OpenSsh,
    /// A public key in OpenSSH's own format.
    OpenSshPublic,
    /// A certificate, or a request for one.
    Certificate {
        /// A private key was asked for, not a public one.
        private_wanted: bool,
    },
    /// A public key, where the private one is asked for.
    PublicKey,
    /// A private key, where the public one is asked for.
    PrivateKey,
    /// A PKCS#1 public key; clients read only SubjectPublicKeyInfo.
    Pkcs1Public,
    /// A key, but not one of plain RSA.
    NotRsa {
        /// What it is, such as `elliptic-curve` or `of an unknown kind`.
        found: &'static str,
    },
    /// The modulus has too few bits.
    TooSmall {
        /// How many it has.
        bits: u32,
        /// How many are asked for.
        minimum: u32,
    },
    /// The modulus has too many bits, so that using it takes too long.
    TooLarge {
        /// How many it has.
        bits: u32,
    },
    /// The public exponent is even, less than 3, or has more than 33 bits.
    Exponent,
    /// An RSA key of more than two primes.
    MultiPrime,
    /// The numbers of the key do not belong together.
    Inconsistent,
    /// The key cannot be written again. This is a bug here.
    Internal,
}

impl KeyError {
    /// How to mend it, in one line; often an `openssl` command. `key.pem` stands for the file.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Empty | Self::Internal => return None,
            Self::TooLong => "give the PEM text of one key, and nothing else",
            Self::Der => "openssl pkey -inform DER -in key.der -out key.pem",
            Self::NotText => {
                "a PEM file is ASCII text; if an editor or a shell has saved it as UTF-16, save it \
                 as UTF-8"
            }
            Self::NoMarkers => {
                "give the whole text, from its -----BEGIN ...----- line to its -----END ...----- \
                 line"
            }
            Self::Unclosed => {
                "the file may have been cut off: copy it again, up to its -----END ...----- line"
            }
            Self::Several => "leave the key that is registered, and take the others out",
            Self::NotBase64 => "the file may have been edited or cut off: copy it again",
            Self::NoKey => {
                "give the file with the line -----BEGIN PRIVATE KEY-----, or PUBLIC KEY for the \
                 public key"
            }
            Self::PublicKey => {
                "give the file of the private key, which begins with -----BEGIN PRIVATE KEY-----"
            }
            Self::Damaged => {
                "copy it again from where it was made; openssl asn1parse -in key.pem shows how far \
                 it is sound"
            }
            Self::Inconsistent => {
                "copy it again from where it was made; openssl pkey -check -noout -in key.pem shows \
                 what is wrong"
            }
            Self::Encrypted => "openssl pkey -in key.pem -out decrypted.pem",
            Self::OpenSsh => "ssh-keygen -p -N '' -m PKCS8 -f key",
            Self::OpenSshPublic => "ssh-keygen -e -m PKCS8 -f key.pub",
            Self::Certificate {
                private_wanted: true,
            } => {
                "the private key is in another file, which begins with -----BEGIN PRIVATE KEY-----"
            }
            Self::Certificate {
                private_wanted: false,
            } => "openssl x509 -in key.pem -noout -pubkey",
            Self::PrivateKey => "openssl pkey -in key.pem -pubout",
            Self::Pkcs1Public => "openssl rsa -RSAPublicKey_in -in key.pem -pubout",
            Self::NotRsa { .. }
            | Self::TooSmall { .. }
            | Self::TooLarge { .. }
            | Self::Exponent
            | Self::MultiPrime => {
                "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem"
            }
        })
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "this is empty, not the PEM text of a key",
            Self::TooLong => "this has more than 64 KiB, and no key has as much",
            Self::Der => "this is DER, the binary form, but the PEM text is needed",
            Self::NotText => "this is not text, so it is no PEM",
            Self::NoMarkers => "this has no -----BEGIN ...----- line, so it is no PEM",
            Self::Unclosed => "this PEM has a -----BEGIN ...----- line without its -----END line",
            Self::Several => "this PEM holds several keys",
            Self::NotBase64 => "what stands between the markers of this PEM is not base64",
            Self::Damaged => "this PEM is damaged: what it holds has not the structure of a key",
            Self::NoKey => "this PEM holds something else than a key",
            Self::Encrypted => "this private key is encrypted with a passphrase",
            Self::OpenSsh => "this private key is in the format of OpenSSH, but PKCS#8 is needed",
            Self::OpenSshPublic => {
                "this public key is in the format of OpenSSH, but SubjectPublicKeyInfo is needed"
            }
            Self::Certificate { .. } => "this PEM holds a certificate, not a key",
            Self::PublicKey => "this PEM holds a public key, but the private key is needed",
            Self::PrivateKey => "this PEM holds a private key, but only the public key is needed",
            Self::Pkcs1Public => {
                "this PEM holds a PKCS#1 public key, but Telegram's clients read only \
                 SubjectPublicKeyInfo"
            }
            Self::NotRsa { found } => {
                return write!(f, "this key is {found}, not plain RSA");
            }
            Self::TooSmall { bits, minimum } => {
                return write!(
                    f,
                    "this RSA key has {bits} bits, but at least {minimum} are needed"
                );
            }
            Self::TooLarge { bits } => {
                return write!(
                    f,
                    "this RSA key has {bits} bits, but at most 8192 are handled"
                );
            }
            Self::Exponent => {
                "the public exponent of this RSA key is not an odd number from 3 to 2^33 - 1"
            }
            Self::MultiPrime => "this RSA key has more than two primes",
            Self::Inconsistent => "the numbers in this RSA key do not belong together",
            Self::Internal => "this RSA key cannot be written again, which is a bug here",
        })
    }
}

impl std::error::Error for KeyError {}

/// Why something that needs randomness was not made. `E` is the error of its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RandomError<E> {
    /// The source of randomness failed.
    Randomness(E),
    /// The RSA operation failed with a key that has been checked. This is a bug here.
    Internal,
}

impl<E> fmt::Display for RandomError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Randomness(_) => "the source of randomness failed",
            Self::Internal => "the RSA operation failed with a sound key, which is a bug here",
        })
    }
}

impl<E: std::error::Error + 'static> std::error::Error for RandomError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Randomness(error) => Some(error),
            Self::Internal => None,
        }
    }
}
