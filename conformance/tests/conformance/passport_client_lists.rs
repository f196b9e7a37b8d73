//! Stored values without a form, and their files: listed, fetched, deleted.

use telegram_passport::ElementType;
use telegram_passport::client::{
    FetchError, StoredError, StoredProblem, StoredValues, ValuesError, all_stored_values,
    delete_stored_values, stored_values, wait,
};
use telegram_passport::file::Memory;
use telegram_passport_tl::enums;

use super::passport_client_samples::{drafts, passport, picture, saved, unlocked};
use super::passport_client_shelf::{Fault, Shelf};
use super::passport_client_stored::full;

#[test]
fn a_list_tells_what_opened_and_what_did_not() {
    let mut damaged = full(ElementType::Address);
    damaged.data.as_mut().expect("data").data[7] ^= 1;
    let list = [
        full(ElementType::Passport),
        damaged,
        full(ElementType::Email),
        full(ElementType::Passport),
    ];
    let opened = StoredValues::open(list.map(Into::into), &unlocked());
    let kinds: Vec<_> = opened.values.iter().map(|it| it.element_type()).collect();
    assert_eq!(kinds, [ElementType::Passport, ElementType::Email]);
    assert!(opened.get(ElementType::Email).is_some() && opened.get(ElementType::Address).is_none());
    let unusable: Vec<_> = opened
        .unusable
        .iter()
        .map(StoredError::element_type)
        .collect();
    assert_eq!(unusable, [ElementType::Address, ElementType::Passport]);
    assert!(matches!(opened.unusable[1].problem(), StoredProblem::Twice));
}

#[test]
fn values_are_listed_fetched_and_deleted() {
    let shelf = Shelf::new();
    for draft in drafts() {
        saved(&shelf, draft);
    }
    let all = wait(all_stored_values(&shelf, &unlocked())).expect("a list");
    assert_eq!((all.values.len(), all.unusable.len()), (13, 0));
    let kinds = [ElementType::Email, ElementType::UtilityBill];
    let some = wait(stored_values(&shelf, &unlocked(), &kinds)).expect("a list");
    assert_eq!(some.values.len(), 2);
    assert_eq!(
        some.get(ElementType::UtilityBill)
            .map(|it| it.files().len()),
        Some(2)
    );
    wait(delete_stored_values(&shelf, &kinds)).expect("deleted");
    let some = wait(stored_values(&shelf, &unlocked(), &kinds)).expect("a list");
    assert!(some.values.is_empty());
    assert_eq!(shelf.state().values.len(), 11);
}

#[test]
fn refusals_of_lists_say_what_to_do() {
    let shelf = Shelf::new();
    let refuse = |name| shelf.fault_at(0, move || Fault::Refused(400, name));
    refuse("SECURE_SECRET_REQUIRED");
    let error = wait(all_stored_values(&shelf, &unlocked())).expect_err("refused");
    assert!(matches!(error, ValuesError::SecretRequired));
    refuse("APP_VERSION_OUTDATED");
    let error = wait(stored_values(&shelf, &unlocked(), &[])).expect_err("refused");
    assert!(matches!(error, ValuesError::AppVersionOutdated));
    refuse("FLOOD_WAIT_8");
    let error = wait(delete_stored_values(&shelf, &[ElementType::Email])).expect_err("refused");
    assert!(matches!(error, ValuesError::Wait { seconds: 8 }));
    shelf.fault_at(0, || Fault::False);
    let error = wait(delete_stored_values(&shelf, &[ElementType::Email])).expect_err("refused");
    assert!(matches!(error, ValuesError::NotDeleted));
}

/// What was not asked for is not taken, whatever the server sends.
#[test]
fn values_of_other_kinds_are_not_taken() {
    let telegram = conformance::scripted::Scripted::new().answer(
        "account.getSecureValue",
        &vec![enums::SecureValue::from(full(ElementType::Email))],
    );
    let found = wait(stored_values(
        &telegram,
        &unlocked(),
        &[ElementType::PhoneNumber],
    ))
    .expect("a list");
    assert!(found.values.is_empty());
}

#[test]
fn a_download_follows_waits_and_goes_on() {
    let shelf = Shelf::new();
    let stored = saved(&shelf, passport());
    let id = stored.front_side().expect("a front side").remote().id;
    // It lies elsewhere by now.
    shelf
        .state_mut()
        .files
        .get_mut(&id)
        .expect("the file")
        .0
        .dc_id = 4;
    let file = stored.front_side().expect("a front side");
    let mut download = file.download(Memory::new());
    let mut count = 0;
    shelf.fault(move |_, _| {
        count += 1;
        match count {
            1 => Fault::LostRequest,
            3 => Fault::Refused(420, "FLOOD_WAIT_6"),
            4 => Fault::LostAnswer,
            _ => Fault::None,
        }
    });
    let error = wait(download.run(&shelf, |_| ())).expect_err("it is cut");
    assert!(matches!(error, FetchError::Failed(_)));
    let error = wait(download.run(&shelf, |_| ())).expect_err("it must wait");
    assert!(matches!(error, FetchError::Wait { seconds: 6 }), "{error}");
    let error = wait(download.run(&shelf, |_| ())).expect_err("it is cut");
    assert!(matches!(error, FetchError::Failed(_)));
    let content = wait(download.run(&shelf, |_| ())).expect("it is there");
    assert_eq!(content.as_bytes(), picture(1, 40_000));
    let again = wait(download.run(&shelf, |_| ())).expect_err("it was handed over");
    assert!(matches!(again, FetchError::File(_)));
}

#[test]
fn a_damaged_file_is_not_handed_over() {
    let shelf = Shelf::new();
    let stored = saved(&shelf, passport());
    let file = stored.front_side().expect("a front side");
    let id = file.remote().id;
    for damage in [0, 20_000, 40_000] {
        shelf.state_mut().files.get_mut(&id).expect("the file").1[damage] ^= 1;
        let error = wait(file.fetch(&shelf)).expect_err("it was damaged");
        assert!(matches!(error, FetchError::File(_)), "{error}");
        shelf.state_mut().files.get_mut(&id).expect("the file").1[damage] ^= 1;
    }
    assert!(wait(file.fetch(&shelf)).is_ok());
    let mut limited = file.download(Memory::new()).with_limit(1000);
    assert!(wait(limited.run(&shelf, |_| ())).is_err());
    shelf.state_mut().files.clear();
    let error = wait(file.fetch(&shelf)).expect_err("it is gone");
    assert!(matches!(error, FetchError::Failed(failure) if failure.is_rpc("FILE_ID_INVALID")));
}
