//! Saving: what is stored is opened by hand and comes back verified, whatever fails on the way.

use std::collections::BTreeSet;

use conformance::seeded::SeededRng;
use telegram_passport::ElementType;
use telegram_passport::client::{
    Draft, DraftProblem, PartSize, PrepareError, Save, SaveError, save, wait,
};
use telegram_passport::document::{
    EmailAddress, IdDocumentField, NativeNames, PersonalDetails, PhoneNumber,
};
use telegram_passport::submission::FilePart;
use telegram_passport_tl::{Decode, Encode, enums, types};

use super::passport_client_by_hand as by_hand;
use super::passport_client_samples::{
    data_by_hand, drafts, file_by_hand, files_of, new_file, passport, passport_secret,
    personal_details, picture, save_of, save_with, saved, sealed_data, unlocked,
};
use super::passport_client_shelf::{Fault, Shelf};

#[test]
fn every_kind_is_stored_so_that_it_opens_by_hand() {
    let shelf = Shelf::new();
    for draft in drafts() {
        let kind = draft.element_type();
        let stored = saved(&shelf, draft.clone());
        assert_eq!(stored.element_type(), kind);
        let value = shelf.value(kind.into());
        assert_eq!(stored.hash(), value.hash);
        match &draft {
            Draft::PhoneNumber(_) => assert!(matches!(
                &value.plain_data,
                Some(enums::SecurePlainData::SecurePlainPhone(it)) if it.phone == "4930123456"
            )),
            Draft::Email(_) => assert!(matches!(
                &value.plain_data,
                Some(enums::SecurePlainData::SecurePlainEmail(it)) if it.email == "anna@example.org"
            )),
            _ => assert!(value.plain_data.is_none()),
        }
        if kind.has_data() {
            let json: serde_json::Value =
                serde_json::from_slice(&data_by_hand(&value)).expect("JSON");
            let field = match kind {
                ElementType::PersonalDetails => "first_name",
                ElementType::Address => "city",
                _ => "document_no",
            };
            let expected = match kind {
                ElementType::PersonalDetails => "Anna",
                ElementType::Address => "Berlin",
                _ => "AB123456",
            };
            assert_eq!(json[field], expected);
        } else {
            assert!(value.data.is_none());
        }
        let files = files_of(&value);
        assert_eq!(files.len(), draft.all_files().len(), "{kind}");
        for (file, (stored, content)) in files.iter().zip(contents(&draft).iter().enumerate()) {
            assert_eq!(&file_by_hand(&shelf, file), content, "{kind} {stored}");
        }
    }
    assert_eq!(shelf.state().values.len(), 13);
}

#[test]
fn what_was_stored_can_be_fetched() {
    let shelf = Shelf::new();
    let stored = saved(&shelf, passport());
    let contents: Vec<_> = stored
        .all_files()
        .map(|(_, file)| {
            wait(file.fetch(&shelf))
                .expect("it opens")
                .as_bytes()
                .to_vec()
        })
        .collect();
    let expected = [
        picture(1, 40_000),
        picture(2, 33_000),
        picture(3, 100),
        picture(4, 1),
    ];
    assert_eq!(contents, expected);
}

#[test]
fn all_secrets_are_fresh_and_all_lengths_hidden() {
    let shelf = Shelf::new();
    let (mut hashes, mut paddings) = (BTreeSet::new(), BTreeSet::new());
    let mut length = 0;
    for _ in 0..100 {
        saved(
            &shelf,
            Draft::address(super::passport_client_samples::address()),
        );
        let value = shelf.value(enums::SecureValueType::Address);
        let data = value.data.expect("data");
        let secret = by_hand::unwrap(&passport_secret(), &data.data_hash, &data.secret);
        let plain = by_hand::open(&secret, &data.data_hash, &data.data);
        length = plain.len();
        paddings.insert(data.data.len() - length);
        hashes.insert((data.data_hash.clone(), secret));
    }
    assert_eq!(hashes.len(), 100);
    // All lengths from 32 to 254 that fit.
    let fitting = (32..=254).filter(|padding| (padding + length).is_multiple_of(16));
    assert_eq!(paddings, fitting.collect::<BTreeSet<_>>());
}

