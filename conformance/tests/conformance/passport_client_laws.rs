//! Laws: whatever is saved, replaced, kept, dropped and deleted, with calls lost in between, the
//! server has what a model of it says, and all of it can be read.

use std::collections::BTreeMap;

use conformance::random::for_each;
use proptest::prelude::*;
use telegram_passport::ElementType;
use telegram_passport::client::{
    AddressDocumentDraft, Draft, DraftFile, IdentityDocumentDraft, SaveError, StoredValue,
    all_stored_values, delete_stored_values, stored_values, wait,
};
use telegram_passport::document::{IdDocumentData, IdDocumentField};
use telegram_passport::scope::AddressDocument;
use telegram_passport::submission::FilePart;

use super::passport_client_samples::{new_file, picture, save_of, unlocked};
use super::passport_client_shelf::{Fault, Shelf};

/// What one step does, and which of its calls is lost.
#[derive(Debug, Clone)]
struct Step {
    action: Action,
    fault: Option<(usize, Lost)>,
    /// After a failure the step is run again; else the user gives up.
    is_repeated: bool,
}

#[derive(Debug, Clone)]
enum Action {
    /// A new document with so many more files.
    Save {
        two_sided: bool,
        number: u8,
        files: u8,
    },
    SaveBill {
        seeds: Vec<u8>,
    },
    /// Of what is stored: another selfie or none, one page of the translation more.
    Change {
        selfie: Option<u8>,
        page: u8,
    },
    Delete {
        bill: bool,
    },
}

#[derive(Debug, Clone, Copy)]
enum Lost {
    Request,
    Answer,
    Flood,
    Part,
}

/// A value: its number, if it has one, and the content of its files.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Value {
    number: Option<String>,
    files: Vec<(FilePart, Vec<u8>)>,
}

type Model = BTreeMap<ElementType, Value>;

#[test]
fn the_server_has_what_the_model_has() {
    let steps = prop::collection::vec(step(), 1..24);
    for_each(150, steps, |steps| {
        let (shelf, mut model) = (Shelf::new(), Model::new());
        for step in steps {
            run(&shelf, &mut model, step)?;
        }
        Ok(())
    });
}

fn step() -> impl Strategy<Value = Step> {
    let seed = 1..=40_u8;
    let action = prop_oneof![
        (any::<bool>(), seed.clone(), 0..3_u8).prop_map(|(two_sided, number, files)| {
            Action::Save {
                two_sided,
                number,
                files,
            }
        }),
        prop::collection::btree_set(seed.clone(), 1..4).prop_map(|seeds| Action::SaveBill {
            seeds: seeds.into_iter().collect()
        }),
        (prop::option::of(seed.clone()), seed)
            .prop_map(|(selfie, page)| Action::Change { selfie, page }),
        any::<bool>().prop_map(|bill| Action::Delete { bill }),
    ];
    let lost = prop::sample::select(vec![Lost::Request, Lost::Answer, Lost::Flood, Lost::Part]);
    let fault = prop::option::of((0..8_usize, lost));
    (action, fault, any::<bool>()).prop_map(|(action, fault, is_repeated)| Step {
        action,
        fault,
        is_repeated,
    })
}

fn run(shelf: &Shelf, model: &mut Model, step: Step) -> Result<(), TestCaseError> {
    let draft = match &step.action {
        Action::Save {
            two_sided,
            number,
            files,
        } => Some(document(*two_sided, *number, *files)),
        Action::SaveBill { seeds } => Some(bill(seeds)),
        Action::Change { selfie, page } => changed(shelf, model, *selfie, *page),
        Action::Delete { bill } => {
            let kind = match bill {
                true => ElementType::UtilityBill,
                false => ElementType::Passport,
            };
            wait(delete_stored_values(shelf, &[kind])).expect("no fault is set");
            model.remove(&kind);
            None
        }
    };
    if let Some((draft, new)) = draft {
        let kind = draft.element_type();
        let old = model.get(&kind).cloned();
        set_fault(shelf, step.fault);
        let mut save = save_of(draft);
        let mut outcome = wait(save.run(shelf, &unlocked(), |_| ()));
        shelf.fault(|_, _| Fault::None);
        if outcome.is_err() && step.is_repeated {
            outcome = wait(save.run(shelf, &unlocked(), |_| ()));
            prop_assert!(
                outcome.is_ok(),
                "{:?}",
                outcome.err().map(|it| it.to_string())
            );
        }
        match outcome {
            Ok(stored) => {
                prop_assert_eq!(&read(shelf, &stored), &new);
                model.insert(kind, new);
            }
            // The old value is there, or the new one: never a third.
            Err(error) => {
                let typed = matches!(error, SaveError::Failed(_) | SaveError::Wait { .. });
                prop_assert!(typed, "{error}");
                let found =
                    wait(stored_values(shelf, &unlocked(), &[kind])).expect("no fault is set");
                match found.get(kind).map(|stored| read(shelf, stored)) {
                    found if found == old => {}
                    Some(found) => {
                        prop_assert_eq!(&found, &new);
                        model.insert(kind, found);
                    }
                    None => return Err(TestCaseError::fail("the value is lost")),
                }
            }
        }
    }
    let all = wait(all_stored_values(shelf, &unlocked())).expect("no fault is set");
    prop_assert!(all.unusable.is_empty());
    let found: Model = all
        .values
        .iter()
        .map(|it| (it.element_type(), read(shelf, it)))
        .collect();
    prop_assert_eq!(found.len(), all.values.len());
    prop_assert_eq!(&found, &*model);
    Ok(())
}

