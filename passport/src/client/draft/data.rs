//! The JSON document of a value to be saved.

use core::fmt;

use crate::client::stored::StoredData;
use crate::document::{IdDocumentData, PersonalDetails, PrivateText, ResidentialAddress};

/// A JSON document to be saved: a new one, or a stored one that may be changed.
///
/// As long as a stored one is not changed, its text stays as it is, with all that another client has
/// written into it. Once a field is changed, it is written anew from the fields that are known.
#[derive(Clone)]
pub struct DataDraft<D> {
    document: D,
    stored: Option<(D, PrivateText)>,
}

impl<D> DataDraft<D> {
    /// A new document.
    #[must_use]
    pub fn new(document: D) -> Self {
        let stored = None;
        Self { document, stored }
    }

    /// The document as it is to be saved.
    #[must_use]
    pub fn document(&self) -> &D {
        &self.document
    }

    /// The same, to change it.
    pub fn document_mut(&mut self) -> &mut D {
        &mut self.document
    }
}

impl<D: Clone> DataDraft<D> {
    /// A stored document, unchanged so far.
    #[must_use]
    pub fn from_stored(stored: &StoredData<D>) -> Self {
        Self {
            document: stored.document().clone(),
            stored: Some((stored.document().clone(), stored.json().clone())),
        }
    }
}

impl<D> From<D> for DataDraft<D> {
    fn from(document: D) -> Self {
        Self::new(document)
    }
}

macro_rules! json {
    ($($document:ident,)*) => {$(
        impl DataDraft<$document> {
            /// The text that is encrypted.
            pub(crate) fn json(&self) -> PrivateText {
                match &self.stored {
                    Some((document, json)) if *document == self.document => json.clone(),
                    _ => self.document.to_json(),
                }
            }
        }
    )*};
}

json! { PersonalDetails, ResidentialAddress, IdDocumentData, }

impl<D> fmt::Debug for DataDraft<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataDraft(..)")
    }
}
