//! The value as the call takes it.

use telegram_passport_tl::{enums, types};

use super::seal::{Content, SavedData, SavedFile};
use crate::client::Unlocked;
use crate::element::ElementType;
use crate::submission::FilePart;
use crate::wrap::wrap_value_secret;

impl Content {
    /// None before all files are uploaded.
    pub(super) fn to_input(
        &self,
        element: ElementType,
        unlocked: &Unlocked,
    ) -> Option<types::InputSecureValue> {
        let mut value = types::InputSecureValue {
            r#type: element.into(),
            data: None,
            front_side: None,
            reverse_side: None,
            selfie: None,
            translation: None,
            files: None,
            plain_data: None,
        };
        match self {
            Self::Phone(digits) => {
                let phone = digits.as_str().to_owned();
                value.plain_data = Some(types::SecurePlainPhone { phone }.into());
            }
            Self::Email(text) => {
                let email = text.as_str().to_owned();
                value.plain_data = Some(types::SecurePlainEmail { email }.into());
            }
            Self::Encrypted { data, files } => {
                value.data = data.as_ref().map(|data| data.to_input(unlocked).into());
                for (part, file) in files {
                    let file = file.to_input(unlocked)?;
                    match part {
                        FilePart::FrontSide => value.front_side = Some(file),
                        FilePart::ReverseSide => value.reverse_side = Some(file),
                        FilePart::Selfie => value.selfie = Some(file),
                        FilePart::Translation(_) => {
                            value.translation.get_or_insert_default().push(file);
                        }
                        FilePart::Files(_) => value.files.get_or_insert_default().push(file),
                    }
                }
            }
        }
        Some(value)
    }
}

impl SavedData {
    fn to_input(&self, unlocked: &Unlocked) -> types::SecureData {
        let secret = wrap_value_secret(unlocked.passport_secret(), &self.hash, &self.secret);
        types::SecureData {
            data: self.encrypted.clone(),
            data_hash: self.hash.as_bytes().to_vec(),
            secret: secret.to_vec(),
        }
    }
}

impl SavedFile {
    fn to_input(&self, unlocked: &Unlocked) -> Option<enums::InputSecureFile> {
        match self {
            Self::New(upload) => Some(upload.to_input(unlocked)?.into()),
            Self::Kept(file) => Some(file.to_input().into()),
        }
    }
}
