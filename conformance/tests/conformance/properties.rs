//! Laws that hold for every value of every definition: one test for each definition.

use conformance::dynamic::{Encoding, Object, encode, object_to_json};
use conformance::random::{for_each, values};
use conformance::{Kind, Subject, schemas, subjects};
use proptest::prelude::*;

use super::laws;

include!(concat!(env!("OUT_DIR"), "/definitions.rs"));

for_constructors!(super::check);
for_types!(super::check);
for_functions!(super::check);

fn check(kind: Kind, tl: &str) {
    let found = subjects().iter().find(|it| (it.kind, it.tl) == (kind, tl));
    let subject = found.expect("the table has every definition");
    let schema = schemas::passport();
    laws::hold(schema, subject);
    for_each(16, values(schema, (kind, tl), 6), |object| {
        json_agrees(subject, &object, &encode(schema, &object))
    });
}

fn json_agrees(
    subject: &Subject,
    object: &Object,
    encoding: &Encoding,
) -> Result<(), TestCaseError> {
    let json = subject.json.expect("the Passport types have a JSON form");
    let expected = object_to_json(schemas::passport(), object);
    prop_assert_eq!((json.read)(&encoding.bytes)?, expected.clone());
    prop_assert_eq!(&(json.write)(&expected)?, &encoding.bytes);
    Ok(())
}
