//! A person with all 13 kinds of documents, and what opens them.

use std::cell::RefCell;

use telegram_passport::ElementType;
use telegram_passport::client::{
    AddressDocumentDraft, Draft, IdentityDocumentDraft, NewFile, Save, StoredValue, Unlocked, wait,
};
use telegram_passport::client::{PartSize, SaveError};
use telegram_passport::document::{
    AddressField, EmailAddress, IdDocumentData, IdDocumentField, NativeNames, PersonalDetails,
    PersonalDetailsField, PhoneNumber, ResidentialAddress,
};
use telegram_passport::scope::AddressDocument;
use telegram_passport::secret::PassportSecret;
use telegram_passport_tl::{enums, types};

use super::passport_client_by_hand as by_hand;
use super::passport_client_shelf::{Cut, Shelf};
use conformance::seeded::SeededRng;

/// The bytes of the passport secret.
pub(super) fn passport_secret() -> [u8; 32] {
    by_hand::secret(7)
}

pub(super) fn unlocked() -> Unlocked {
    unlocked_with(&passport_secret())
}

pub(super) fn unlocked_with(secret: &[u8; 32]) -> Unlocked {
    Unlocked::with_secret(PassportSecret::from_slice(secret).expect("a secret"))
}

/// Content that no other seed has.
pub(super) fn picture(seed: u8, length: usize) -> Vec<u8> {
    let mut content: Vec<u8> = (0..length).map(|at| (at / 7) as u8 ^ seed).collect();
    if let Some(first) = content.first_mut() {
        *first = seed;
    }
    content
}

pub(super) fn new_file(seed: u8, length: usize) -> NewFile {
    NewFile::from_bytes(picture(seed, length))
}

pub(super) fn personal_details() -> PersonalDetails {
    use PersonalDetailsField as Field;

    let fields = [
        (Field::FirstName, "Anna"),
        (Field::LastName, "Schmidt"),
        (Field::BirthDate, "29.02.2000"),
        (Field::Gender, "female"),
        (Field::CountryCode, "DE"),
        (Field::ResidenceCountryCode, "GR"),
        (Field::FirstNameNative, "Άννα \"\u{1f642}\""),
        (Field::LastNameNative, "Σμιτ"),
    ];
    let details = PersonalDetails::new();
    fields
        .into_iter()
        .fold(details, |details, (field, text)| details.with(field, text))
}

pub(super) fn address() -> ResidentialAddress {
    use AddressField as Field;

    let fields = [
        (Field::StreetLine1, "Straße 1"),
        (Field::City, "Berlin"),
        (Field::CountryCode, "DE"),
        (Field::PostCode, "10115"),
    ];
    let address = ResidentialAddress::new();
    fields
        .into_iter()
        .fold(address, |address, (field, text)| address.with(field, text))
}

pub(super) fn id_data() -> IdDocumentData {
    IdDocumentData::new()
        .with(IdDocumentField::DocumentNo, "AB123456")
        .with(IdDocumentField::ExpiryDate, "31.12.2030")
}

/// A passport with everything that it may have.
pub(super) fn passport() -> IdentityDocumentDraft {
    let mut passport = IdentityDocumentDraft::passport(id_data(), new_file(1, 40_000));
    *passport.selfie_mut() = Some(new_file(2, 33_000).into());
    passport.translation_mut().push(new_file(3, 100).into());
    passport.translation_mut().push(new_file(4, 1).into());
    passport
}

/// One draft of each kind, with all parts that it may have.
pub(super) fn drafts() -> Vec<Draft> {
    let mut drafts = vec![
        Draft::personal_details(personal_details(), NativeNames::Required),
        passport().into(),
        IdentityDocumentDraft::internal_passport(id_data(), new_file(5, 16)).into(),
        Draft::address(address()),
        PhoneNumber::new("+49 30 123456").into(),
        EmailAddress::new(" anna@example.org ").into(),
    ];
    for two_sided in [
        IdentityDocumentDraft::driver_license,
        IdentityDocumentDraft::identity_card,
    ] {
        let mut card = two_sided(id_data(), new_file(6, 3_000), new_file(7, 70_000));
        *card.selfie_mut() = Some(new_file(8, 31).into());
        card.translation_mut().push(new_file(9, 65_536).into());
        drafts.push(card.into());
    }
    for kind in AddressDocument::ALL {
        let mut document = AddressDocumentDraft::new(kind, [new_file(10, 17), new_file(11, 18)]);
        document.translation_mut().push(new_file(12, 19).into());
        drafts.push(document.into());
    }
    let mut kinds: Vec<_> = drafts.iter().map(Draft::element_type).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ElementType::ALL);
    drafts
}

/// Saves in one go.
pub(super) fn saved(shelf: &Shelf, draft: impl Into<Draft>) -> StoredValue {
    save_with(shelf, draft, &unlocked()).expect("it can be saved")
}

pub(super) fn save_with(
    shelf: &Shelf,
    draft: impl Into<Draft>,
    unlocked: &Unlocked,
) -> Result<StoredValue, SaveError<Cut>> {
    wait(save_of(draft).run(shelf, unlocked, |_| ()))
}

/// Ready to be run, with randomness that is another each time.
pub(super) fn save_of(draft: impl Into<Draft>) -> Save {
    thread_local!(static RNG: RefCell<SeededRng> = RefCell::new(SeededRng::new(4)));
    RNG.with_borrow_mut(|rng| Save::new(draft.into(), PartSize::DEFAULT, rng))
        .expect("a sound draft")
}

/// The document of a value, decrypted by hand.
pub(super) fn data_by_hand(value: &types::SecureValue) -> Vec<u8> {
    let data = value.data.as_ref().expect("data");
    let secret = by_hand::unwrap(&passport_secret(), &data.data_hash, &data.secret);
    by_hand::open(&secret, &data.data_hash, &data.data)
}

/// A file of a value, decrypted by hand from what lies on the shelf.
pub(super) fn file_by_hand(shelf: &Shelf, file: &enums::SecureFile) -> Vec<u8> {
    let enums::SecureFile::File(file) = file else {
        panic!("there is no file")
    };
    let secret = by_hand::unwrap(&passport_secret(), &file.file_hash, &file.secret);
    by_hand::open(&secret, &file.file_hash, &shelf.state().files[&file.id].1)
}

pub(super) fn sealed_data(plain: &[u8]) -> types::SecureData {
    let secret = by_hand::secret(3);
    let sealed = by_hand::seal(&secret, &by_hand::padding(plain.len()), plain);
    types::SecureData {
        data: sealed.bytes,
        data_hash: sealed.hash.to_vec(),
        secret: by_hand::wrap(&passport_secret(), &sealed.hash, &secret),
    }
}

pub(super) fn files_of(value: &types::SecureValue) -> Vec<enums::SecureFile> {
    let singles = [&value.front_side, &value.reverse_side, &value.selfie];
    let lists = [&value.translation, &value.files];
    let singles = singles.into_iter().flatten();
    singles
        .chain(lists.into_iter().flatten().flatten())
        .cloned()
        .collect()
}
