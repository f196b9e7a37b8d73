//! Drafts: rules that hold before anything is encrypted, and files that are there twice.

use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use conformance::seeded::SeededRng;
use telegram_passport::ElementType;
use telegram_passport::client::{
    AddressDocumentDraft, Draft, DraftError, DraftFile, DraftProblem, IdentityDocumentDraft,
    MAX_FILE_LENGTH, NewFile, PartSize, PrepareError, Save,
};
use telegram_passport::document::{
    AddressField, EmailAddress, NativeNames, PersonalDetailsField, PhoneNumber, Rule,
};
use telegram_passport::scope::AddressDocument;
use telegram_passport::submission::FilePart;

use super::passport_client_samples::{
    address, drafts, id_data, new_file, passport, personal_details, picture, saved,
};
use super::passport_client_shelf::Shelf;

#[test]
fn sound_drafts_break_no_rule() {
    for draft in drafts() {
        draft.validate().expect("it is sound");
        let mut same = draft.clone();
        same.remove_duplicates().expect("it has none");
        assert_eq!(same.all_files().len(), draft.all_files().len());
    }
}

#[test]
fn violations_are_told_by_field() {
    let mut details = personal_details();
    details.set(PersonalDetailsField::BirthDate, "31.04.2000");
    details.set(PersonalDetailsField::FirstNameNative, "");
    let draft = |native_names| Draft::personal_details(details.clone(), native_names);
    let fields = |native_names| {
        let error = draft(native_names)
            .validate()
            .expect_err("rules are broken");
        let [DraftProblem::PersonalDetails(violations)] = error.problems() else {
            panic!("{error}")
        };
        violations
            .iter()
            .map(|it| (it.field, it.rule))
            .collect::<Vec<_>>()
    };
    let date = (PersonalDetailsField::BirthDate, Rule::NotACalendarDate);
    let native = (PersonalDetailsField::FirstNameNative, Rule::Missing);
    assert_eq!(fields(NativeNames::NotRequired), [date]);
    assert_eq!(fields(NativeNames::Required), [date, native]);

    let error = Draft::address(address().with(AddressField::PostCode, "1")).validate();
    let error = error.expect_err("rules are broken");
    assert_eq!(error.element_type(), ElementType::Address);
    assert!(matches!(error.problems(), [DraftProblem::Address(_)]));
    for draft in [
        Draft::from(PhoneNumber::new("one")),
        Draft::from(EmailAddress::new("anna at example.org")),
    ] {
        let error = draft.validate().expect_err("rules are broken");
        assert!(
            matches!(error.problems(), [DraftProblem::Plain(_)]),
            "{error}"
        );
    }
}

#[test]
fn files_have_a_byte_at_least_and_ten_megabytes_at_most() {
    let problem = |length| {
        let file = NewFile::from_source(length, || -> io::Result<Cursor<Vec<u8>>> {
            panic!("rules come before reading")
        });
        let mut draft = passport();
        *draft.selfie_mut() = Some(file.into());
        let outcome = Draft::from(draft).validate();
        outcome.err().map(|error| error.to_string())
    };
    assert_eq!(MAX_FILE_LENGTH, 10 * 1024 * 1024);
    assert_eq!(problem(1), None);
    assert_eq!(problem(10 * 1024 * 1024), None);
    assert!(problem(0).is_some_and(|it| it.ends_with("selfie: the file is empty")));
    let long = problem(10 * 1024 * 1024 + 1).expect("too long");
    assert!(
        long.contains("10485761 bytes, more than the 10485760"),
        "{long}"
    );
}

