//! Submissions that a service must not take, by name.

mod credentials;
mod data;
mod files;

use core::fmt;

use super::submission::Submission;

impl Submission {
    /// This submission, spoiled in that way. `None` if it has not what would have to be spoiled:
    /// a request for an e-mail alone has no file that could be missing.
    ///
    /// ```
    /// # use telegram_passport::bot_api::read_update;
    /// # use telegram_passport::key::PrivateKey;
    /// # use telegram_passport::link::{BotId, RequestLink};
    /// # use telegram_passport::nonce::Nonce;
    /// # use telegram_passport::scope::Scope;
    /// # use telegram_passport::testing::{Document, Randomness, submission};
    /// use telegram_passport::testing::{BadSubmission, Noticed};
    ///
    /// # let key = PrivateKey::generate(&mut Randomness::new(1))?;
    /// # let scope = Scope::builder().address().build()?;
    /// # let nonce = Nonce::generate(&mut Randomness::new(2))?;
    /// # let link = RequestLink::new(BotId::new(7)?, &scope, key.public_key().text(), &nonce)?;
    /// let answer = submission(&link, &Document::samples(), 3)?;
    /// for bad in BadSubmission::ALL {
    ///     let Some(spoiled) = answer.spoiled(bad) else { continue };
    ///     if bad.noticed() == Noticed::Opening {
    ///         let incoming = read_update(&spoiled.update(1234))?.ok_or("no submission")?;
    ///         assert!(incoming.passport_data.open(&key, &nonce).is_err(), "{bad}");
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn spoiled(&self, bad: BadSubmission) -> Option<Self> {
        use BadSubmission as Bad;
        match bad {
            Bad::Replayed => Some(self.clone()),
            Bad::WrongNonce
            | Bad::NoNonce
            | Bad::NonceUnderOtherName
            | Bad::ForgedSecret
            | Bad::EmptySecret
            | Bad::SecretWithoutChecksum
            | Bad::DamagedCredentials
            | Bad::TruncatedCredentials
            | Bad::EmptyCredentials
            | Bad::WrongCredentialsHash
            | Bad::CredentialsPaddingTooShort
            | Bad::CredentialsPaddingTooLong
            | Bad::CredentialsNotJson
            | Bad::CredentialsWithoutSecureData
            | Bad::CredentialsOfAnother => credentials::spoil(self, bad),
            Bad::WrongDataHash
            | Bad::WrongDataSecret
            | Bad::DataSecretWithoutChecksum
            | Bad::SwappedData
            | Bad::DamagedData
            | Bad::TruncatedData
            | Bad::EmptyData
            | Bad::DataPaddingTooShort
            | Bad::DataPaddingTooLong
            | Bad::DataNotJson
            | Bad::DataNotUtf8
            | Bad::DataWithoutCredentials
            | Bad::MissingText
            | Bad::MissingElement
            | Bad::ElementTwice => data::spoil(self, bad),
            Bad::WrongFileHash
            | Bad::WrongFileSecret
            | Bad::SwappedFiles
            | Bad::DamagedFile
            | Bad::TruncatedFile
            | Bad::EmptyFile
            | Bad::FilePaddingTooShort
            | Bad::FilePaddingTooLong
            | Bad::MissingFile
            | Bad::ExtraFile
            | Bad::NoPicture => files::spoil(self, bad),
        }
    }
}

/// Where a sound service notices that a submission is bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Noticed {
    /// When the container is read: [`ContainerError`](crate::ContainerError).
    Container,
    /// When it is opened: [`OpenError`](crate::OpenError).
    Opening,
    /// When it is opened the second time, by the nonce that was consumed the first time.
    SecondOpening,
    /// It opens, and [`findings`](crate::submission::Submission::findings) tells what is missing or
    /// more.
    Findings,
    /// It opens, but a file does not decrypt.
    File,
    /// It opens, and the file decrypts to something that is no picture.
    Picture,
}