#[test]
fn nothing_is_sent_for_a_draft_that_breaks_rules() {
    let shelf = Shelf::new();
    let mut draft = passport();
    draft
        .data_mut()
        .document_mut()
        .set(IdDocumentField::ExpiryDate, "31.02.2030");
    *draft.front_side_mut() = new_file(0, 0).into();
    let rng = &mut SeededRng::new(1);
    let error = wait(save(&shelf, &unlocked(), draft.into(), rng, |_| ()));
    let Err(SaveError::Prepare(PrepareError::Draft(error))) = error else {
        panic!("{error:?}")
    };
    let [
        DraftProblem::IdentityDocument(violations),
        DraftProblem::EmptyFile { part },
    ] = error.problems()
    else {
        panic!("{error:?}")
    };
    assert_eq!(violations.as_slice()[0].field, IdDocumentField::ExpiryDate);
    assert_eq!(*part, FilePart::FrontSide);
    let incomplete = Draft::personal_details(PersonalDetails::new(), NativeNames::NotRequired);
    assert!(save_with_new(incomplete).is_err());
    assert!(shelf.state().methods.is_empty());
}

#[test]
fn parts_are_kept_replaced_and_dropped() {
    let shelf = Shelf::new();
    let first = saved(&shelf, passport());
    let Draft::IdentityDocument(mut draft) = Draft::from_stored(&first) else {
        panic!("a passport")
    };
    *draft.front_side_mut() = new_file(20, 50).into();
    *draft.selfie_mut() = None;
    draft.translation_mut().swap(0, 1);
    let second = saved(&shelf, *draft);
    let (old, new): (Vec<_>, Vec<_>) = (first.all_files().collect(), second.all_files().collect());
    let parts: Vec<_> = new.iter().map(|(part, _)| *part).collect();
    let translation = [FilePart::Translation(0), FilePart::Translation(1)];
    assert_eq!(parts, [&[FilePart::FrontSide], &translation[..]].concat());
    assert_ne!(new[0].1.remote().id, old[0].1.remote().id);
    assert_eq!(new[1].1.remote().id, old[3].1.remote().id);
    assert_eq!(new[2].1.remote().id, old[2].1.remote().id);
    let contents = files_of(&shelf.value(KIND));
    let contents: Vec<_> = contents
        .iter()
        .map(|file| file_by_hand(&shelf, file))
        .collect();
    assert_eq!(contents, [picture(20, 50), picture(4, 1), picture(3, 100)]);
    assert_ne!(first.identity_document().map(|it| *it.data().hash()), None);
    assert_ne!(
        first.identity_document().map(|it| *it.data().hash()),
        second.identity_document().map(|it| *it.data().hash()),
    );
}

/// Another client may know more keys; as long as the document is not changed, they stay.
#[test]
fn a_document_that_is_not_changed_stays_word_for_word() {
    let shelf = Shelf::new();
    let plain = br#"{ "document_no" : "AB123456", "issued":[1,2], "expiry_date":null}"#;
    let mut value = types::SecureValue {
        data: Some(sealed_data(plain).into()),
        ..shelf_value_of(&shelf)
    };
    value.hash = b"other".to_vec();
    let stored = telegram_passport::client::StoredValue::open(value, &unlocked()).expect("sound");
    let mut draft = Draft::from_stored(&stored);
    saved(&shelf, draft.clone());
    assert_eq!(data_by_hand(&shelf.value(KIND)), plain);
    if let Draft::IdentityDocument(draft) = &mut draft {
        draft
            .data_mut()
            .document_mut()
            .set(IdDocumentField::DocumentNo, "CD7");
    }
    saved(&shelf, draft);
    assert_eq!(
        data_by_hand(&shelf.value(KIND)),
        br#"{"document_no":"CD7","expiry_date":""}"#
    );
}

