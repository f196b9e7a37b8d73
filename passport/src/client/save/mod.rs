//! Saving a value: encrypted here, uploaded, stored, and checked as it comes back.
//!
//! Saving replaces what was stored of that kind at once, on the server; nothing is deleted before.
//! What the server answers is opened like any other value and must have the parts that were sent,
//! each with its hash, so that a value that was not stored as meant does not go unnoticed.
//!
//! Source: protocol reference, sections 1.3 (U7), 1.5 (recovering from errors), 8.5, 8.9 and 10.

mod error;
mod input;
mod seal;

pub use self::error::{PrepareError, SaveError};

use core::fmt;

use rand_core::TryCryptoRng;
use telegram_passport_tl::{RpcError, functions, types};

use self::seal::{Content, SavedFile};
use super::{Connection, Draft, Failure, PartSize, StoredValue, Unlocked};
use crate::element::ElementType;

/// Saves a value: [`Save::new`] and [`Save::run`] in one.
///
/// To go on after a failure without encrypting and uploading anew, take a [`Save`].
///
/// ```
/// use telegram_passport::client::{Connection, Draft, SaveError, StoredValue, Unlocked, save};
/// use telegram_passport::document::EmailAddress;
///
/// async fn save_email<C: Connection>(
///     connection: &C,
///     unlocked: &Unlocked,
///     email: EmailAddress,
/// ) -> Result<StoredValue, SaveError<C::Error>> {
///     let rng = &mut getrandom::SysRng;
///     save(connection, unlocked, Draft::from(email), rng, |_| ()).await
/// }
/// ```
///
/// # Errors
///
/// [`SaveError`].
pub async fn save<C, R>(
    connection: &C,
    unlocked: &Unlocked,
    draft: Draft,
    rng: &mut R,
    progress: impl FnMut(SaveProgress),
) -> Result<StoredValue, SaveError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
{
    let mut save = Save::new(draft, PartSize::DEFAULT, rng)?;
    save.run(connection, unlocked, progress).await
}

/// A value on its way to the server. It can be [run](Self::run) again after any failure: what was
/// encrypted and uploaded stays so.
///
/// ```
/// use telegram_passport::client::{
///     Connection, Draft, PartSize, Save, SaveError, StoredValue, Unlocked,
/// };
/// use telegram_passport::document::PhoneNumber;
///
/// # async fn verify<C: Connection>(_: &C) -> Result<(), C::Error> { Ok(()) }
/// # async fn sleep(_: u64) {}
/// async fn save_phone<C: Connection>(
///     connection: &C,
///     unlocked: &Unlocked,
///     phone: PhoneNumber,
/// ) -> Result<StoredValue, Box<dyn std::error::Error>> {
///     let mut save = Save::new(Draft::from(phone), PartSize::DEFAULT, &mut getrandom::SysRng)?;
///     loop {
///         match save.run(connection, unlocked, |_| ()).await {
///             Ok(stored) => return Ok(stored),
///             // The user is sent a code, and types it.
///             Err(SaveError::PhoneVerificationNeeded) => verify(connection).await?,
///             Err(SaveError::Wait { seconds }) if seconds < 60 => sleep(seconds).await,
///             Err(error) => return Err(error.into()),
///         }
///     }
/// }
/// ```
pub struct Save {
    element: ElementType,
    content: Content,
    /// Whether the value may be stored already: its answer was lost, or could not be used.
    is_uncertain: bool,
}

impl Save {
    /// Validates the draft, takes away its duplicate files, encrypts its document and reads its files
    /// for their hashes, all with fresh secrets and with random padding that hides the lengths.
    ///
    /// # Errors
    ///
    /// [`PrepareError`].
    pub fn new<R: TryCryptoRng + ?Sized>(
        mut draft: Draft,
        part_size: PartSize,
        rng: &mut R,
    ) -> Result<Self, PrepareError> {
        // Rules first, so that a file that is too long is not read.
        draft.validate()?;
        draft.remove_duplicates()?;
        Ok(Self {
            element: draft.element_type(),
            content: Content::new(&draft, part_size, rng)?,
            is_uncertain: false,
        })
    }

    /// The kind of the value.
    #[must_use]
    pub fn element_type(&self) -> ElementType {
        self.element
    }

    /// How much is uploaded.
    #[must_use]
    pub fn progress(&self) -> SaveProgress {
        let (mut sent, mut total) = (0, 0);
        for upload in self.content.uploads() {
            sent += upload.sent();
            total += upload.size();
        }
        SaveProgress { sent, total }
    }

