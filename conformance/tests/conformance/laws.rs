//! What holds for every value of every schema.

use conformance::Subject;
use conformance::dynamic::{Encoding, PieceKind, encode, object_to_json};
use conformance::random::{for_each, values};
use proptest::prelude::*;
use telegram_passport_tl::{DecodeError, Fault};
use tl_schema_codegen::schema::Schema;

/// Holds generated code against random values, large ones and small ones.
pub(crate) fn hold(schema: &Schema, subject: &Subject) {
    let definition = (subject.kind, subject.tl);
    for_each(24, values(schema, definition, 6), |object| {
        all_forms_agree(subject, &encode(schema, &object))
    });
    if let Some(json) = subject.json {
        for_each(16, values(schema, definition, 6), |object| {
            let expected = object_to_json(schema, &object);
            let bytes = encode(schema, &object).bytes;
            prop_assert_eq!((json.read)(&bytes)?, expected.clone());
            prop_assert_eq!((json.write)(&expected)?, bytes);
            Ok(())
        });
    }
    for_each(4, values(schema, definition, 3), |object| {
        let encoding = encode(schema, &object);
        every_truncation_is_refused_at_its_place(subject, &encoding)?;
        every_changed_byte_is_refused_or_kept(subject, &encoding)
    });
}

fn all_forms_agree(subject: &Subject, encoding: &Encoding) -> Result<(), TestCaseError> {
    let bytes = &encoding.bytes;
    let owned = (subject.decode)(bytes)?;
    prop_assert_eq!(owned.encoded_len()?, bytes.len());
    prop_assert_eq!(&owned.to_bytes()?, bytes);
    let mut appended = vec![0xAA; 3];
    owned.append_to(&mut appended)?;
    prop_assert_eq!(&appended[..3], &[0xAA; 3]);
    prop_assert_eq!(&appended[3..], bytes);
    prop_assert!((subject.equal)(bytes, &owned.to_bytes()?)?);

    let borrowed = (subject.decode_borrowed)(bytes)?;
    prop_assert_eq!(borrowed.encoded_len()?, bytes.len());
    prop_assert_eq!(&borrowed.to_bytes()?, bytes);
    prop_assert_eq!(format!("{borrowed:?}"), format!("{owned:?}"));
    Ok(())
}

/// The input ends inside the piece that is cut, or before it, at a count that the rest cannot hold.
fn every_truncation_is_refused_at_its_place(
    subject: &Subject,
    encoding: &Encoding,
) -> Result<(), TestCaseError> {
    // What ends with an `Object` may end anywhere in it.
    let closed = encoding
        .pieces
        .iter()
        .filter(|it| it.kind != PieceKind::Rest);
    for piece in closed {
        for end in piece.range.clone() {
            let error = refused(subject, &encoding.bytes[..end])?;
            let place = match error.fault() {
                Fault::UnexpectedEnd => Some(piece),
                Fault::VectorCount { .. } => {
                    let before = encoding.pieces.iter().filter(|it| it.range.end <= end);
                    let mut counts = before.filter(|it| it.kind == PieceKind::Count);
                    counts.find(|it| it.range.start == error.offset())
                }
                _ => None,
            };
            prop_assert!(place.is_some(), "{end} bytes: {error}");
            if let Some(place) = place {
                prop_assert_eq!(
                    error.offset(),
                    place.range.start,
                    "{} bytes: {}",
                    end,
                    error
                );
                prop_assert_eq!(error.path(), &place.path, "{} bytes: {}", end, error);
            }
        }
    }
    Ok(())
}

/// What both forms answer to bytes that are no value.
fn refused(subject: &Subject, bytes: &[u8]) -> Result<DecodeError, TestCaseError> {
    let owned = (subject.decode)(bytes).err();
    let borrowed = (subject.decode_borrowed)(bytes).err();
    prop_assert_eq!(&owned, &borrowed);
    owned.ok_or_else(|| TestCaseError::fail(format!("{bytes:02x?} were accepted")))
}

/// Nothing that is read is written in another way: there is one encoding of each value.
fn every_changed_byte_is_refused_or_kept(
    subject: &Subject,
    encoding: &Encoding,
) -> Result<(), TestCaseError> {
    let mut bytes = encoding.bytes.clone();
    for at in 0..bytes.len() {
        let good = bytes[at];
        // All other values where that is cheap; where it is not, one bit, the sign, and all bits.
        let changes: Vec<u8> = match bytes.len() {
            0..=24 => (1..=255).collect(),
            _ => vec![1 << (at % 8), 0x80, 0xFF],
        };
        for change in changes {
            bytes[at] = good ^ change;
            match ((subject.decode)(&bytes), (subject.decode_borrowed)(&bytes)) {
                (Ok(owned), Ok(borrowed)) => {
                    prop_assert_eq!(&owned.to_bytes()?, &bytes);
                    prop_assert_eq!(&borrowed.to_bytes()?, &bytes);
                    prop_assert!(!(subject.equal)(&bytes, &encoding.bytes)?);
                }
                (Err(owned), Err(borrowed)) => {
                    prop_assert_eq!(&owned, &borrowed);
                    prop_assert!(owned.offset() <= bytes.len());
                }
                (owned, borrowed) => prop_assert!(false, "{owned:?} but borrowed {borrowed:?}"),
            }
        }
        bytes[at] = good;
    }
    Ok(())
}
