//! The errors that the service has set about what is stored.
//!
//! Source: protocol reference, section 11.4 (element errors on the user's side).

use telegram_passport_tl::{enums, types};

use super::rows::FormRow;
use crate::client::stored::{StoredContent, StoredFile, StoredValue};
use crate::document::{AddressField, IdDocumentField, PersonalDetailsField};
use crate::element::ElementType;
use crate::hash::FileHash;

/// An error of the service about a stored value. It blocks submission until what it blames changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blame {
    element: ElementType,
    place: Place,
    text: String,
}

/// What is blamed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A field of the document, by its name: `first_name`.
    Field(&'static str),
    /// The front side.
    FrontSide,
    /// The reverse side.
    ReverseSide,
    /// The selfie.
    Selfie,
    /// One of the files, by its hash.
    File(FileHash),
    /// The files together.
    Files,
    /// A page of the translation, by its hash.
    TranslationFile(FileHash),
    /// The translation as a whole.
    TranslationFiles,
    /// The value as a whole.
    Element,
}

impl Blame {
    /// The type of the value.
    #[must_use]
    pub fn element_type(&self) -> ElementType {
        self.element
    }

    /// What of it is blamed.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What the service says, for the user to read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a new value answers this complaint about the old one.
    pub(super) fn is_resolved(&self, old: Option<&StoredValue>, new: &StoredValue) -> bool {
        let Some(old) = old else {
            return true;
        };
        let hash = |file: Option<&StoredFile>| file.map(|it| *it.hash());
        let hashes =
            |files: &[StoredFile]| files.iter().map(|it| *it.hash()).collect::<Vec<FileHash>>();
        match &self.place {
            Place::Field(name) => text(old, name) != text(new, name),
            Place::FrontSide => hash(old.front_side()) != hash(new.front_side()),
            Place::ReverseSide => hash(old.reverse_side()) != hash(new.reverse_side()),
            Place::Selfie => hash(old.selfie()) != hash(new.selfie()),
            Place::File(blamed) => !hashes(new.files()).contains(blamed),
            Place::TranslationFile(blamed) => !hashes(new.translation()).contains(blamed),
            Place::Files => hashes(old.files()) != hashes(new.files()),
            Place::TranslationFiles => hashes(old.translation()) != hashes(new.translation()),
            Place::Element => true,
        }
    }
}

/// The errors that belong to something that the form asks for.
///
/// Left out is what no client can show: a type that is not asked for, a field that the document does
/// not have, a selfie or translation that is not asked for, a file that the value no longer holds.
/// Fields go by their name, whatever `data_hash` says, and sides by the type.
pub(super) fn blames(
    errors: Vec<enums::SecureValueError>,
    rows: &[FormRow],
    values: &[types::SecureValue],
) -> Vec<Blame> {
    let keep = |error| {
        let (element, place, text) = read(error)?;
        let asked = rows.iter().find_map(|row| row.find(element))?;
        let value = values
            .iter()
            .find(|value| ElementType::from(&value.r#type) == element);
        let holds = match &place {
            Place::Selfie => asked.selfie,
            Place::TranslationFiles => asked.translation,
            Place::ReverseSide => element.has_reverse_side(),
            Place::FrontSide => element.has_front_side(),
            Place::File(hash) => value.is_some_and(|value| has(value.files.as_deref(), hash)),
            Place::TranslationFile(hash) => {
                asked.translation
                    && value.is_some_and(|value| has(value.translation.as_deref(), hash))
            }
            Place::Files => element.has_files(),
            Place::Field(_) | Place::Element => true,
        };
        holds.then_some(Blame {
            element,
            place,
            text,
        })
    };
    errors.into_iter().filter_map(keep).collect()
}

fn read(error: enums::SecureValueError) -> Option<(ElementType, Place, String)> {
    use enums::SecureValueError as Error;

    let hash = |bytes: &[u8]| FileHash::from_slice(bytes).ok();
    Some(match error {
        Error::Data(error) => {
            let element = ElementType::from(&error.r#type);
            let field = field(element, &error.field)?;
            (element, Place::Field(field), error.text)
        }
        Error::FrontSide(error) => ((&error.r#type).into(), Place::FrontSide, error.text),
        Error::ReverseSide(error) => ((&error.r#type).into(), Place::ReverseSide, error.text),
        Error::Selfie(error) => ((&error.r#type).into(), Place::Selfie, error.text),
        Error::File(error) => {
            let place = Place::File(hash(&error.file_hash)?);
            ((&error.r#type).into(), place, error.text)
        }
        Error::Files(error) => ((&error.r#type).into(), Place::Files, error.text),
        Error::TranslationFile(error) => {
            let place = Place::TranslationFile(hash(&error.file_hash)?);
            ((&error.r#type).into(), place, error.text)
        }
        Error::TranslationFiles(error) => {
            ((&error.r#type).into(), Place::TranslationFiles, error.text)
        }
        Error::Error(error) => ((&error.r#type).into(), Place::Element, error.text),
    })
}

/// The name of a field that this type has.
fn field(element: ElementType, name: &str) -> Option<&'static str> {
    match element {
        ElementType::PersonalDetails => {
            PersonalDetailsField::from_name(name).map(PersonalDetailsField::name)
        }
        ElementType::Address => AddressField::from_name(name).map(AddressField::name),
        _ if element.is_identity_document() => {
            IdDocumentField::from_name(name).map(IdDocumentField::name)
        }
        _ => None,
    }
}

fn has(files: Option<&[enums::SecureFile]>, hash: &FileHash) -> bool {
    let mut files = files.into_iter().flatten();
    files.any(|file| match file {
        enums::SecureFile::File(file) => {
            FileHash::from_slice(&file.file_hash).is_ok_and(|other| other == *hash)
        }
        enums::SecureFile::Empty => false,
    })
}

/// The text of a field.
fn text<'a>(value: &'a StoredValue, name: &str) -> Option<&'a str> {
    match value.content() {
        StoredContent::PersonalDetails(data) => {
            data.document().get(PersonalDetailsField::from_name(name)?)
        }
        StoredContent::Address(data) => data.document().get(AddressField::from_name(name)?),
        StoredContent::IdentityDocument(document) => {
            let document = document.data().document();
            document.get(IdDocumentField::from_name(name)?)
        }
        _ => None,
    }
}