macro_rules! bad_submissions {
    ($($(#[doc = $doc:literal])* $variant:ident, $name:literal, $noticed:ident;)*) => {
        /// A way to spoil a submission. Made by a client that is broken or hostile, unless it says
        /// otherwise; all that can be made to fit together does, so that each has one flaw.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum BadSubmission {
            $($(#[doc = $doc])* $variant,)*
        }

        impl BadSubmission {
            /// All of them.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            /// Its name, in small letters with underscores: `wrong_nonce`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The one of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|bad| bad.name() == name)
            }

            /// Where it should be noticed at the latest.
            #[must_use]
            pub const fn noticed(self) -> Noticed {
                match self {
                    $(Self::$variant => Noticed::$noticed,)*
                }
            }
        }
    };
}

bad_submissions! {
    /// The same submission once more: nothing is wrong with it but that it was there before.
    Replayed, "replayed", SecondOpening;
    /// The nonce is another one.
    WrongNonce, "wrong_nonce", Opening;
    /// There is no nonce.
    NoNonce, "no_nonce", Opening;
    /// The nonce stands under `payload` instead of `nonce`, or the other way round.
    NonceUnderOtherName, "nonce_under_other_name", Opening;
    /// The RSA ciphertext is random bytes.
    ForgedSecret, "forged_secret", Opening;
    /// The RSA ciphertext is empty.
    EmptySecret, "empty_secret", Opening;
    /// The 32 bytes under RSA do not have the checksum of a secret, though they open everything.
    SecretWithoutChecksum, "secret_without_checksum", Opening;
    /// A bit of the encrypted credentials was flipped on the way.
    DamagedCredentials, "damaged_credentials", Opening;
    /// The encrypted credentials lack their last block.
    TruncatedCredentials, "truncated_credentials", Opening;
    /// The encrypted credentials are empty.
    EmptyCredentials, "empty_credentials", Opening;
    /// The hash of the credentials is another one.
    WrongCredentialsHash, "wrong_credentials_hash", Opening;
    /// The credentials say that their padding has 31 bytes.
    CredentialsPaddingTooShort, "credentials_padding_too_short", Opening;
    /// The credentials say that their padding is longer than all of them.
    CredentialsPaddingTooLong, "credentials_padding_too_long", Opening;
    /// The credentials are no JSON.
    CredentialsNotJson, "credentials_not_json", Opening;
    /// The credentials have no `secure_data`.
    CredentialsWithoutSecureData, "credentials_without_secure_data", Opening;
    /// The credentials have the right nonce, but the secrets and hashes of somebody else's
    /// documents.
    CredentialsOfAnother, "credentials_of_another", Opening;
    /// The credentials have another hash for the data of an element.
    WrongDataHash, "wrong_data_hash", Opening;
    /// The credentials have another secret for the data of an element.
    WrongDataSecret, "wrong_data_secret", Opening;
    /// The secret for the data of an element does not have the checksum, though it opens the data.
    DataSecretWithoutChecksum, "data_secret_without_checksum", Opening;
    /// The encrypted data of two elements is exchanged. Needs two elements with data.
    SwappedData, "swapped_data", Opening;
    /// A bit of the encrypted data of an element was flipped on the way.
    DamagedData, "damaged_data", Opening;
    /// The encrypted data of an element lacks its last block.
    TruncatedData, "truncated_data", Opening;
    /// The encrypted data of an element is empty.
    EmptyData, "empty_data", Opening;
    /// The data of an element says that its padding has 31 bytes.
    DataPaddingTooShort, "data_padding_too_short", Opening;
    /// The data of an element says that its padding is longer than all of it.
    DataPaddingTooLong, "data_padding_too_long", Opening;
    /// The data of an element is no JSON.
    DataNotJson, "data_not_json", Opening;
    /// The data of an element is no UTF-8.
    DataNotUtf8, "data_not_utf8", Opening;
    /// There are no credentials for the data of an element.
    DataWithoutCredentials, "data_without_credentials", Findings;
    /// A phone number or e-mail element is empty.
    MissingText, "missing_text", Findings;
    /// There are credentials for an element that was not sent.
    MissingElement, "missing_element", Findings;
    /// An element was sent twice.
    ElementTwice, "element_twice", Container;
    /// The hash of a file is another one, wherever it stands.
    WrongFileHash, "wrong_file_hash", File;
    /// The credentials have another secret for a file.
    WrongFileSecret, "wrong_file_secret", File;
    /// Two files have each other's content. Needs two files.
    SwappedFiles, "swapped_files", File;
    /// A bit of a file was flipped on the way.
    DamagedFile, "damaged_file", File;
    /// A file lacks its last block.
    TruncatedFile, "truncated_file", File;
    /// A file is empty.
    EmptyFile, "empty_file", File;
    /// A file says that its padding has 31 bytes.
    FilePaddingTooShort, "file_padding_too_short", File;
    /// A file says that its padding is longer than all of it.
    FilePaddingTooLong, "file_padding_too_long", File;
    /// A list of files has one file less than its credentials. Needs a list of two files.
    MissingFile, "missing_file", Opening;
    /// A list of files has one file more than its credentials. Needs a list of files.
    ExtraFile, "extra_file", Opening;
    /// A file is sealed as it should be, but it is a text.
    NoPicture, "no_picture", Picture;
}

impl fmt::Display for BadSubmission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Flips a bit in the middle.
fn flip(bytes: &mut [u8]) {
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 0x10;
    }
}

/// Takes the last block away.
fn truncate(bytes: &mut Vec<u8>) {
    bytes.truncate(bytes.len().saturating_sub(16));
}

/// Padding of which the first byte says 31, before that plaintext, filled up to whole blocks.
fn padding_too_short(plaintext: &[u8]) -> Vec<u8> {
    let mut padded = vec![31; 31];
    padded.extend(plaintext);
    let missing = padded.len().wrapping_neg() % 16;
    padded.extend(vec![b' '; missing]);
    padded
}

/// 48 bytes that say they are 49 bytes of padding.
fn padding_too_long() -> Vec<u8> {
    vec![49; 48]
}
