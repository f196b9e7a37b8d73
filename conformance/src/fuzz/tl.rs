//! TL bytes to values of the generated types.

use super::meter::bounded;
use super::seeds;
use crate::{Kind, Subject, subjects};

/// Bytes as every boxed type and every constructor with its id.
///
/// The owned and the borrowed form agree, also about what is wrong and where; what is accepted is
/// written back to the same bytes; no more than 16 N + 64 KiB are held.
pub fn tl_decode_type(data: &[u8]) {
    let types = subjects().iter().filter(|it| it.kind != Kind::Function);
    types.for_each(|subject| decode(subject, data));
}

/// The same for every function.
pub fn tl_decode_function(data: &[u8]) {
    let functions = subjects().iter().filter(|it| it.kind == Kind::Function);
    functions.for_each(|subject| decode(subject, data));
}

fn decode(subject: &Subject, data: &[u8]) {
    let (tl, most) = (subject.tl, most(data));
    let owned = bounded(most, || (subject.decode)(data));
    let borrowed = bounded(most, || (subject.decode_borrowed)(data));
    match (owned, borrowed) {
        (Err(error), Err(same)) => {
            assert_eq!(error, same, "{tl}: the forms are refused in different ways");
            assert!(error.offset() <= data.len(), "{tl}: {error}");
        }
        (Ok(owned), Ok(borrowed)) => {
            for value in [owned, borrowed] {
                assert_eq!(value.encoded_len().ok(), Some(data.len()), "{tl}");
                assert_eq!(value.to_bytes().ok().as_deref(), Some(data), "{tl}");
                let mut behind = vec![7; 3];
                assert!(value.append_to(&mut behind).is_ok(), "{tl}");
                assert_eq!(behind.get(3..), Some(data), "{tl}");
            }
            assert_eq!((subject.equal)(data, data).ok(), Some(true), "{tl}");
        }
        (owned, borrowed) => panic!("{tl}: owned {owned:?}, borrowed {borrowed:?}"),
    }
}

/// What decoding may hold.
pub(super) fn most(data: &[u8]) -> usize {
    16 * data.len() + 64 * 1024
}

pub(super) fn seeds_of_types() -> Vec<Vec<u8>> {
    let mut seeds = samples(|kind| kind != Kind::Function);
    seeds.extend(seeds::hex_fields("tl_wire", "bytes"));
    seeds
}

pub(super) fn seeds_of_functions() -> Vec<Vec<u8>> {
    let mut seeds = samples(|kind| kind == Kind::Function);
    seeds.extend(seeds::hex_fields("tl_wire", "bytes"));
    seeds
}

/// Of each definition the shortest value and one with every field.
fn samples(wanted: fn(Kind) -> bool) -> Vec<Vec<u8>> {
    let is_function = |name: &str| {
        let mut functions = crate::schemas::passport().functions.iter();
        functions.any(|it| it.name == name)
    };
    let samples = crate::samples::samples(crate::schemas::passport(), 1).into_iter();
    let wanted = samples.filter(|sample| {
        wanted(match is_function(sample.definition) {
            true => Kind::Function,
            false => Kind::Constructor,
        })
    });
    wanted.map(|sample| sample.bytes).collect()
}
