//! Parts of submissions that were exchanged, moved or renamed: by the server, which knows no secret,
//! and by a sender, who knows his own.
//!
//! What is bound together by hashes is refused as a whole. Elements under a name for which there are
//! no credentials are left closed.

use conformance::random::for_each;
use proptest::prelude::*;
use serde_json::json;
use telegram_passport::submission::{Finding, Part};
use telegram_passport::{Check, ContainerError, ElementType};

use super::passport_contents::{NONCE, many, small, submissions};
use super::passport_doors::{Door, Refusal, open, opened, refusal, refusal_of};
use super::passport_sealed::{PlainKey, Sender};

#[test]
fn data_of_two_elements() {
    let (contents, message) = many(1);
    let kinds = [
        ElementType::PersonalDetails,
        ElementType::Passport,
        ElementType::InternalPassport,
        ElementType::Address,
    ];
    for (one, other) in pairs(&kinds) {
        let mut bytes_only = message.clone();
        bytes_only.exchange((one, Part::Data), (other, Part::Data), |it| &mut it.bytes);
        for door in Door::BOTH {
            assert_eq!(refusal(door, &bytes_only), (Check::Hash, 1));
        }
        let mut with_hash = bytes_only;
        with_hash.exchange((one, Part::Data), (other, Part::Data), |it| &mut it.hash);
        assert_eq!(refusal(Door::BotApi, &with_hash), (Check::Hash, 1));
        assert_eq!(refusal(Door::Mtproto, &with_hash), (Check::HashMismatch, 1));
    }
    assert_eq!(opened(Door::BotApi, &message).contents, contents);
}

/// Of the same person, for the same key, with the same content.
#[test]
fn data_of_another_submission() {
    let ((_, message), (_, other)) = (many(1), many(2));
    for (index, element) in other.elements.iter().enumerate() {
        let Some(data) = element.parts.get(&Part::Data) else {
            continue;
        };
        let mut changed = message.clone();
        changed.part(element.kind, Part::Data).bytes = data.bytes.clone();
        for door in Door::BOTH {
            assert_eq!(refusal(door, &changed), (Check::Hash, 1), "{index}");
        }
        changed.part(element.kind, Part::Data).hash = data.hash.clone();
        assert_eq!(refusal(Door::Mtproto, &changed), (Check::HashMismatch, 1));
    }
}

/// Data, hash and secret of the credentials, alone and together.
#[test]
fn credentials_of_another_submission() {
    let (contents, message) = many(1);
    let other = Sender::new(2, false).submit(&contents, "other").message;
    for subset in 1..8 {
        let mut changed = message.clone();
        if subset & 1 != 0 {
            changed.data = other.data.clone();
        }
        if subset & 2 != 0 {
            changed.hash = other.hash.clone();
        }
        if subset & 4 != 0 {
            changed.secret = other.secret.clone();
        }
        for door in Door::BOTH {
            if subset < 7 {
                // Nobody learns of a nonce before all three belong together.
                assert_eq!(refusal(door, &changed), (Check::Hash, 0), "{subset}");
                continue;
            }
            assert_eq!(refusal(door, &changed), (Check::Nonce, 1));
            // And if that nonce is expected as well, the elements are not those of the credentials.
            let check = match door {
                Door::BotApi => Check::Hash,
                Door::Mtproto => Check::HashMismatch,
            };
            assert_eq!(refusal_of(door, &changed, "other"), (check, 1));
        }
    }
}

#[test]
fn the_nonce_of_another() {
    for_each(
        40,
        (submissions(), "[a-z]{1,8}"),
        |((contents, sender), nonce)| {
            let message = sender.submit(&contents, &nonce).message;
            for door in Door::BOTH {
                let outcome = open(door, &message, &PlainKey, &nonce);
                prop_assert_eq!(
                    outcome.opened.expect("it is his").contents,
                    contents.clone()
                );
                prop_assert_eq!(refusal(door, &message), (Check::Nonce, 1));
                for almost in [
                    nonce.to_uppercase(),
                    format!("{nonce} "),
                    nonce[1..].to_owned(),
                ] {
                    prop_assert_eq!(refusal_of(door, &message, &almost), (Check::Nonce, 1));
                }
            }
            Ok(())
        },
    );
}

