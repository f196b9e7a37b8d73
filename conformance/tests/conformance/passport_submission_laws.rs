//! Laws of whole submissions: they open to what was put in, through both doors; whatever bit of them
//! is changed, and whatever they are cut or extended by, nothing else ever comes out.

use std::sync::LazyLock;

use conformance::random::for_each;
use conformance::seeded::SeededRng;
use conformance::vectors;
use proptest::prelude::*;
use proptest::sample::Index;
use telegram_passport::key::PrivateKey;
use telegram_passport::submission::{FilePart, Part};
use telegram_passport::{Check, ElementType, Problem};

use super::passport_contents::{NONCE, content, small, submissions};
use super::passport_doors::{Door, Opened, Outcome, Refusal, open, open_bytes};
use super::passport_sealed::{Content, Message, PlainKey, Sender, Submitted};

#[test]
fn opens_to_what_was_put_in() {
    for_each(160, submissions(), |(contents, sender)| {
        let submitted = sender.submit(&contents, NONCE);
        for door in Door::BOTH {
            let outcome = open(door, &submitted.message, &PlainKey, NONCE);
            prop_assert_eq!(outcome.asked, 1);
            let opened = outcome.opened.expect("nothing was changed");
            prop_assert_eq!(&opened.contents, &contents);
            prop_assert_eq!(opened.findings, []);
        }
        Ok(())
    });
}

/// The same with the key of a service.
#[test]
fn opens_with_a_key_of_2048_bits() {
    for_each(12, submissions(), |(contents, sender)| {
        let message = for_the_service(&sender.submit(&contents, NONCE));
        for door in Door::BOTH {
            let opened = open(door, &message, &*KEY, NONCE).opened;
            prop_assert_eq!(&opened.expect("nothing was changed").contents, &contents);
        }
        Ok(())
    });
}

/// Of the RSA block, one by one.
#[test]
fn every_bit_of_the_rsa_block() {
    let message = for_the_service(&Sender::new(1, false).submit(&small(), NONCE));
    assert_eq!(message.secret.len(), 256);
    for bit in 0..2048 {
        let mut changed = message.clone();
        flip(&mut changed.secret, bit);
        // It is the same behind both doors, so they take turns.
        let outcome = open(Door::BOTH[bit % 2], &changed, &*KEY, NONCE);
        assert_eq!(verdict(outcome), Verdict::Refused(Check::Key, 0), "{bit}");
    }
}

/// Of everything else that is encrypted, and of every hash. The doors take turns here, too, but for
/// what only one of them carries.
#[test]
fn every_bit_of_a_small_submission() {
    let contents = smaller();
    let sender = Sender::new(2, false).with_shortest_padding();
    let message = sender.submit(&contents, NONCE).message;
    let mut targets = Target::all(&message);
    targets.retain(|target| *target != Target::CredentialsSecret);
    for target in targets {
        for bit in 0..target.of(&mut message.clone()).len() * 8 {
            let door = match target {
                Target::Hash(..) => Door::Mtproto,
                _ => Door::BOTH[(bit / 8 + bit) % 2],
            };
            change(door, &message, &contents, target, |bytes| flip(bytes, bit));
        }
    }
}

#[test]
fn any_bit_of_any_submission() {
    let cases = (submissions(), any::<Index>(), any::<Index>());
    for_each(200, cases, |((contents, sender), target, bit)| {
        let message = sender.submit(&contents, NONCE).message;
        let target = *target.get(&Target::all(&message));
        for door in Door::BOTH {
            change(door, &message, &contents, target, |bytes| {
                let bit = bit.index(bytes.len() * 8);
                flip(bytes, bit);
            });
        }
        Ok(())
    });
}

/// Of the message as it travels: names, numbers and places included. What comes out, if anything, is
/// what was put in, or less of it.
#[test]
fn no_bit_of_a_message_makes_another_document() {
    let contents = smaller();
    let sender = Sender::new(4, false).with_shortest_padding();
    let message = sender.submit(&contents, NONCE).message;
    for door in Door::BOTH {
        let bytes = door.write(&message);
        let mut refused = 0;
        for bit in 0..bytes.len() * 8 {
            let mut bytes = bytes.clone();
            flip(&mut bytes, bit);
            match open_bytes(door, &bytes, &message, &PlainKey, NONCE).opened {
                Ok(opened) => assert!(is_part_of(&opened, &contents), "{door:?} {bit}: {opened:?}"),
                Err(_) => refused += 1,
            }
        }
        // All but names and numbers for which nobody vouches.
        assert!(refused > bytes.len() * 8 / 2);
    }
}

