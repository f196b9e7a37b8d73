//! The structs of constructors and functions: each field of the schema is found under its Rust
//! name, with its own value, and a constructor goes into its type and comes out again.

use conformance::dynamic::{encode, field_bytes};
use conformance::random::{for_each, values};
use conformance::{Kind, schemas};
use proptest::prelude::*;
use telegram_passport_tl::{Boxed, Decode, DecodeError, DecodeOwned, Encode, Identifiable};

include!(concat!(env!("OUT_DIR"), "/definitions.rs"));

for_constructors!(super::check);
for_functions!(super::check);

fn check(kind: Kind, tl: &str) {
    let structs: &[Struct] = include!(concat!(env!("OUT_DIR"), "/structs.rs"));
    let found = structs.iter().find(|it| (it.kind, it.tl) == (kind, tl));
    let generated = found.expect("the table has every struct");
    let schema = schemas::passport();
    for_each(24, values(schema, (kind, tl), 6), |object| {
        let bytes = encode(schema, &object).bytes;
        prop_assert_eq!((generated.fields)(&bytes)?, field_bytes(schema, &object));
        if let Some(there_and_back) = generated.there_and_back {
            prop_assert_eq!(there_and_back(&bytes)?, Some([bytes.clone(), bytes]));
        }
        Ok(())
    });
}

/// A constructor or a function that is a struct of its own.
struct Struct {
    kind: Kind,
    tl: &'static str,
    fields: Read<Fields>,
    there_and_back: Option<Read<Option<[Vec<u8>; 2]>>>,
}

type Read<T> = fn(&[u8]) -> Result<T, DecodeError>;

/// The bytes of each field that is present, by its TL name.
type Fields = Vec<(&'static str, Option<Vec<u8>>)>;

macro_rules! structs {
    ($($kind:ident $tl:literal $shape:ident $struct:path [$($type:path)?] {
        $($field:literal = |$value:ident| $bytes:expr;)*
    })*) => {
        &[$(Struct {
            kind: Kind::$kind,
            tl: $tl,
            fields: |bytes| {
                let _value = $shape::<$struct>(bytes)?;
                Ok(vec![$(($field, { let $value = &_value; $bytes })),*])
            },
            there_and_back: structs!(@ $struct, $($type)?),
        }),*]
    };
    (@ $struct:path,) => { None };
    (@ $struct:path, $type:path) => { Some(there_and_back::<$struct, $type>) };
}
use structs;

fn lone<T: DecodeOwned + Identifiable>(bytes: &[u8]) -> Result<T, DecodeError> {
    Ok(Boxed::<T>::from_bytes(bytes)?.0)
}

fn plain<T: DecodeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    T::from_bytes(bytes)
}

fn encoded(value: &impl Encode) -> Vec<u8> {
    value.to_bytes().expect("what was read can be written")
}

/// The bytes of a constructor as a value of its type, and as itself once more.
fn there_and_back<C, T>(bytes: &[u8]) -> Result<Option<[Vec<u8>; 2]>, DecodeError>
where
    C: DecodeOwned + Encode + Identifiable + TryFrom<T>,
    T: From<C> + Encode,
{
    let there = T::from(lone::<C>(bytes)?);
    let written = encoded(&there);
    let back = C::try_from(there).ok();
    Ok(back.map(|back| [written, encoded(&Boxed(back))]))
}