#[test]
fn a_phone_number_may_come_back_written_otherwise() {
    let shelf = Shelf::new();
    shelf.fault_at(0, || {
        Fault::Changed(|value| {
            let phone = "+49 (30) 123456".to_owned();
            value.plain_data = Some(types::SecurePlainPhone { phone }.into());
        })
    });
    let stored = saved(&shelf, PhoneNumber::new("4930123456"));
    assert_eq!(
        stored.phone_number().map(|it| it.as_str()),
        Some("+49 (30) 123456")
    );
    shelf.fault_at(0, || {
        Fault::Changed(|value| {
            let email = "boris@example.org".to_owned();
            value.plain_data = Some(types::SecurePlainEmail { email }.into());
        })
    });
    let error = save_with(&shelf, EmailAddress::new("anna@example.org"), &unlocked());
    assert!(matches!(error, Err(SaveError::NotAsSent)));
}

#[test]
fn nothing_secret_is_printed() {
    let shelf = Shelf::new();
    let draft = Draft::from(passport());
    let mut save = save_of(draft.clone());
    let stored = wait(save.run(&shelf, &unlocked(), |_| ())).expect("saved");
    let details = saved(
        &shelf,
        Draft::personal_details(personal_details(), NativeNames::Required),
    );
    let printed = format!(
        "{draft:?} {save:?} {stored:?} {details:?} {:?}",
        stored.content()
    ) + &format!("{:?} {:?}", stored.front_side(), stored.identity_document())
        + &format!("{:?} {:?}", details.personal_details(), unlocked());
    for secret in ["AB123456", "Anna", "2030"] {
        assert!(!printed.contains(secret), "{printed}");
    }
    let front = stored.front_side().expect("a front side");
    for number in [front.secret().expose()[5], front.secret().expose()[6]] {
        assert!(!printed.contains(&format!("[{number}, ")), "{printed}");
    }
    assert!(printed.contains("StoredValue(passport, ..)"));
}

#[test]
fn progress_counts_every_byte_once() {
    let shelf = Shelf::new();
    shelf.fault_at(2, || Fault::LostAnswer);
    let mut save = save_of(passport());
    let total = save.progress().total;
    let mut seen = vec![0];
    for _ in 0..2 {
        let _ = wait(save.run(&shelf, &unlocked(), |progress| {
            assert_eq!(progress.total, total);
            seen.push(progress.sent);
        }));
    }
    assert!(seen.windows(2).all(|pair| pair[0] < pair[1]), "{seen:?}");
    assert_eq!((seen.len(), seen.last()), (7, Some(&total)));
    let stored: u64 = shelf
        .state()
        .files
        .values()
        .map(|(_, bytes)| bytes.len() as u64)
        .sum();
    assert_eq!(total, stored);
}

const KIND: enums::SecureValueType = enums::SecureValueType::Passport;

fn save_with_new(draft: Draft) -> Result<Save, PrepareError> {
    Save::new(draft, PartSize::DEFAULT, &mut SeededRng::new(2))
}

/// A passport as the server would have it.
fn shelf_value_of(shelf: &Shelf) -> types::SecureValue {
    saved(shelf, passport());
    let bytes = enums::SecureValue::from(shelf.value(KIND))
        .to_bytes()
        .expect("TL");
    enums::SecureValue::from_bytes(&bytes)
        .expect("TL")
        .into_inner()
}

/// What the samples put into the files of that draft.
fn contents(draft: &Draft) -> Vec<Vec<u8>> {
    match draft.element_type() {
        ElementType::Passport => {
            vec![
                picture(1, 40_000),
                picture(2, 33_000),
                picture(3, 100),
                picture(4, 1),
            ]
        }
        ElementType::InternalPassport => vec![picture(5, 16)],
        kind if kind.has_reverse_side() => {
            vec![
                picture(6, 3_000),
                picture(7, 70_000),
                picture(8, 31),
                picture(9, 65_536),
            ]
        }
        kind if kind.has_files() => vec![picture(12, 19), picture(10, 17), picture(11, 18)],
        _ => vec![],
    }
}