#[test]
fn cut_or_extended_by_bytes_and_blocks() {
    let contents = small();
    let message = Sender::new(5, false).submit(&contents, NONCE).message;
    for target in Target::all(&message) {
        let whole = target.of(&mut message.clone()).clone();
        for length in [1, 15, 16, 32, 48] {
            let length_left = whole.len().saturating_sub(length);
            let (first, zeros) = (&whole[..whole.len() - length_left], &vec![0; length][..]);
            let others = [
                whole[..length_left].to_vec(),
                whole[whole.len() - length_left..].to_vec(),
                [&whole, first].concat(),
                [first, &whole].concat(),
                [&whole, zeros].concat(),
                [zeros, &whole].concat(),
            ];
            for other in others {
                for door in Door::BOTH {
                    let other = other.clone();
                    change(door, &message, &contents, target, |bytes| *bytes = other);
                }
            }
        }
    }
}

/// Of a document and of the credentials, whoever encrypts. White space makes the rest of the block.
#[test]
fn every_padding() {
    let contents = [content(ElementType::Address, &[("city", "Oslo")])];
    for padding in 32..=255 {
        for by_the_crate in [true, false] {
            let submitted = Sender::new(padding as u64, by_the_crate).submit(&contents, NONCE);
            let mut sender = Sender::new(!0, by_the_crate).with_padding(padding);
            let spaces = |text: &str| {
                let length = text.len() + padding;
                format!("{text}{}", " ".repeat(length.next_multiple_of(16) - length))
            };
            let sealed = sender.seal(spaces(r#"{"city":"Oslo"}"#).as_bytes());
            assert_eq!(sealed.bytes.len() % 16, 0);
            let mut submitted = submitted.with_part(0, Part::Data, sealed);
            let credentials = spaces(&submitted.credentials.to_string());
            submitted
                .message
                .set_credentials(sender.seal(credentials.as_bytes()));
            for door in Door::BOTH {
                let opened = open(door, &submitted.message, &PlainKey, NONCE).opened;
                assert_eq!(opened.expect("it is allowed").contents, contents);
            }
        }
    }
}

/// The hash is right: only a sender can do so.
#[test]
fn padding_that_is_not_allowed() {
    let contents = [content(ElementType::Address, &[("city", "Oslo")])];
    let submitted = Sender::new(6, false).submit(&contents, NONCE);
    let mut sender = Sender::new(7, false);
    let cases = (0..32_u8).map(|first| (first, 64));
    let cases = cases.chain((49..=255).map(|first| (first, 48)));
    let document = br#"{"city":"Oslo"}"#;
    for (first, length) in cases {
        let mut padded = vec![first; length];
        // Whoever took the first byte at its word, or for 32, would find JSON behind it.
        let start = usize::from(first).min(length - document.len());
        padded[start..start + document.len()].copy_from_slice(document);
        padded[0] = first;
        let sealed = sender.seal_padded(&padded);
        let changed = submitted.with_part(0, Part::Data, sealed.clone());
        for door in Door::BOTH {
            let outcome = open(door, &changed.message, &PlainKey, NONCE);
            assert_eq!(
                verdict(outcome),
                Verdict::Refused(Check::Padding, 1),
                "{first}"
            );
        }
        let mut changed = submitted.message.clone();
        changed.set_credentials(sealed);
        for door in Door::BOTH {
            let outcome = open(door, &changed, &PlainKey, NONCE);
            assert_eq!(
                verdict(outcome),
                Verdict::Refused(Check::Padding, 0),
                "{first}"
            );
        }
    }
}

/// What can be changed on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    CredentialsData,
    CredentialsHash,
    CredentialsSecret,
    Bytes(usize, Part),
    Hash(usize, Part),
}

impl Target {
    fn all(message: &Message) -> Vec<Self> {
        let mut targets = vec![
            Self::CredentialsData,
            Self::CredentialsHash,
            Self::CredentialsSecret,
        ];
        for (index, element) in message.elements.iter().enumerate() {
            let parts = element.parts.keys();
            targets.extend(parts.flat_map(|&it| [Self::Bytes(index, it), Self::Hash(index, it)]));
        }
        targets
    }

    fn of(self, message: &mut Message) -> &mut Vec<u8> {
        match self {
            Self::CredentialsData => &mut message.data,
            Self::CredentialsHash => &mut message.hash,
            Self::CredentialsSecret => &mut message.secret,
            Self::Bytes(index, part) | Self::Hash(index, part) => {
                let part = message.elements[index].parts.get_mut(&part);
                let part = part.expect("it was sent");
                match self {
                    Self::Bytes(..) => &mut part.bytes,
                    _ => &mut part.hash,
                }
            }
        }
    }

    /// What must become of a message in which this, and nothing else, was changed.
    fn expected(self, door: Door, after: &[u8], contents: &[Content]) -> Verdict {
        let hash = after.len() == 32;
        let check = match after.len() {
            length if length < 32 || length % 16 != 0 => Check::Length,
            _ => Check::Hash,
        };
        let no_container = Verdict::NoContainer(Problem::HashLength);
        match self {
            Self::CredentialsData => Verdict::Refused(check, 0),
            Self::CredentialsHash if hash => Verdict::Refused(Check::Hash, 0),
            Self::CredentialsHash => no_container,
            Self::CredentialsSecret => Verdict::Refused(Check::Key, 0),
            Self::Bytes(_, Part::Data) => Verdict::Refused(check, 1),
            Self::Bytes(index, Part::File(part)) => {
                let mut less = contents.to_vec();
                less[index].files.insert(part, None);
                Verdict::Opened(less)
            }
            // The Bot API has no place for it.
            Self::Hash(..) if door == Door::BotApi => Verdict::Opened(contents.to_vec()),
            Self::Hash(..) if hash => Verdict::Refused(Check::HashMismatch, 1),
            Self::Hash(..) => no_container,
        }
    }
}

/// Changes one thing, and holds the door to what must become of it.
fn change(
    door: Door,
    message: &Message,
    contents: &[Content],
    target: Target,
    change: impl FnOnce(&mut Vec<u8>),
) {
    let mut changed = message.clone();
    let bytes = target.of(&mut changed);
    change(bytes);
    let after = bytes.clone();
    let outcome = open(door, &changed, &PlainKey, NONCE);
    let expected = target.expected(door, &after, contents);
    assert_eq!(verdict(outcome), expected, "{door:?} {target:?}");
}

/// The outcome, and how often the nonce was asked for if it was a refusal.
#[derive(Debug, PartialEq)]
enum Verdict {
    NoContainer(Problem),
    Refused(Check, usize),
    Opened(Vec<Content>),
}

fn verdict(outcome: Outcome) -> Verdict {
    match outcome.opened {
        Ok(opened) => Verdict::Opened(opened.contents),
        Err(Refusal::Open(error)) => Verdict::Refused(error.detail().check(), outcome.asked),
        Err(Refusal::Container(error)) => Verdict::NoContainer(error.problem().clone()),
    }
}

/// Every document and every file is that of the same place, or was not opened.
fn is_part_of(opened: &Opened, contents: &[Content]) -> bool {
    opened.contents.iter().all(|found| {
        let given = contents.iter().find(|given| given.kind == found.kind);
        let fields = found.fields.is_none() || given.is_some_and(|it| it.fields == found.fields);
        let file = |(part, file): (_, &Option<Vec<u8>>)| {
            file.is_none() || given.is_some_and(|it| it.files.get(part) == Some(file))
        };
        fields && found.files.iter().all(file)
    })
}

/// With one page of the bill.
fn smaller() -> Vec<Content> {
    let mut contents = small();
    contents[1].files.remove(&FilePart::Files(1));
    contents
}

fn flip(bytes: &mut [u8], bit: usize) {
    bytes[bit / 8] ^= 1 << (bit % 8);
}

/// Encrypted for the key of a service, as a client does.
fn for_the_service(submitted: &Submitted) -> Message {
    let mut message = submitted.message.clone();
    let rng = &mut SeededRng::new(8);
    let block = KEY.public_key().encrypt(rng, &submitted.secret());
    message.secret = block.expect("the source does not fail");
    message
}

static KEY: LazyLock<PrivateKey> = LazyLock::new(|| {
    let group = &vectors::file("messages").test_groups[0];
    let pem = group.fields["privateKeyPem"].as_str();
    PrivateKey::from_pem(pem.expect("text")).expect("a key")
});
