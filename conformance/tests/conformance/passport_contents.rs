//! What persons hand over: any of it, and a small sample.

use std::collections::BTreeMap;

use proptest::prelude::*;
use telegram_passport::ElementType;
use telegram_passport::submission::FilePart;

use super::passport_sealed::{Content, Message, Sender};

/// The nonce of all submissions here, unless a test says otherwise.
pub(super) const NONCE: &str = "n\u{f6}nce";

/// Any elements in any order, with whoever encrypts them.
pub(super) fn submissions() -> impl Strategy<Value = (Vec<Content>, Sender)> {
    let kinds = prop::sample::subsequence(ElementType::ALL.to_vec(), 1..=13).prop_shuffle();
    let contents =
        kinds.prop_flat_map(|kinds| kinds.into_iter().map(any_content).collect::<Vec<_>>());
    let sender = (any::<u64>(), any::<bool>());
    (
        contents,
        sender.prop_map(|(seed, by_the_crate)| Sender::new(seed, by_the_crate)),
    )
}

/// A passport with its front side, and two pages of a bill.
pub(super) fn small() -> Vec<Content> {
    let mut passport = content(ElementType::Passport, &[("document_no", "AB 1")]);
    passport
        .files
        .insert(FilePart::FrontSide, Some(b"front".to_vec()));
    let mut bill = content(ElementType::UtilityBill, &[]);
    for (index, page) in [b"one", b"two"].into_iter().enumerate() {
        bill.files
            .insert(FilePart::Files(index), Some(page.to_vec()));
    }
    vec![passport, bill]
}

/// Six elements with parts of every kind, and as they travel.
pub(super) fn many(seed: u64) -> (Vec<Content>, Message) {
    use ElementType::{Address, BankStatement, InternalPassport, Passport};
    use ElementType::{PersonalDetails, UtilityBill};
    use FilePart::{Files, FrontSide, Selfie, Translation};
    let elements: [(_, &[_], &[_]); 6] = [
        (PersonalDetails, &[("first_name", "A")], &[]),
        (Passport, &[("document_no", "1")], &[FrontSide, Selfie]),
        (InternalPassport, &[("document_no", "1")], &[FrontSide]),
        (Address, &[("city", "Oslo")], &[]),
        (
            UtilityBill,
            &[],
            &[Files(0), Files(1), Translation(0), Translation(1)],
        ),
        (BankStatement, &[], &[Files(0), Files(1)]),
    ];
    let element = |(kind, fields, files): (_, _, &[FilePart])| {
        let mut content = content(kind, fields);
        let plaintext = |part: &FilePart| Some(format!("{kind}.{part}").into_bytes());
        content.files = files.iter().map(|part| (*part, plaintext(part))).collect();
        content
    };
    let contents: Vec<_> = elements.into_iter().map(element).collect();
    let message = Sender::new(seed, false).submit(&contents, NONCE).message;
    (contents, message)
}

/// An element without files.
pub(super) fn content(kind: ElementType, fields: &[(&str, &str)]) -> Content {
    let fields = fields
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    Content {
        kind,
        hash: vec![1, 2, 3],
        fields: (!names(kind).is_empty()).then(|| fields.collect()),
        text: None,
        files: BTreeMap::new(),
    }
}

fn any_content(kind: ElementType) -> BoxedStrategy<Content> {
    let hash = prop::collection::vec(any::<u8>(), 0..40);
    if matches!(kind, ElementType::PhoneNumber | ElementType::Email) {
        let content = move |(hash, text)| Content {
            hash,
            text: Some(text),
            ..content(kind, &[])
        };
        return (hash, any_text()).prop_map(content).boxed();
    }
    let names = names(kind);
    let texts = prop::collection::vec(any_text(), names.len());
    let singles = [FilePart::FrontSide, FilePart::ReverseSide, FilePart::Selfie];
    let singles = singles.into_iter().filter(|part| may_have(kind, *part));
    let singles: Vec<_> = singles
        .map(|part| prop::option::of(any_file()).prop_map(move |file| (part, file)))
        .collect();
    let list = |part: fn(usize) -> FilePart| {
        let most = if may_have(kind, part(0)) { 4 } else { 1 };
        let numbered = move |files: Vec<_>| {
            let files = files.into_iter().enumerate();
            files
                .map(|(index, file)| (part(index), Some(file)))
                .collect::<Vec<_>>()
        };
        prop::collection::vec(any_file(), 0..most).prop_map(numbered)
    };
    let lists = (list(FilePart::Translation), list(FilePart::Files));
    let content =
        move |(hash, texts, singles, (translation, files)): (_, Vec<String>, Vec<_>, _)| {
            let fields = names
                .iter()
                .zip(&texts)
                .filter(|(_, text)| !text.is_empty());
            let fields: Vec<_> = fields.map(|(name, text)| (*name, text.as_str())).collect();
            let files: Vec<(FilePart, Option<Vec<u8>>)> = [singles, translation, files].concat();
            Content {
                hash,
                files: files
                    .into_iter()
                    .filter(|(_, file)| file.is_some())
                    .collect(),
                ..content(kind, &fields)
            }
        };
    (hash, texts, singles, lists).prop_map(content).boxed()
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter),
        "[ -~]{0,40}",
    ]
}

fn any_file() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..300)
}

/// Section 6, and the fields of section 11.2.
fn names(kind: ElementType) -> &'static [&'static str] {
    match kind {
        ElementType::PersonalDetails => &[
            "first_name",
            "middle_name",
            "last_name",
            "birth_date",
            "gender",
            "country_code",
            "residence_country_code",
            "first_name_native",
            "middle_name_native",
            "last_name_native",
        ],
        ElementType::Address => &[
            "street_line1",
            "street_line2",
            "city",
            "state",
            "country_code",
            "post_code",
        ],
        ElementType::Passport
        | ElementType::DriverLicense
        | ElementType::IdentityCard
        | ElementType::InternalPassport => &["document_no", "expiry_date"],
        _ => &[],
    }
}

/// Section 6.
fn may_have(kind: ElementType, part: FilePart) -> bool {
    use ElementType as Kind;
    let two_sides = [Kind::DriverLicense, Kind::IdentityCard].contains(&kind);
    let identity = two_sides || [Kind::Passport, Kind::InternalPassport].contains(&kind);
    let address = names(kind).is_empty() && ![Kind::PhoneNumber, Kind::Email].contains(&kind);
    match part {
        FilePart::FrontSide | FilePart::Selfie => identity,
        FilePart::ReverseSide => two_sides,
        FilePart::Translation(_) => identity || address,
        FilePart::Files(_) => address,
    }
}
