//! Against `grammers-tl-types`, another generator over the same schema: the same bytes, and the
//! same field names for the same values. One test for each definition.

use conformance::dynamic::encode;
use conformance::{Kind, schemas, subjects};
use grammers_tl_types::{Cursor, Deserializable, Identifiable, Serializable};
use proptest::prelude::*;

use super::random::{for_each, values};

include!(concat!(env!("OUT_DIR"), "/definitions.rs"));

for_each_definition!(super::check);

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
        prop_assert_eq!(&theirs.bytes, &bytes);
        let ours_again = (subject.decode)(&theirs.bytes)?;
        prop_assert_eq!(leaves(&format!("{ours_again:?}")), leaves(&theirs.debug));
        Ok(())
    });
}

#[test]
fn the_comparison_sees_every_leaf_under_its_field() {
    let debug = r#"File(File { id: -7, name: "a \"b\", c: {", parts: [Part { at: [1, 2] }, Empty], own: true, next: Some(3), last: None })"#;
    let found = leaves(debug);
    let found: Vec<_> = found
        .iter()
        .map(|(field, leaf)| (&**field, &**leaf))
        .collect();
    let expected = [
        ("at", "1"),
        ("at", "2"),
        ("id", "-7"),
        ("name", r#""a \"b\", c: {""#),
        ("next", "3"),
        ("parts", "Empty"),
    ];
    assert_eq!(found, expected);
}

/// A definition as the peer has it.
struct Peer {
    kind: Kind,
    tl: &'static str,
    decode: fn(&[u8]) -> Result<Decoded, String>,
}

/// What the peer made of some bytes.
struct Decoded {
    bytes: Vec<u8>,
    debug: String,
}

macro_rules! peers {
    ($($kind:ident $tl:literal $shape:ident $path:path;)*) => {
        &[$(Peer { kind: Kind::$kind, tl: $tl, decode: $shape::<$path> }),*]
    };
}
use peers;

fn plain<T: Deserializable + Serializable + std::fmt::Debug>(
    bytes: &[u8],
) -> Result<Decoded, String> {
    let mut cursor = Cursor::from_slice(bytes);
    let value = T::deserialize(&mut cursor).map_err(|error| error.to_string())?;
    if cursor.pos() != bytes.len() {
        return Err(format!(
            "{} of {} bytes were read",
            cursor.pos(),
            bytes.len()
        ));
    }
    let debug = format!("{value:?}");
    Ok(Decoded {
        bytes: value.to_bytes(),
        debug,
    })
}

/// The peer reads constructors and functions without their id, and writes functions with it.
fn lone<T>(bytes: &[u8]) -> Result<Decoded, String>
where
    T: Deserializable + Serializable + Identifiable + std::fmt::Debug,
{
    let id = T::CONSTRUCTOR_ID.to_le_bytes();
    let fields = bytes.strip_prefix(&id).ok_or("the id is another one")?;
    let mut decoded = plain::<T>(fields)?;
    if decoded.bytes.len() == fields.len() {
        decoded.bytes.splice(..0, id);
    }
    Ok(decoded)
}

/// Field names with the numbers, strings and names that stand under them, from the text of a
/// derived `Debug`: sorted, without `true`, `false` and `None`, since there the two differ in form.
fn leaves(debug: &str) -> Vec<(String, String)> {
    let mut leaves = Vec::new();
    let mut fields = vec![String::new()];
    let mut rest = debug;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '"' => string_end(rest),
            ' ' | ',' | '{' | '}' | '[' | ']' | '(' | ')' => 1,
            _ => rest
                .find([' ', ',', ':', '{', '}', '[', ']', '(', ')'])
                .unwrap_or(rest.len()),
        };
        let (token, behind) = rest.split_at(end);
        let field = fields.last().cloned().unwrap_or_default();
        match token {
            " " | "," | "true" | "false" | "None" => {}
            "{" | "[" | "(" => fields.push(field),
            "}" | "]" | ")" => drop(fields.pop()),
            name if behind.starts_with(": ") => {
                fields.pop();
                fields.push(name.to_owned());
            }
            _ if behind.starts_with('(') || behind.starts_with(" {") => {}
            leaf => leaves.push((field, leaf.to_owned())),
        }
        rest = behind.strip_prefix(": ").unwrap_or(behind);
    }
    leaves.sort();
    leaves
}

/// The length of the string literal that a text begins with.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}
