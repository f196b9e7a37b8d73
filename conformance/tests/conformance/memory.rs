//! What decoding and encoding allocate, counted by the allocator.
//!
//! Decoding N hostile bytes never holds more than 16 N + 64 KiB at a time: one test for each
//! definition.

use allocation_counter::measure;
use conformance::dynamic::{Definition, Dynamic, Object, PieceKind, encode};
use conformance::least::{Least, shortest, shortest_of};
use conformance::random::{for_each, values};
use conformance::{Kind, Subject, schemas, subjects};
use proptest::prelude::*;
use telegram_passport_tl::{DecodeError, Fault};
use tl_schema_codegen::schema::Type;

include!(concat!(env!("OUT_DIR"), "/definitions.rs"));

for_constructors!(super::check);
for_types!(super::check);
for_functions!(super::check);

fn check(kind: Kind, tl: &str) {
    let found = subjects().iter().find(|it| (it.kind, it.tl) == (kind, tl));
    let subject = found.expect("the table has every definition");
    for bytes in crowded(kind, tl) {
        // It is well formed, so nothing but its size can be held against it.
        if let Err(error) = stays_within_bounds(subject, &bytes) {
            assert_eq!(error.fault(), Fault::Memory);
        }
    }
    let schema = schemas::passport();
    for_each(8, values(schema, (kind, tl), 6), |object| {
        allocates_what_it_must(subject, &object)
    });
    let changes = (any::<prop::sample::Index>(), prop::sample::select(HARMFUL));
    let changes = prop::collection::vec(changes, 1..4);
    for_each(
        32,
        (values(schema, (kind, tl), 6), changes),
        |(object, changes)| {
            let mut bytes = encode(schema, &object).bytes;
            for (at, harmful) in changes {
                let at = at.index(bytes.len() / 4) * 4;
                bytes[at..at + 4].copy_from_slice(&harmful.to_le_bytes());
            }
            // Something to go on reading: empty strings, zeros, nothing optional.
            bytes.resize(bytes.len() + 2000, 0);
            let _ = stays_within_bounds(subject, &bytes);
            Ok(())
        },
    );
}

/// Words that do most harm where a count, a length, a flags word or an id is read.
const HARMFUL: &[u32] = &[
    0,
    1,
    100,
    400,
    500,
    1000,
    i32::MAX as u32,
    u32::MAX,
    1 << 31,
    0xFFFF_FFFE,
    0x0007_D0FE,
    0x1cb5_c415,
];

/// Valid encodings in which one vector has as many of the shortest elements as fit into 64 KiB.
fn crowded(kind: Kind, tl: &str) -> Vec<Vec<u8>> {
    let schema = schemas::passport();
    let sizes = Least::size(schema);
    let mut crowded = Vec::new();
    for definition in definitions(kind, tl) {
        let fields = definition.of(schema).fields.iter().enumerate();
        for (at, field) in fields {
            if let Type::Vector { element, .. } = &field.ty {
                let mut object = shortest_of(&sizes, definition);
                let count = 65_536 / sizes.ty(element) as usize;
                object.fields[at] = Some(Dynamic::List(vec![shortest(&sizes, element); count]));
                crowded.push(encode(schema, &object).bytes);
            }
        }
    }
    crowded
}

/// A function or a constructor, or all constructors of a type.
fn definitions(kind: Kind, tl: &str) -> Vec<Definition> {
    let schema = schemas::passport();
    let mut constructors = schema.constructors.iter();
    match kind {
        Kind::Constructor => {
            let at = constructors.position(|it| it.name == tl);
            at.map(Definition::Constructor).into_iter().collect()
        }
        Kind::Function => {
            let at = schema.functions.iter().position(|it| it.name == tl);
            at.map(Definition::Function).into_iter().collect()
        }
        Kind::Type => {
            let mut types = schema.types.iter().filter(|it| it.name == tl);
            let constructors = types.next().into_iter().flat_map(|it| &it.constructors);
            constructors.copied().map(Definition::Constructor).collect()
        }
    }
}

fn stays_within_bounds(subject: &Subject, bytes: &[u8]) -> Result<(), DecodeError> {
    let mut outcome = Ok(());
    let owned = measure(|| outcome = (subject.decode)(bytes).map(drop));
    let borrowed = measure(|| drop((subject.decode_borrowed)(bytes)));
    let most = 16 * bytes.len() as u64 + 64 * 1024;
    for held in [owned.bytes_max, borrowed.bytes_max] {
        assert!(
            held <= most,
            "{} bytes made it hold {held}, not {most}",
            bytes.len()
        );
    }
    outcome
}

/// Writing allocates once and exactly; reading allocates once for each vector, box and string,
/// and not for strings if they are borrowed.
fn allocates_what_it_must(subject: &Subject, object: &Object) -> Result<(), TestCaseError> {
    let encoding = encode(schemas::passport(), object);
    let bytes = &encoding.bytes;
    let owned = (subject.decode)(bytes)?;
    let mut written = None;
    let writing = measure(|| written = owned.to_bytes().ok());
    prop_assert_eq!(written.as_ref(), Some(bytes));
    prop_assert_eq!(writing.count_total, 1);
    prop_assert_eq!(writing.bytes_total, bytes.len() as u64);

    let mut reused = Vec::with_capacity(bytes.len());
    let writing = measure(|| owned.append_to(&mut reused).unwrap_or_default());
    prop_assert_eq!(writing.count_total, 0);
    prop_assert_eq!(&reused, bytes);

    let reading = measure(|| drop((subject.decode)(bytes)));
    let borrowing = measure(|| drop((subject.decode_borrowed)(bytes)));
    let strings = encoding
        .pieces
        .iter()
        .filter(|it| it.kind == PieceKind::String);
    prop_assert_eq!(
        reading.count_total - borrowing.count_total,
        strings.count() as u64
    );
    Ok(())
}