    /// Uploads what is missing, saves the value, and checks what the server answers. `progress` is
    /// called after every part.
    ///
    /// Parts that the server misses are sent again. After a call whose answer was lost, the next run
    /// looks first whether the value is stored already.
    ///
    /// # Errors
    ///
    /// [`SaveError`]. In all cases run it again to go on, after doing what the variant says.
    pub async fn run<C: Connection>(
        &mut self,
        connection: &C,
        unlocked: &Unlocked,
        mut progress: impl FnMut(SaveProgress),
    ) -> Result<StoredValue, SaveError<C::Error>> {
        self.refuse_files_of_other_secret(unlocked)?;
        if self.is_uncertain {
            if let Some(stored) = self.look(connection, unlocked).await? {
                return Ok(stored);
            }
            self.is_uncertain = false;
        }
        let mut repairs = 0;
        loop {
            self.upload(connection, &mut progress).await?;
            let value = self.content.to_input(self.element, unlocked);
            let value = value.ok_or(SaveError::NotUploaded)?;
            let call = functions::account::SaveSecureValue {
                value: value.into(),
                secure_secret_id: unlocked.secret_id(),
            };
            match connection.invoke(&call).await {
                Ok(value) => return self.check(value.into_inner(), unlocked),
                Err(Failure::Rpc(error)) if self.repair(&error, repairs) => repairs += 1,
                Err(failure) => {
                    self.is_uncertain = may_be_done(&failure);
                    return Err(failure.into());
                }
            }
        }
    }

    async fn upload<C: Connection>(
        &mut self,
        connection: &C,
        progress: &mut impl FnMut(SaveProgress),
    ) -> Result<(), SaveError<C::Error>> {
        let SaveProgress { mut sent, total } = self.progress();
        for (part, upload) in self.content.uploads_mut() {
            let elsewhere = sent.saturating_sub(upload.sent());
            let outcome = upload.run(connection, |here| {
                sent = elsewhere.saturating_add(here);
                progress(SaveProgress { sent, total });
            });
            outcome
                .await
                .map_err(|error| SaveError::of_upload(part, error))?;
        }
        Ok(())
    }

    /// What can be mended by sending parts again. False if nothing can.
    fn repair(&mut self, error: &RpcError, repairs: u32) -> bool {
        let part = match (error.name(), error.value()) {
            ("FILE_PART_X_MISSING", Some(part)) if repairs < MOST_SINGLE_REPAIRS => Some(part),
            // Parts live for minutes to hours: if several are gone, all will be.
            ("FILE_PART_X_MISSING" | "FILE_PARTS_INVALID" | "MD5_CHECKSUM_INVALID", _) => None,
            _ => return false,
        };
        let mut is_mended = false;
        for (_, upload) in self.content.uploads_mut() {
            // The error does not say of which file.
            is_mended |= match part {
                Some(part) => upload.mark_missing(part),
                None => {
                    upload.mark_all_missing();
                    true
                }
            };
        }
        is_mended && repairs < MOST_REPAIRS
    }

    /// The value as it is stored, if it is what would be saved.
    async fn look<C: Connection>(
        &self,
        connection: &C,
        unlocked: &Unlocked,
    ) -> Result<Option<StoredValue>, SaveError<C::Error>> {
        let types = vec![self.element.into()];
        let call = functions::account::GetSecureValue { types };
        let values = connection.invoke(&call).await?;
        let mut values = values
            .into_iter()
            .filter_map(|value| StoredValue::open(value.into_inner(), unlocked).ok());
        Ok(values.find(|stored| self.is(stored)))
    }

    fn check<E>(
        &mut self,
        value: types::SecureValue,
        unlocked: &Unlocked,
    ) -> Result<StoredValue, SaveError<E>> {
        self.is_uncertain = true;
        let stored = StoredValue::open(value, unlocked).map_err(SaveError::Returned)?;
        if !self.is(&stored) {
            return Err(SaveError::NotAsSent);
        }
        self.is_uncertain = false;
        Ok(stored)
    }

    fn is(&self, stored: &StoredValue) -> bool {
        self.element == stored.element_type() && self.content.is(stored)
    }

    fn refuse_files_of_other_secret<E>(&self, unlocked: &Unlocked) -> Result<(), SaveError<E>> {
        let mut files = self.content.files();
        let other = files.find_map(|(part, file)| match file {
            SavedFile::Kept(file) if file.secret_id() != unlocked.secret_id() => Some(*part),
            _ => None,
        });
        other.map_or(Ok(()), |part| Err(SaveError::KeptUnderOtherSecret { part }))
    }
}

impl fmt::Debug for Save {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Save")
            .field("element_type", &self.element)
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}

/// How much of the new files of a value is uploaded, in encrypted bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SaveProgress {
    /// What the server has accepted.
    pub sent: u64,
    /// What there is.
    pub total: u64,
}

/// Whether a call that gave no result may have been carried out all the same.
fn may_be_done<E>(failure: &Failure<E>) -> bool {
    match failure {
        Failure::Rpc(error) => !(300..500).contains(&error.code()),
        Failure::Encode(_) => false,
        _ => true,
    }
}

/// So often in a run single parts are sent again.
const MOST_SINGLE_REPAIRS: u32 = 2;

/// So often in a run parts are sent again at all.
const MOST_REPAIRS: u32 = 4;
