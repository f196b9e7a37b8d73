//! Against `grammers-tl-types`, another generator over the same schema: the same bytes.
//! One test for each definition.

use conformance::dynamic::encode;
use conformance::random::{for_each, values};
use conformance::{Kind, schemas, subjects};
use grammers_tl_types::{Cursor, Deserializable, Identifiable, Serializable};
use proptest::prelude::*;

include!(concat!(env!("OUT_DIR"), "/definitions.rs"));

for_constructors!(super::check);
for_types!(super::check);
for_functions!(super::check);

fn check(kind: Kind, tl: &str) {
    let found = subjects().iter().find(|it| (it.kind, it.tl) == (kind, tl));
    let subject = found.expect("the table has every definition");
    let peers: &[Peer] = include!(concat!(env!("OUT_DIR"), "/peers.rs"));
    let found = peers.iter().find(|it| (it.kind, it.tl) == (kind, tl));
    let peer = found.expect("so has the peers'");

    let schema = schemas::passport();
    for_each(16, values(schema, (kind, tl), 6), |object| {
        let encoding = encode(schema, &object);
        let ours = (subject.decode)(&encoding.bytes)?;
        let bytes = ours.to_bytes()?;
        let theirs = (peer.decode)(&bytes).map_err(TestCaseError::fail)?;
        prop_assert_eq!(&theirs, &encoding.bytes);
        prop_assert_eq!((subject.decode)(&theirs)?.to_bytes()?, theirs);
        Ok(())
    });
}

/// A definition as the peer has it.
struct Peer {
    kind: Kind,
    tl: &'static str,
    /// Reads a value and writes it again.
    decode: fn(&[u8]) -> Result<Vec<u8>, String>,
}

macro_rules! peers {
    ($($kind:ident $tl:literal $shape:ident $path:path;)*) => {
        &[$(Peer { kind: Kind::$kind, tl: $tl, decode: $shape::<$path> }),*]
    };
}
use peers;

fn plain<T: Deserializable + Serializable>(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut cursor = Cursor::from_slice(bytes);
    let value = T::deserialize(&mut cursor).map_err(|error| error.to_string())?;
    match bytes.len() - cursor.pos() {
        0 => Ok(value.to_bytes()),
        left => Err(format!("{left} bytes are left over")),
    }
}

/// The peer reads constructors and functions without their id, and writes functions with it.
fn lone<T: Deserializable + Serializable + Identifiable>(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let id = T::CONSTRUCTOR_ID.to_le_bytes();
    let fields = bytes.strip_prefix(&id).ok_or("the id is another one")?;
    let mut again = plain::<T>(fields)?;
    if again.len() == fields.len() {
        again.splice(..0, id);
    }
    Ok(again)
}
