//! Saving: what is stored is opened by hand and comes back verified, whatever fails on the way.

use std::collections::BTreeSet;
use std::error::Error as _;

use conformance::seeded::SeededRng;
use telegram_passport::ElementType;
use telegram_passport::client::{
    Draft, DraftProblem, Failure, PartSize, PrepareError, Save, SaveError, save, wait,
};
use telegram_passport::document::{
    EmailAddress, IdDocumentField, NativeNames, PersonalDetails, PhoneNumber,
};
use telegram_passport::submission::FilePart;
use telegram_passport_tl::{Decode, Encode, enums, types};

use super::passport_client_by_hand as by_hand;
use super::passport_client_samples::{
    data_by_hand, drafts, file_by_hand, new_file, passport, passport_secret, personal_details,
    picture, save_of, save_with, saved, unlocked, unlocked_with,
};
use super::passport_client_shelf::{Cut, Fault, Shelf, State};

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
    for _ in 0..100 {
        saved(
            &shelf,
            Draft::address(super::passport_client_samples::address()),
        );
        let value = shelf.value(enums::SecureValueType::Address);
        let data = value.data.expect("data");
        let secret = by_hand::unwrap(&passport_secret(), &data.data_hash, &data.secret);
        let plain = by_hand::open(&secret, &data.data_hash, &data.data);
        paddings.insert(data.data.len() - plain.len());
        hashes.insert((data.data_hash.clone(), secret));
    }
    assert_eq!(hashes.len(), 100);
    // All lengths from 32 to 254 that fit, which are 14.
    assert_eq!(paddings.len(), 14);
    assert!(paddings.iter().all(|padding| (32..=254).contains(padding)));
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

/// Each call of a save is lost once, before it arrives or after it was carried out.
#[test]
fn whatever_call_is_lost_the_value_is_saved_once() {
    let calls = {
        let shelf = Shelf::new();
        saved(&shelf, passport());
        shelf.state().methods.len()
    };
    assert_eq!(calls, 2 + 2 + 1 + 1 + 1);
    for lost in [|| Fault::LostRequest, || Fault::LostAnswer] {
        for number in 0..calls {
            let shelf = Shelf::new();
            shelf.fault_at(number, lost);
            let mut save = save_of(passport());
            let error = wait(save.run(&shelf, &unlocked(), |_| ())).expect_err("it is cut");
            assert!(
                matches!(error, SaveError::Failed(Failure::Connection(_))),
                "{error}"
            );
            let stored = wait(save.run(&shelf, &unlocked(), |_| ())).expect("it goes on");
            assert_eq!(stored.all_files().count(), 4);
            let state = shelf.state();
            assert_eq!(state.saved.len(), 1, "call {number}");
            // The part that was on its way arrives at most twice, the others once.
            let parts: BTreeSet<_> = state.received.iter().collect();
            assert_eq!(parts.len(), 6);
            let answer_lost = matches!(lost(), Fault::LostAnswer) && number < 6;
            assert_eq!(state.received.len(), 6 + usize::from(answer_lost));
        }
    }
}

#[test]
fn a_flood_wait_is_handed_over_and_nothing_is_sent_twice() {
    for number in 0..7 {
        let shelf = Shelf::new();
        shelf.fault_at(number, || Fault::Refused(420, "FLOOD_WAIT_17"));
        let mut save = save_of(passport());
        let error = wait(save.run(&shelf, &unlocked(), |_| ())).expect_err("it must wait");
        assert!(matches!(error, SaveError::Wait { seconds: 17 }), "{error}");
        wait(save.run(&shelf, &unlocked(), |_| ())).expect("it goes on");
        let state = shelf.state();
        assert_eq!((state.received.len(), state.saved.len()), (6, 1));
        assert_eq!(state.methods.len(), 8);
    }
}

#[test]
fn parts_that_the_server_has_lost_are_sent_again() {
    let shelf = Shelf::new();
    let mut lost = 0;
    shelf.fault(move |state, method| {
        if method == "account.saveSecureValue" && lost < 2 {
            let last = state
                .parts
                .keys()
                .copied()
                .filter(|(_, part)| *part == 1 - lost)
                .max();
            state.parts.remove(&last.expect("such a part"));
            lost += 1;
        }
        Fault::None
    });
    let mut save = save_of(passport());
    wait(save.run(&shelf, &unlocked(), |_| ())).expect("it is mended");
    assert_eq!(
        file_by_hand(&shelf, &files_of(&shelf.value(KIND))[0]),
        picture(1, 40_000)
    );
    let state = shelf.state();
    // Part 1 of the two files that have one, then part 0 of all four.
    assert_eq!(state.received.len(), 6 + 2 + 4);
    assert_eq!(state.saved.len(), 1);
}

