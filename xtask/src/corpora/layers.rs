//! Numbers of the protocol reference that need whole layers.

use std::collections::BTreeSet;

use tl_schema_codegen::diff::diff;
use tl_schema_codegen::schema::Schema;
use tl_schema_codegen::select::{Counts, Manifest, select};
use tl_schema_codegen::syntax::{Section, Tree, TypeKind};

use super::catalogue::{CATALOGUE, LAYER_222, LAYER_230, Package};
use super::fetch::Places;
use crate::failure::Failure;
use crate::passport::Passport;
use crate::schemas::Files;

/// What is not as the reference says.
pub(super) fn check(places: &Places) -> Result<Vec<String>, Failure> {
    let (old_files, new_files) = (api(places, LAYER_222)?, api(places, LAYER_230)?);
    let (old, new) = (old_files.check()?, new_files.check()?);
    let mut problems = Vec::new();
    let mut compare = |what: &str, found: String, expected: String| {
        if found != expected {
            problems.push(format!(
                "{what}: {found}, but the reference says {expected}"
            ));
        }
    };
    let kept = diff(&old.schema, &new.schema).id_kept().count();
    compare(
        "ids kept from layer 222 to 230",
        kept.to_string(),
        ID_KEPT.to_string(),
    );
    for (ty, expected) in CLOSURES {
        let counts = closure(&new.schema, ty)?;
        compare(
            &format!("the closure with {ty}"),
            format!("{counts:?}"),
            format!("{expected:?}"),
        );
    }
    let whole = whole(&new.trees);
    compare("layer 230", format!("{whole:?}"), format!("{WHOLE:?}"));

    let passport = Passport::read()?;
    let selected = select(&new.schema, &passport.roots.manifest())?.schema;
    let own = passport.select()?.schema;
    if lines(&selected) != lines(&own) {
        problems.push("passport.tl is not what its roots select from layer 230".to_owned());
    }
    Ok(problems)
}

/// Definitions whose text changes between layers 222 and 230 while their id stays.
const ID_KEPT: usize = 14;

/// Section 3.1: the 20 methods and, whole, one more type.
const CLOSURES: &[(&str, Counts)] = &[
    (
        "MessageAction",
        Counts {
            methods: 20,
            types: 126,
            constructors: 544,
        },
    ),
    (
        "Message",
        Counts {
            methods: 20,
            types: 144,
            constructors: 577,
        },
    ),
    (
        "Update",
        Counts {
            methods: 20,
            types: 208,
            constructors: 905,
        },
    ),
    (
        "Updates",
        Counts {
            methods: 20,
            types: 209,
            constructors: 912,
        },
    ),
];

/// The same of all of layer 230, `Bool`, `True` and `Vector` included.
const WHOLE: Counts = Counts {
    methods: 850,
    types: 650,
    constructors: 1704,
};

/// Section 3.1: the methods that the numbers are of.
const METHODS: [&str; 20] = [
    "account.getAuthorizationForm",
    "account.acceptAuthorization",
    "account.saveSecureValue",
    "account.getSecureValue",
    "account.getAllSecureValues",
    "account.deleteSecureValue",
    "account.getPassword",
    "account.getPasswordSettings",
    "account.updatePasswordSettings",
    "account.sendVerifyPhoneCode",
    "account.verifyPhone",
    "account.sendVerifyEmailCode",
    "account.verifyEmail",
    "auth.resendCode",
    "auth.cancelCode",
    "upload.saveFilePart",
    "upload.saveBigFilePart",
    "upload.getFile",
    "users.setSecureValueErrors",
    "help.getPassportConfig",
];

fn api(places: &Places, package: Package) -> Result<Files, Failure> {
    let corpus = CATALOGUE.iter().find(|corpus| corpus.package == package);
    corpus
        .ok_or_else(|| Failure::trouble("a layer is not in the catalogue"))?
        .read(places)
}

fn closure(schema: &Schema, ty: &str) -> Result<Counts, Failure> {
    let manifest = Manifest {
        methods: METHODS.map(str::to_owned).to_vec(),
        types: vec![ty.to_owned()],
        ..Manifest::default()
    };
    Ok(select(schema, &manifest)?.counts)
}

/// Counts what the files declare, built-in types included.
fn whole(trees: &[Tree]) -> Counts {
    let mut counts = Counts::default();
    let mut types = BTreeSet::new();
    for (section, definition) in trees.iter().flat_map(Tree::definitions) {
        match section {
            Section::Functions => counts.methods += 1,
            Section::Types => {
                counts.constructors += 1;
                if let TypeKind::Named { name, .. } = definition.result.kind {
                    types.insert(name);
                }
            }
        }
    }
    Counts {
        types: types.len(),
        ..counts
    }
}

/// The definitions of a schema, in whatever order.
fn lines(schema: &Schema) -> BTreeSet<&str> {
    schema
        .constructors
        .iter()
        .chain(&schema.functions)
        .map(|it| &*it.text)
        .collect()
}