#[test]
fn twenty_files_and_twenty_translations() {
    let bill = |files: u8, translations: u8| {
        let files = (0..files).map(|at| new_file(at, 100));
        let mut bill = AddressDocumentDraft::new(AddressDocument::BankStatement, files);
        let more = (0..translations).map(|at| new_file(100 + at, 100).into());
        bill.translation_mut().extend(more);
        Draft::from(bill).validate()
    };
    assert!(bill(1, 0).is_ok() && bill(20, 20).is_ok());
    let problems = |outcome: Result<(), DraftError>| {
        let error = outcome.expect_err("rules are broken");
        error
            .problems()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("; ")
    };
    assert_eq!(problems(bill(0, 3)), "it must have a file at least");
    let files = problems(bill(21, 0));
    assert_eq!(files, "it has 21 files, more than the 20 allowed");
    let both = problems(bill(22, 23));
    assert!(
        both.contains("22 files") && both.contains("translation has 23 files"),
        "{both}"
    );
}

#[test]
fn a_file_twice_in_a_list_is_taken_once() {
    let files = [
        new_file(1, 50),
        new_file(2, 50),
        new_file(1, 50),
        new_file(1, 51),
    ];
    let mut bill = AddressDocumentDraft::new(AddressDocument::UtilityBill, files);
    let translation = [new_file(3, 9), new_file(2, 50), new_file(3, 9)];
    *bill.translation_mut() = translation.map(DraftFile::from).into();
    let mut draft = Draft::from(bill);
    draft.remove_duplicates().expect("they can be read");
    let kept: Vec<_> = draft
        .all_files()
        .into_iter()
        .map(|(part, file)| (part, content(file)))
        .collect();
    let expected = [
        (FilePart::Translation(0), picture(3, 9)),
        (FilePart::Files(0), picture(1, 50)),
        (FilePart::Files(1), picture(2, 50)),
        (FilePart::Files(2), picture(1, 51)),
    ];
    assert_eq!(kept, expected);

    let mut passport = passport();
    *passport.translation_mut() = vec![new_file(1, 40_000).into(), new_file(3, 1).into()];
    let mut draft = Draft::from(passport);
    draft.remove_duplicates().expect("they can be read");
    assert_eq!(draft.all_files().len(), 3);
}

#[test]
fn sides_and_selfie_must_be_different_pictures() {
    let other = || new_file(9, 50);
    let same = || new_file(1, 50);
    let card = |front, reverse, selfie: NewFile| {
        let mut card = IdentityDocumentDraft::identity_card(id_data(), front, reverse);
        *card.selfie_mut() = Some(selfie.into());
        let rng = &mut SeededRng::new(1);
        Save::new(card.into(), PartSize::DEFAULT, rng).map(drop)
    };
    assert!(card(same(), other(), new_file(8, 50)).is_ok());
    use FilePart::{FrontSide, ReverseSide, Selfie};
    for (files, expected) in [
        ([same(), same(), other()], (FrontSide, ReverseSide)),
        ([same(), other(), same()], (FrontSide, Selfie)),
        ([other(), same(), same()], (ReverseSide, Selfie)),
    ] {
        let [front, reverse, selfie] = files;
        let Err(PrepareError::Draft(error)) = card(front, reverse, selfie) else {
            panic!("they are the same")
        };
        let [DraftProblem::SameFile(one, two)] = error.problems() else {
            panic!("{error}")
        };
        assert_eq!((*one, *two), expected);
    }
}

#[test]
fn stored_files_are_the_same_by_their_id() {
    let shelf = Shelf::new();
    let stored = saved(&shelf, passport());
    let Draft::IdentityDocument(mut draft) = Draft::from_stored(&stored) else {
        panic!("a passport")
    };
    let page = draft.translation()[0].clone();
    draft.translation_mut().push(page);
    let front = draft.front_side().clone();
    draft.translation_mut().push(front);
    let mut draft = Draft::from(*draft);
    draft.remove_duplicates().expect("nothing is read");
    assert_eq!(draft.all_files().len(), 4);
    if let Draft::IdentityDocument(draft) = &mut draft {
        *draft.selfie_mut() = Some(draft.front_side().clone());
    }
    let error = draft.remove_duplicates().expect_err("the same picture");
    assert!(
        matches!(error.problems(), [DraftProblem::SameFile(..)]),
        "{error}"
    );
}