#[test]
fn all_parts_are_sent_again_if_all_are_lost_or_damaged() {
    let damages: [fn(&mut State); 2] = [
        |state| state.parts.clear(),
        |state| state.parts.values_mut().for_each(|part| part[0] ^= 1),
    ];
    for damage in damages {
        let shelf = Shelf::new();
        let mut damaged = false;
        shelf.fault(move |state, method| {
            if method == "account.saveSecureValue" && !damaged {
                damage(state);
                damaged = true;
            }
            Fault::None
        });
        wait(save_of(passport()).run(&shelf, &unlocked(), |_| ())).expect("it is mended");
        assert_eq!(
            file_by_hand(&shelf, &files_of(&shelf.value(KIND))[1]),
            picture(2, 33_000)
        );
    }
}

#[test]
fn a_server_that_loses_every_part_is_given_up() {
    for (code, name) in [(400, "FILE_PART_0_MISSING"), (400, "MD5_CHECKSUM_INVALID")] {
        let shelf = Shelf::new();
        shelf.fault(move |_, method| match method {
            "account.saveSecureValue" => Fault::Refused(code, name),
            _ => Fault::None,
        });
        let error = save_with(&shelf, passport(), &unlocked()).expect_err("it is in vain");
        assert!(
            matches!(error, SaveError::Failed(Failure::Rpc(_))),
            "{error}"
        );
        assert!(shelf.state().received.len() <= 6 * 6);
    }
    // A part that no file has cannot be sent again.
    let shelf = Shelf::new();
    shelf.fault_at(6, || Fault::Refused(400, "FILE_PART_99_MISSING"));
    assert!(save_with(&shelf, passport(), &unlocked()).is_err());
    assert_eq!(shelf.state().received.len(), 6);
}

#[test]
fn a_part_that_is_not_taken_can_be_sent_again() {
    let shelf = Shelf::new();
    shelf.fault_at(3, || Fault::False);
    let mut save = save_of(passport());
    let error = wait(save.run(&shelf, &unlocked(), |_| ())).expect_err("it is refused");
    let (part, number) = (FilePart::Selfie, 1);
    assert!(
        matches!(error, SaveError::PartRefused { part: p, number: n } if (p, n) == (part, number)),
        "{error}"
    );
    wait(save.run(&shelf, &unlocked(), |_| ())).expect("it goes on");
    assert_eq!(shelf.state().received.len(), 6);
}

#[test]
fn refusals_say_what_to_do() {
    type IsRight = fn(&SaveError<Cut>) -> bool;
    let refusals: [(&str, IsRight); 9] = [
        ("SECURE_SECRET_REQUIRED", |it| {
            matches!(it, SaveError::SecretRequired)
        }),
        ("SECURE_SECRET_INVALID", |it| {
            matches!(it, SaveError::SecretInvalid)
        }),
        ("PASSWORD_REQUIRED", |it| {
            matches!(it, SaveError::PasswordRequired)
        }),
        ("PHONE_VERIFICATION_NEEDED", |it| {
            matches!(it, SaveError::PhoneVerificationNeeded)
        }),
        ("EMAIL_VERIFICATION_NEEDED", |it| {
            matches!(it, SaveError::EmailVerificationNeeded)
        }),
        ("PHONE_NUMBER_INVALID", |it| {
            matches!(it, SaveError::PhoneNumberInvalid)
        }),
        ("EMAIL_INVALID", |it| matches!(it, SaveError::EmailInvalid)),
        ("APP_VERSION_OUTDATED", |it| {
            matches!(it, SaveError::AppVersionOutdated)
        }),
        (
            "SOMETHING_ELSE",
            |it| matches!(it, SaveError::Failed(failure) if failure.is_rpc("SOMETHING_ELSE")),
        ),
    ];
    for (name, is_right) in refusals {
        for code in [400, 406] {
            let shelf = Shelf::new();
            shelf.fault_at(0, move || Fault::Refused(code, name));
            let mut save = save_of(PhoneNumber::new("+49 30 123456"));
            let error = wait(save.run(&shelf, &unlocked(), |_| ())).expect_err("refused");
            assert!(is_right(&error), "{name}: {error}");
            assert!(!error.to_string().ends_with('.'));
            // It was not carried out, so there is nothing to look for.
            wait(save.run(&shelf, &unlocked(), |_| ())).expect("it goes on");
            assert_eq!(shelf.state().methods, ["account.saveSecureValue"; 2]);
        }
    }
}

