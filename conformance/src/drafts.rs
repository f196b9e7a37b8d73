//! Documents of the simulation as the user's side has them before they are saved.

use telegram_passport::ElementType;
use telegram_passport::client::{AddressDocumentDraft, Draft, IdentityDocumentDraft, NewFile};
use telegram_passport::document::{
    EmailAddress, IdDocumentData, NativeNames, PersonalDetails, PhoneNumber, ResidentialAddress,
};
use telegram_passport::scope::AddressDocument;
use telegram_passport::testing::Document;

/// A document as a user would fill it in.
///
/// # Panics
///
/// If the document lacks what its type must have.
///
/// ```
/// use conformance::drafts::draft;
/// use telegram_passport::testing::Document;
///
/// for document in Document::samples() {
///     assert_eq!(draft(&document).element_type(), document.element_type());
/// }
/// ```
#[must_use]
pub fn draft(document: &Document) -> Draft {
    let element = document.element_type();
    let text = document.text().unwrap_or_default();
    let json = document.data().unwrap_or_default();
    let file = |bytes: &[u8]| NewFile::from_bytes(bytes).into();
    let front = || NewFile::from_bytes(document.front_side().expect("a front side"));
    let reverse = || NewFile::from_bytes(document.reverse_side().expect("a reverse side"));
    let data = || IdDocumentData::from_json(json).expect("a document");
    let mut identity = match element {
        ElementType::PersonalDetails => {
            let details = PersonalDetails::from_json(json).expect("a document");
            return Draft::personal_details(details, NativeNames::Required);
        }
        ElementType::Address => {
            return Draft::address(ResidentialAddress::from_json(json).expect("a document"));
        }
        ElementType::PhoneNumber => return PhoneNumber::new(text).into(),
        ElementType::Email => return EmailAddress::new(text).into(),
        ElementType::Passport => IdentityDocumentDraft::passport(data(), front()),
        ElementType::InternalPassport => IdentityDocumentDraft::internal_passport(data(), front()),
        ElementType::DriverLicense => {
            IdentityDocumentDraft::driver_license(data(), front(), reverse())
        }
        ElementType::IdentityCard => {
            IdentityDocumentDraft::identity_card(data(), front(), reverse())
        }
        _ => {
            let mut kinds = AddressDocument::ALL.into_iter();
            let kind = kinds.find(|&kind| ElementType::from(kind) == element);
            let pages = document.files().iter().map(|it| NewFile::from_bytes(&**it));
            let mut draft = AddressDocumentDraft::new(kind.expect("one of the 13"), pages);
            let translation = document.translation().iter();
            draft
                .translation_mut()
                .extend(translation.map(|it| file(it)));
            return draft.into();
        }
    };
    *identity.selfie_mut() = document.selfie().map(file);
    let translation = document.translation().iter();
    identity
        .translation_mut()
        .extend(translation.map(|it| file(it)));
    identity.into()
}