fn set_fault(shelf: &Shelf, fault: Option<(usize, Lost)>) {
    let Some((at, lost)) = fault else { return };
    let mut count = 0;
    shelf.fault(move |state, _| {
        count += 1;
        match lost {
            _ if count != at + 1 => Fault::None,
            Lost::Request => Fault::LostRequest,
            Lost::Answer => Fault::LostAnswer,
            Lost::Flood => Fault::Refused(420, "FLOOD_WAIT_1"),
            Lost::Part => {
                state.parts.pop_first();
                Fault::None
            }
        }
    });
}

/// An identity document, and what will be read of it.
fn document(two_sided: bool, number: u8, files: u8) -> (Draft, Value) {
    let text = format!("N{number}");
    let data = IdDocumentData::new().with(IdDocumentField::DocumentNo, text.as_str());
    let mut new = Value {
        number: Some(text),
        files: Vec::new(),
    };
    let mut document = match two_sided {
        true => {
            let front = new.file(FilePart::FrontSide, 51, 3000);
            let reverse = new.file(FilePart::ReverseSide, 52, 10);
            IdentityDocumentDraft::identity_card(data, front, reverse)
        }
        false => {
            let front = new.file(FilePart::FrontSide, 53, 33_000);
            IdentityDocumentDraft::passport(data, front)
        }
    };
    if files > 1 {
        *document.selfie_mut() = Some(new.file(FilePart::Selfie, number, 500));
    }
    for at in 0..files {
        let page = new.file(FilePart::Translation(at.into()), 60 + at, 1100);
        document.translation_mut().push(page);
    }
    (document.into(), new)
}

fn bill(seeds: &[u8]) -> (Draft, Value) {
    let mut new = Value {
        number: None,
        files: Vec::new(),
    };
    let seeds = seeds.iter().enumerate();
    let files = seeds.map(|(at, seed)| new.file(FilePart::Files(at), *seed, 2000));
    let bill = AddressDocumentDraft::new(AddressDocument::UtilityBill, files);
    (bill.into(), new)
}

/// The stored passport with some of its parts kept.
fn changed(shelf: &Shelf, model: &Model, selfie: Option<u8>, page: u8) -> Option<(Draft, Value)> {
    let kind = ElementType::Passport;
    let found = wait(stored_values(shelf, &unlocked(), &[kind])).expect("no fault is set");
    let Draft::IdentityDocument(mut draft) = Draft::from_stored(found.get(kind)?) else {
        panic!("a passport")
    };
    let mut new = model.get(&kind)?.clone();
    new.files.retain(|(part, _)| *part != FilePart::Selfie);
    *draft.selfie_mut() = selfie.map(|seed| new.file(FilePart::Selfie, seed, 600));
    let at = draft.translation().len();
    if at < 20 {
        let page = new.file(FilePart::Translation(at), page, 1000 + usize::from(page));
        draft.translation_mut().push(page);
    }
    new.files.sort();
    Some(((*draft).into(), new))
}

impl Value {
    /// A new file, whose content is noted.
    fn file(&mut self, part: FilePart, seed: u8, length: usize) -> DraftFile {
        self.files.push((part, picture(seed, length)));
        new_file(seed, length).into()
    }
}

fn read(shelf: &Shelf, stored: &StoredValue) -> Value {
    let document = stored.identity_document();
    let number = document.and_then(|it| it.data().document().document_no());
    let content = |(part, file): (FilePart, &telegram_passport::client::StoredFile)| {
        let content = wait(file.fetch(shelf)).expect("it opens");
        (part, content.as_bytes().to_vec())
    };
    Value {
        number: number.map(str::to_owned),
        files: stored.all_files().map(content).collect(),
    }
}