#[test]
fn a_passport_secret_replaced_meanwhile_costs_no_upload() {
    let shelf = Shelf::new();
    let replaced = by_hand::secret(9);
    shelf.state_mut().secret_id = Some(unlocked_with(&replaced).secret_id());
    let mut save = save_of(passport());
    let error = wait(save.run(&shelf, &unlocked(), |_| ())).expect_err("replaced");
    assert!(matches!(error, SaveError::SecretInvalid), "{error}");
    let stored = wait(save.run(&shelf, &unlocked_with(&replaced), |_| ())).expect("saved");
    assert_eq!(stored.secret_id(), unlocked_with(&replaced).secret_id());
    assert_eq!(shelf.state().received.len(), 6);
    let data = shelf.value(KIND).data.expect("data");
    let secret = by_hand::unwrap(&replaced, &data.data_hash, &data.secret);
    assert!(by_hand::open(&secret, &data.data_hash, &data.data).starts_with(b"{\"document_no\""));
}

#[test]
fn a_file_stored_under_another_secret_is_not_kept() {
    let shelf = Shelf::new();
    let stored = saved(&shelf, passport());
    let before = shelf.state().methods.len();
    let other = unlocked_with(&by_hand::secret(9));
    let error = save_with(&shelf, Draft::from_stored(&stored), &other).expect_err("refused");
    let part = FilePart::FrontSide;
    assert!(
        matches!(error, SaveError::KeptUnderOtherSecret { part: p } if p == part),
        "{error}"
    );
    assert_eq!(shelf.state().methods.len(), before);
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
        br#"{"document_no":"CD7"}"#
    );
}

#[test]
fn an_answer_that_is_not_what_was_sent_is_noticed() {
    type Change = fn(&mut types::SecureValue);
    let changes: [Change; 9] = [
        |value| value.data.as_mut().expect("data").data[40] ^= 1,
        |value| value.data.as_mut().expect("data").secret[3] ^= 1,
        |value| value.selfie = None,
        |value| value.translation.as_mut().expect("two").swap(0, 1),
        |value| value.translation.as_mut().expect("two").truncate(1),
        |value| value.front_side = value.selfie.clone(),
        |value| {
            let front_side = value.front_side.clone();
            value.translation.as_mut().expect("two").extend(front_side);
        },
        |value| value.r#type = enums::SecureValueType::InternalPassport,
        |value| value.data = Some(sealed_data(b"{\"document_no\":\"X\"}").into()),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let shelf = Shelf::new();
        shelf.fault_at(6, move || Fault::Changed(change));
        let mut save = save_of(passport());
        let error = wait(save.run(&shelf, &unlocked(), |_| ())).expect_err("it is noticed");
        match number {
            0 | 1 => assert!(matches!(error, SaveError::Returned(_)) && error.source().is_some()),
            _ => assert!(matches!(error, SaveError::NotAsSent), "{number}: {error}"),
        }
        // Only the answer was wrong: what is stored is found to be right.
        wait(save.run(&shelf, &unlocked(), |_| ())).expect("it is stored");
        assert_eq!(shelf.state().saved.len(), 1);
        assert_eq!(
            shelf.state().methods.last(),
            Some(&"account.getSecureValue")
        );
    }
}

#[test]
fn a_value_that_was_stored_wrongly_is_saved_again() {
    let shelf = Shelf::new();
    shelf.fault_at(6, || Fault::Changed(|value| value.selfie = None));
    let mut save = save_of(passport());
    wait(save.run(&shelf, &unlocked(), |_| ())).expect_err("it is noticed");
    shelf.fault(|_, _| Fault::None);
    shelf.state_mut().values[0].selfie = None;
    let stored = wait(save.run(&shelf, &unlocked(), |_| ())).expect("it is mended");
    assert!(stored.selfie().is_some());
    assert_eq!(shelf.state().saved.len(), 2);
    let selfie = files_of(&shelf.value(KIND)).remove(1);
    assert_eq!(file_by_hand(&shelf, &selfie), picture(2, 33_000));
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

fn sealed_data(plain: &[u8]) -> types::SecureData {
    let secret = by_hand::secret(3);
    let sealed = by_hand::seal(&secret, &by_hand::padding(plain.len()), plain);
    types::SecureData {
        data: sealed.bytes,
        data_hash: sealed.hash.to_vec(),
        secret: by_hand::wrap(&passport_secret(), &sealed.hash, &secret),
    }
}

fn files_of(value: &types::SecureValue) -> Vec<enums::SecureFile> {
    let singles = [&value.front_side, &value.reverse_side, &value.selfie];
    let lists = [&value.translation, &value.files];
    let singles = singles.into_iter().flatten();
    singles
        .chain(lists.into_iter().flatten().flatten())
        .cloned()
        .collect()
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
