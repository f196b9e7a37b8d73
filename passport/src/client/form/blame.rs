//! The errors that the service has set about what is stored.
//!
//! Source: protocol reference, section 11.4 (element errors on the user's side).

use std::collections::BTreeSet;

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
}

/// A value in the place of an old one.
pub(super) struct Replacement<'a> {
    old: &'a StoredValue,
    new: &'a StoredValue,
    files: Hashes,
    translation: Hashes,
    has_other_files: bool,
    has_other_translation: bool,
}

impl<'a> Replacement<'a> {
    /// Compares the lists once, however many complaints there are about them.
    pub(super) fn new(old: &'a StoredValue, new: &'a StoredValue) -> Self {
        let hashes =
            |files: &[StoredFile]| Hashes(files.iter().map(|it| *it.hash().as_bytes()).collect());
        let differ = |old: &[StoredFile], new: &[StoredFile]| {
            !old.iter()
                .map(StoredFile::hash)
                .eq(new.iter().map(StoredFile::hash))
        };
        Self {
            old,
            new,
            files: hashes(new.files()),
            translation: hashes(new.translation()),
            has_other_files: differ(old.files(), new.files()),
            has_other_translation: differ(old.translation(), new.translation()),
        }
    }

    /// Whether the new value answers this complaint about the old one.
    pub(super) fn resolves(&self, blame: &Blame) -> bool {
        let (old, new) = (self.old, self.new);
        let hash = |file: Option<&StoredFile>| file.map(|it| *it.hash());
        match &blame.place {
            Place::Field(name) => text(old, name) != text(new, name),
            Place::FrontSide => hash(old.front_side()) != hash(new.front_side()),
            Place::ReverseSide => hash(old.reverse_side()) != hash(new.reverse_side()),
            Place::Selfie => hash(old.selfie()) != hash(new.selfie()),
            Place::File(blamed) => !self.files.have(blamed),
            Place::TranslationFile(blamed) => !self.translation.have(blamed),
            Place::Files => self.has_other_files,
            Place::TranslationFiles => self.has_other_translation,
            Place::Element => true,
        }
    }
}

/// The hashes of a list of files. Both these and those that are looked up come from the server, which
/// may send many of each: nothing is secret here, and no pair of both is compared.
struct Hashes(BTreeSet<[u8; 32]>);

impl Hashes {
    fn of(files: Option<&[enums::SecureFile]>) -> Self {
        let files = files.into_iter().flatten();
        let hashes = files.filter_map(|file| match file {
            enums::SecureFile::File(file) => file.file_hash.as_slice().try_into().ok(),
            enums::SecureFile::Empty => None,
        });
        Self(hashes.collect())
    }

    fn have(&self, hash: &FileHash) -> bool {
        self.0.contains(hash.as_bytes())
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
    let hashes = |value: &types::SecureValue| {
        let hashes = [value.files.as_deref(), value.translation.as_deref()].map(Hashes::of);
        (ElementType::from(&value.r#type), hashes)
    };
    let stored: Vec<(ElementType, [Hashes; 2])> = values.iter().map(hashes).collect();
    let keep = |error| {
        let (element, place, text) = read(error)?;
        let asked = rows.iter().find_map(|row| row.find(element))?;
        let mut value = stored.iter().filter(|(other, _)| *other == element);
        let mut has = |list: fn(&[Hashes; 2]) -> &Hashes, hash: &FileHash| {
            value.any(|(_, hashes)| list(hashes).have(hash))
        };
        let holds = match &place {
            Place::Selfie => asked.selfie,
            Place::TranslationFiles => asked.translation,
            Place::ReverseSide => element.has_reverse_side(),
            Place::FrontSide => element.has_front_side(),
            Place::File(hash) => has(|[files, _]| files, hash),
            Place::TranslationFile(hash) => {
                asked.translation && has(|[_, translation]| translation, hash)
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
