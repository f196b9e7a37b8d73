//! Saving when calls, answers and parts are lost, when the server refuses or answers something else.

use std::collections::BTreeSet;
use std::error::Error as _;

use rand_core::{TryCryptoRng, TryRng};
use telegram_passport::client::{Draft, Failure, PartSize, PrepareError, Save, SaveError, wait};
use telegram_passport::document::PhoneNumber;
use telegram_passport::submission::FilePart;
use telegram_passport_tl::{enums, types};

use super::passport_client_by_hand as by_hand;
use super::passport_client_samples::{
    file_by_hand, files_of, passport, picture, save_of, save_with, saved, sealed_data, unlocked,
    unlocked_with,
};
use super::passport_client_shelf::{Cut, Fault, Shelf, State};

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

/// Neither is a secret made without randomness, nor is anything sent.
#[test]
fn without_randomness_nothing_is_made() {
    for working in 0..4 {
        let rng = &mut Exhausted(working);
        let error =
            Save::new(passport().into(), PartSize::DEFAULT, rng).expect_err("no randomness");
        let text = match &error {
            PrepareError::Randomness(text) => text.clone(),
            PrepareError::Source { error, .. } => error.to_string(),
            PrepareError::Draft(error) => panic!("{error}"),
            other => panic!("{other}"),
        };
        assert!(text.contains("no more of it"), "{text}");
    }
}

/// Randomness that ends after so many calls.
struct Exhausted(u32);

#[derive(Debug)]
struct NoMore;

impl std::fmt::Display for NoMore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no more of it")
    }
}

impl std::error::Error for NoMore {}

impl TryRng for Exhausted {
    type Error = NoMore;

    fn try_next_u32(&mut self) -> Result<u32, NoMore> {
        self.0 = self.0.checked_sub(1).ok_or(NoMore)?;
        Ok(self.0)
    }

    fn try_next_u64(&mut self) -> Result<u64, NoMore> {
        self.try_next_u32().map(u64::from)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), NoMore> {
        let fill = self.try_next_u32()?;
        bytes.fill(fill as u8);
        Ok(())
    }
}

impl TryCryptoRng for Exhausted {}

const KIND: enums::SecureValueType = enums::SecureValueType::Passport;