/// No nonce, or none that is text: only a sender can do so.
#[test]
fn a_nonce_that_is_none() {
    let submitted = Sender::new(3, false).submit(&small(), NONCE);
    for nonce in [
        json!(null),
        json!(1),
        json!([NONCE]),
        json!({ "nonce": NONCE }),
    ] {
        let changed = submitted.edited(|it| it["nonce"] = nonce);
        for door in Door::BOTH {
            assert_eq!(refusal(door, &changed), (Check::Nonce, 0));
        }
    }
    // Version 1.0 calls it `payload`; a request of version 1.1 must not take that for its nonce.
    let changed = submitted.edited(|it| {
        let nonce = it.as_object_mut().and_then(|it| it.remove("nonce"));
        it["payload"] = nonce.expect("it was there");
    });
    for door in Door::BOTH {
        assert_eq!(refusal(door, &changed), (Check::Nonce, 0));
    }
}

/// Under a name that was not sent nothing is opened; the service is told what is missing and what is
/// too much.
#[test]
fn an_element_renamed() {
    let (contents, message) = many(1);
    for content in &contents {
        for kind in ElementType::ALL {
            if contents.iter().any(|it| it.kind == kind) {
                continue;
            }
            let position = message.position(content.kind);
            let mut changed = message.clone();
            changed.elements[position].kind = kind;
            for door in Door::BOTH {
                let opened = opened(door, &changed);
                for found in &opened.contents {
                    if found.kind == kind {
                        let nothing = (&None, true);
                        assert_eq!((&found.fields, found.files.is_empty()), nothing);
                    } else {
                        assert!(contents.contains(found));
                    }
                }
                for part in message.elements[position].parts.keys() {
                    let missing = Finding::NotSent(content.kind, *part);
                    assert!(opened.findings.contains(&missing), "{:?}", opened.findings);
                }
            }
        }
    }
}

/// Two elements under each other's name: documents are bound to it, and so are files.
#[test]
fn elements_under_each_others_name() {
    let (contents, message) = many(1);
    let kinds: Vec<_> = contents.iter().map(|it| it.kind).collect();
    for (one, other) in pairs(&kinds) {
        let places = (message.position(one), message.position(other));
        let mut changed = message.clone();
        changed.elements[places.0].kind = other;
        changed.elements[places.1].kind = one;
        let has = |kind| contents[message.position(kind)].fields.is_some();
        for door in Door::BOTH {
            let pages = !has(one) && !has(other);
            let check = match door {
                _ if has(one) && has(other) && door == Door::BotApi => Check::Hash,
                _ if has(one) && has(other) => Check::HashMismatch,
                Door::Mtproto if pages => Check::HashMismatch,
                _ => {
                    // Neither has a document, then, nor a file that opens.
                    for found in opened(door, &changed).contents {
                        if [one, other].contains(&found.kind) {
                            assert_eq!(found.fields, None);
                            assert!(found.files.values().all(Option::is_none), "{one} {other}");
                            assert!(pages || found.files.is_empty());
                        } else {
                            assert!(contents.contains(&found));
                        }
                    }
                    continue;
                }
            };
            assert_eq!(refusal(door, &changed), (check, 1), "{one} {other}");
        }
    }
}

/// Two of the same element type.
#[test]
fn an_element_twice() {
    let (contents, message) = many(1);
    for element in &message.elements {
        let mut changed = message.clone();
        changed.elements.push(element.clone());
        for door in Door::BOTH {
            let outcome = open(door, &changed, &PlainKey, NONCE);
            assert_eq!(outcome.asked, 0);
            let Err(Refusal::Container(error)) = outcome.opened else {
                panic!("{:?} was taken twice", element.kind);
            };
            let place = match door {
                Door::BotApi => "data",
                Door::Mtproto => "values",
            };
            let text = format!(
                "{place}[{}]: the same element type has occurred before",
                contents.len()
            );
            assert_eq!(ContainerError::to_string(&error), text);
        }
    }
}

fn pairs(kinds: &[ElementType]) -> impl Iterator<Item = (ElementType, ElementType)> {
    let indexed = kinds.iter().enumerate();
    indexed.flat_map(|(index, &one)| kinds[index + 1..].iter().map(move |&other| (one, other)))
}
