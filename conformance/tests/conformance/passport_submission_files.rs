//! Files that were exchanged, left out or repeated, and what a sender may write of them into the
//! credentials.
//!
//! Over MTProto a file bears its hash, so the whole submission is refused. Over the Bot API it bears
//! none: the submission opens, and the file does not.

use base64ct::{Base64, Encoding};
use conformance::random::for_each;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;
use telegram_passport::submission::{FilePart, Part};
use telegram_passport::{Check, ElementType};

use super::passport_contents::{NONCE, many, small};
use super::passport_doors::{Door, opened, refusal};
use super::passport_sealed::{Content, Sender, base64};

/// Between parts, elements and submissions: each place gets the file of each other place.
#[test]
fn files_of_other_places() {
    let (contents, message) = many(1);
    let (_, other) = many(2);
    let places = files(&contents);
    for &(kind, part) in &places {
        for &(other_kind, other_part) in &places {
            for (source, elsewhere) in [(&message, false), (&other, true)] {
                let same = (kind, part) == (other_kind, other_part);
                if same && !elsewhere {
                    continue;
                }
                let mut source = source.clone();
                let file = source.part(other_kind, Part::File(other_part)).clone();
                // The server serves another file.
                let mut changed = message.clone();
                changed.part(kind, Part::File(part)).bytes = file.bytes.clone();
                let mut less = contents.clone();
                let position = message.position(kind);
                less[position].files.insert(part, None);
                for door in Door::BOTH {
                    assert_eq!(opened(door, &changed).contents, less);
                }
                // And says so.
                changed.part(kind, Part::File(part)).hash = file.hash;
                assert_eq!(opened(Door::BotApi, &changed).contents, less);
                assert_eq!(refusal(Door::Mtproto, &changed), (Check::HashMismatch, 1));
            }
        }
    }
}

/// Over MTProto they are found by their hashes, over the Bot API by their places alone: section 16,
/// trap 27.
#[test]
fn files_of_a_list_in_another_order() {
    let (contents, message) = many(1);
    let kind = ElementType::UtilityBill;
    for list in [FilePart::Files, FilePart::Translation] {
        let (one, other) = (list(0), list(1));
        let mut changed = message.clone();
        changed.exchange((kind, Part::File(one)), (kind, Part::File(other)), |it| it);
        let position = message.position(kind);
        let mut turned = contents.clone();
        let mut pages = [one, other].map(|part| turned[position].files.remove(&part));
        pages.reverse();
        let pages = [one, other].into_iter().zip(pages.map(Option::flatten));
        turned[position].files.extend(pages);
        assert_eq!(opened(Door::Mtproto, &changed).contents, turned);
        let mut less = contents.clone();
        less[position].files.extend([(one, None), (other, None)]);
        assert_eq!(opened(Door::BotApi, &changed).contents, less);
    }
}

/// One page less, or one twice: the numbers must agree.
#[test]
fn files_left_out_or_repeated() {
    let (_, message) = many(1);
    let kind = ElementType::UtilityBill;
    for list in [FilePart::Files, FilePart::Translation] {
        let position = message.position(kind);
        let mut fewer = message.clone();
        fewer.elements[position].parts.remove(&Part::File(list(1)));
        let mut more = message.clone();
        let first = more.part(kind, Part::File(list(0))).clone();
        let parts = &mut more.elements[position].parts;
        parts.insert(Part::File(list(2)), first.clone());
        let mut twice = message.clone();
        *twice.part(kind, Part::File(list(1))) = first;
        for door in Door::BOTH {
            assert_eq!(refusal(door, &fewer), (Check::Count, 1));
            assert_eq!(refusal(door, &more), (Check::Count, 1));
        }
        assert_eq!(refusal(Door::Mtproto, &twice), (Check::HashMismatch, 1));
        let pages = opened(Door::BotApi, &twice).contents.remove(position).files;
        assert!(pages[&list(0)].is_some());
        assert_eq!(pages[&list(1)], None);
    }
}

/// In the credentials, by a sender.
#[test]
fn hashes_and_secrets_of_the_credentials() {
    let submitted = Sender::new(1, false).submit(&small(), NONCE);
    let bits = (any::<Index>(), 0..256_usize);
    for_each(300, bits, |(which, bit)| {
        let all = [
            ("/passport/data", "data_hash"),
            ("/passport/data", "secret"),
            ("/passport/front_side", "file_hash"),
            ("/passport/front_side", "secret"),
            ("/utility_bill/files/1", "file_hash"),
            ("/utility_bill/files/1", "secret"),
        ];
        let (place, field) = *which.get(&all);
        let changed = submitted.edited(|it| {
            let text = it["secure_data"].pointer_mut(place);
            let text = &mut text.expect("it is there")[field];
            let mut bytes = unbase64(text);
            bytes[bit / 8] ^= 1 << (bit % 8);
            *text = base64(&bytes).into();
        });
        for door in Door::BOTH {
            if field == "secret" {
                prop_assert_eq!(refusal(door, &changed), (Check::Checksum, 1));
            } else if door == Door::Mtproto {
                prop_assert_eq!(refusal(door, &changed), (Check::HashMismatch, 1));
            } else if field == "data_hash" {
                prop_assert_eq!(refusal(door, &changed), (Check::Hash, 1));
            } else {
                let part = match place {
                    "/passport/front_side" => (0, FilePart::FrontSide),
                    _ => (1, FilePart::Files(1)),
                };
                let mut less = small();
                less[part.0].files.insert(part.1, None);
                prop_assert_eq!(opened(door, &changed).contents, less);
            }
        }
        Ok(())
    });
}

/// A right checksum does not help.
#[test]
fn secrets_of_the_credentials_exchanged() {
    let submitted = Sender::new(1, false).submit(&small(), NONCE);
    let places = [
        "/passport/data",
        "/passport/front_side",
        "/utility_bill/files/0",
        "/utility_bill/files/1",
    ];
    for (index, one) in places.into_iter().enumerate() {
        for other in &places[index + 1..] {
            let changed = submitted.edited(|it| {
                let it = &mut it["secure_data"];
                let secret =
                    |it: &mut Value, place| it.pointer_mut(place).map(|it| it["secret"].take());
                let (first, second) = (secret(it, one), secret(it, other));
                let mut set = |place, secret: Option<Value>| {
                    let place = it.pointer_mut(place).expect("it is there");
                    place["secret"] = secret.expect("it was there");
                };
                set(one, second);
                set(other, first);
            });
            for door in Door::BOTH {
                if one == "/passport/data" {
                    assert_eq!(refusal(door, &changed), (Check::Hash, 1));
                    continue;
                }
                let mut files: Vec<_> = opened(door, &changed).contents;
                let mut refused = 0;
                for content in &mut files {
                    refused += content.files.values().filter(|it| it.is_none()).count();
                }
                assert_eq!(refused, 2, "{one} {other}");
            }
        }
    }
}

fn files(contents: &[Content]) -> Vec<(ElementType, FilePart)> {
    let of = |content: &Content| {
        let kind = content.kind;
        let parts: Vec<_> = content.files.keys().copied().collect();
        parts.into_iter().map(move |part| (kind, part))
    };
    contents.iter().flat_map(of).collect()
}

fn unbase64(text: &Value) -> Vec<u8> {
    Base64::decode_vec(text.as_str().expect("text")).expect("base64")
}