#[test]
fn what_is_drafted_from_stored_has_all_its_parts() {
    let shelf = Shelf::new();
    for draft in drafts() {
        let stored = saved(&shelf, draft.clone());
        let again = Draft::from_stored(&stored);
        assert_eq!(again.element_type(), draft.element_type());
        let parts = |draft: &Draft| draft.all_files().iter().map(|it| it.0).collect::<Vec<_>>();
        assert_eq!(parts(&again), parts(&draft));
        let uploaded = shelf.state().received.len();
        let kept = saved(&shelf, again);
        assert_eq!(
            shelf.state().received.len(),
            uploaded,
            "nothing is uploaded again"
        );
        let ids = |it: &telegram_passport::client::StoredValue| {
            it.all_files()
                .map(|(_, file)| file.remote().id)
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&kept), ids(&stored));
    }
}

#[test]
fn a_passport_has_no_reverse_side_to_be_filled() {
    let file = || new_file(1, 1);
    assert!(passport().reverse_side_mut().is_none() && passport().reverse_side().is_none());
    let mut internal = IdentityDocumentDraft::internal_passport(id_data(), file());
    assert!(internal.reverse_side_mut().is_none());
    let mut license = IdentityDocumentDraft::driver_license(id_data(), file(), file());
    *license.reverse_side_mut().expect("a side") = new_file(2, 2).into();
    assert_eq!(license.reverse_side().map(content), Some(picture(2, 2)));
}

/// Only files of equal length are read, and no further than to their first difference.
#[test]
fn files_are_compared_without_reading_more_than_needed() {
    let read = Arc::new(AtomicUsize::new(0));
    let counted = |seed: u8, length: u64| {
        let read = Arc::clone(&read);
        NewFile::from_source(length, move || {
            let read = Arc::clone(&read);
            Ok(Counted(Cursor::new(picture(seed, length as usize)), read))
        })
    };
    let files = [
        counted(1, 100_000),
        counted(2, 100_001),
        counted(3, 100_000),
    ];
    let mut bill = Draft::from(AddressDocumentDraft::new(
        AddressDocument::RentalAgreement,
        files,
    ));
    bill.remove_duplicates().expect("they can be read");
    assert_eq!(bill.all_files().len(), 3);
    assert_eq!(read.load(Ordering::Relaxed), 2 * 16 * 1024);
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let broken = || NewFile::from_source(5, || Err::<io::Empty, _>(io::ErrorKind::NotFound.into()));
    let files = [new_file(1, 5), broken()];
    let mut bill = Draft::from(AddressDocumentDraft::new(
        AddressDocument::UtilityBill,
        files,
    ));
    let error = bill.remove_duplicates().expect_err("it cannot be read");
    let [DraftProblem::Source { part, .. }] = error.problems() else {
        panic!("{error}")
    };
    assert_eq!(*part, FilePart::Files(1));

    let one = AddressDocumentDraft::new(AddressDocument::UtilityBill, [broken()]);
    let outcome = Save::new(one.into(), PartSize::DEFAULT, &mut SeededRng::new(1));
    let Err(PrepareError::Source { part, error }) = outcome else {
        panic!("it is broken")
    };
    assert_eq!(part, FilePart::Files(0));
    assert!(error.to_string().starts_with("the file cannot be read"));
}

fn content(file: &DraftFile) -> Vec<u8> {
    // A new file shows its content to nobody but to an upload, so the samples are tried.
    let DraftFile::New(file) = file else {
        panic!("it is stored")
    };
    let all = (0..=20).flat_map(|seed| [1, 2, 9, 50, 51].map(|length| picture(seed, length)));
    let is_same = |content: &Vec<u8>| {
        let pair = [file.clone(), NewFile::from_bytes(content.clone())];
        let mut draft = Draft::from(AddressDocumentDraft::new(
            AddressDocument::UtilityBill,
            pair,
        ));
        draft.remove_duplicates().is_ok() && draft.all_files().len() == 1
    };
    all.into_iter().find(is_same).expect("one of the samples")
}

struct Counted(Cursor<Vec<u8>>, Arc<AtomicUsize>);

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        self.1.fetch_add(count, Ordering::Relaxed);
        Ok(count)
    }
}
