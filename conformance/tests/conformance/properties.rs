//! Laws that hold for every value of every definition: one test for each definition.

use conformance::{Kind, schemas, subjects};

use super::laws;

include!(concat!(env!("OUT_DIR"), "/definitions.rs"));

for_constructors!(super::check);
for_types!(super::check);
for_functions!(super::check);

fn check(kind: Kind, tl: &str) {
    let found = subjects().iter().find(|it| (it.kind, it.tl) == (kind, tl));
    let subject = found.expect("the table has every definition");
    let schema = schemas::passport();
    assert!(
        subject.json.is_some(),
        "the Passport types have a JSON form"
    );
    laws::hold(schema, subject);
}
