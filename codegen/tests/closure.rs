//! The closure numbers of Telegram Passport, against the table that the protocol reference gives
//! for layer 230 (section 3.1): types and constructors with `Bool` among them.
//!
//! The rows that need the whole layer are checked by `cargo xtask corpora`.

mod common;

use tl_schema_codegen::schema::Schema;
use tl_schema_codegen::select::{Counts, Manifest, Report, explain, select};

const CORE: [&str; 6] = [
    "account.getAuthorizationForm",
    "account.acceptAuthorization",
    "account.saveSecureValue",
    "account.getSecureValue",
    "account.getAllSecureValues",
    "account.deleteSecureValue",
];
const PASSWORD: [&str; 3] = [
    "account.getPassword",
    "account.getPasswordSettings",
    "account.updatePasswordSettings",
];
const VERIFICATION: [&str; 6] = [
    "account.sendVerifyPhoneCode",
    "account.verifyPhone",
    "account.sendVerifyEmailCode",
    "account.verifyEmail",
    "auth.resendCode",
    "auth.cancelCode",
];
const UPLOAD: [&str; 3] = [
    "upload.saveFilePart",
    "upload.saveBigFilePart",
    "upload.getFile",
];
const OTHERS: [&str; 2] = ["users.setSecureValueErrors", "help.getPassportConfig"];
const ACTIONS: [&str; 2] = [
    "messageActionSecureValuesSentMe",
    "messageActionSecureValuesSent",
];

#[test]
fn each_group_of_methods() {
    assert_counts(&CORE, &[], &[], [6, 21, 58, 64]);
    assert_counts(&PASSWORD, &[], &[], [3, 8, 13, 16]);
    assert_counts(&VERIFICATION, &[], &[], [6, 23, 92, 98]);
    assert_counts(&UPLOAD, &[], &[], [3, 8, 47, 50]);
    assert_counts(&OTHERS, &[], &[], [2, 7, 38, 40]);
}

#[test]
fn all_twenty_methods() {
    assert_counts(&twenty(), &[], &[], [20, 49, 179, 199]);
    assert_counts(&twenty(), &ACTIONS, &[], [20, 49, 179 + 2, 201]);
}

#[test]
fn opaque_types() {
    let opaque = ["User", "InputFileLocation", "auth.SentCode"];
    assert_counts(&twenty(), &ACTIONS, &opaque[..1], [20, 41, 159 + 2, 181]);
    assert_counts(&twenty(), &ACTIONS, &opaque[..2], [20, 38, 134 + 2, 156]);
    assert_counts(&twenty(), &ACTIONS, &opaque, [20, 32, 86 + 2, 108]);
}

/// 201 definitions, nine more methods, four more constructors of two more types.
#[test]
fn the_selection_of_this_project_is_all_of_its_schema() {
    let schema = passport();
    let methods: Vec<&str> = schema.functions.iter().map(|it| &*it.name).collect();
    assert_counts(&methods, &ACTIONS, &[], [29, 51, 185, 214]);
    let whole = select(&schema, &manifest(&methods, &ACTIONS, &[]))
        .unwrap()
        .schema;
    assert_eq!(whole.constructors, schema.constructors);
    assert_eq!(whole.functions, schema.functions);
    let partial: Vec<&str> = whole
        .types
        .iter()
        .filter(|ty| ty.partial)
        .map(|ty| &*ty.name)
        .collect();
    assert_eq!(partial, ["MessageAction"]);
}

#[test]
fn what_drags_things_in() {
    let report = explain(&passport(), &manifest(&twenty(), &[], &[])).unwrap();
    assert_eq!(reaches(&report, "User"), (8, 20));
    assert_eq!(reaches(&report, "auth.SentCode"), (17, 80));
    assert_eq!(reaches(&report, "InputFileLocation"), (4, 32));
    let row = report
        .rows
        .iter()
        .find(|row| row.name == "UserStatus")
        .unwrap();
    let path = [
        "account.getAuthorizationForm",
        "account.authorizationForm.users",
        "user.status",
    ];
    assert_eq!(row.path, path);
}

/// What the second opaque type saves, and the third, beside those before it.
#[test]
fn what_a_type_drags_in_alone() {
    let alone = |ty: &str, opaque: &[&str]| {
        let report = explain(&passport(), &manifest(&twenty(), &ACTIONS, opaque)).unwrap();
        let row = report.rows.into_iter().find(|row| row.name == ty).unwrap();
        (row.alone.types, row.alone.constructors)
    };
    assert_eq!(alone("User", &[]), (49 - 41, 179 - 159));
    assert_eq!(alone("InputFileLocation", &["User"]), (41 - 38, 159 - 134));
    assert_eq!(
        alone("auth.SentCode", &["User", "InputFileLocation"]),
        (38 - 32, 134 - 86)
    );
}

fn reaches(report: &Report, ty: &str) -> (usize, usize) {
    let row = report.rows.iter().find(|row| row.name == ty).unwrap();
    (row.reaches.types, row.reaches.constructors)
}

fn twenty() -> Vec<&'static str> {
    [&CORE[..], &PASSWORD, &VERIFICATION, &UPLOAD, &OTHERS].concat()
}

/// Methods, types, constructors, definitions in all; the order of the table.
fn assert_counts(methods: &[&str], constructors: &[&str], opaque: &[&str], expected: [usize; 4]) {
    let selection = select(&passport(), &manifest(methods, constructors, opaque)).unwrap();
    let Counts {
        methods,
        types,
        constructors,
    } = selection.counts;
    assert_eq!(
        [methods, types, constructors, methods + constructors],
        expected
    );
    assert_eq!(Counts::of(&selection.schema), selection.counts);
}

fn manifest(methods: &[&str], constructors: &[&str], opaque: &[&str]) -> Manifest {
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    Manifest {
        methods: owned(methods),
        types: Vec::new(),
        constructors: owned(constructors),
        opaque: owned(opaque),
    }
}

fn passport() -> Schema {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tl/schema/passport.tl");
    common::schema(&std::fs::read_to_string(path).unwrap())
}
