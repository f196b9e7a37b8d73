//! The files of test vectors as such: each is what its schema says, names what made it, and explains
//! its flags.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use conformance::failure::Class;
use conformance::runner::cases::KINDS;
use conformance::vectors::FOLDER_VARIABLE;
use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

#[test]
fn every_committed_file_is_what_its_schema_says() {
    for (name, file) in COMMITTED.iter() {
        assert_eq!(faults(file, true), Vec::<String>::new(), "{name}");
    }
}

/// What the folder named by `PASSPORT_VECTORS` holds; without it there is nothing to do.
#[test]
fn so_is_every_further_file() {
    let Some(folder) = std::env::var_os(FOLDER_VARIABLE) else {
        return;
    };
    for (name, file) in read(Path::new(&folder)) {
        assert_eq!(faults(&file, false), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn every_committed_file_keeps_its_own_rules() {
    assert!(COMMITTED.len() > 13);
    for (name, file) in COMMITTED.iter() {
        assert_eq!(breaches(file), Vec::<String>::new(), "{name}");
        if let Some(generator) = made_by(file) {
            let its_own = format!("generators/{}.py", name.trim_end_matches(".json"));
            assert_eq!(generator, its_own, "{name}");
        } else {
            assert!(ELSEWHERE.contains(&&**name), "{name} names no generator");
        }
    }
}

/// The rules that a schema cannot say hold for further files, too, but for what made them.
#[test]
fn so_does_every_further_file() {
    let Some(folder) = std::env::var_os(FOLDER_VARIABLE) else {
        return;
    };
    for (name, mut file) in read(Path::new(&folder)) {
        file["generator"] = "elsewhere: by somebody".into();
        assert_eq!(breaches(&file), Vec::<String>::new(), "{name}");
    }
}

/// Each kind that the runner knows has a schema, and no schema is for a kind that it does not know.
#[test]
fn there_is_a_schema_for_each_kind() {
    let kinds: BTreeSet<_> = KINDS
        .iter()
        .copied()
        .chain(["common", "committed"])
        .collect();
    let schemas: BTreeSet<_> = SCHEMAS.keys().map(String::as_str).collect();
    assert_eq!(schemas, kinds);
    for (name, schema) in SCHEMAS.iter() {
        assert_eq!(schema["$id"], format!("{name}.schema.json"));
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        assert!(jsonschema::meta::is_valid(schema), "{name}");
    }
}

#[test]
fn the_schema_lists_the_classes_of_failure() {
    let listed = &SCHEMAS["common"]["$defs"]["class"]["enum"];
    let words: Vec<_> = Class::ALL.iter().map(|class| class.word()).collect();
    assert_eq!(*listed, json!(words));
}

/// A generator that is not named, or not there, is noticed; so is each other fault.
#[test]
fn faulty_files_are_noticed() {
    let (_, sound) = COMMITTED
        .iter()
        .find(|(_, file)| file["algorithm"] == "PassportOaep")
        .expect("the file is there");
    let invalid = (0..)
        .find(|at| sound["testGroups"][0]["tests"][*at]["result"] == "invalid")
        .expect("one is invalid");
    let test = format!("/testGroups/0/tests/{invalid}");
    let at = |member: &str| format!("{test}/{member}");
    let set = |path: &str, value: Value| (path.to_owned(), Some(value));
    for (path, value) in [
        ("/generator".to_owned(), None),
        set("/generator", json!("generators/oaep.sh")),
        set("/generator", json!("somebody")),
        set("/numberOfTests", json!("168")),
        ("/header".to_owned(), None),
        set("/notes/Valid", json!("a text")),
        set("/notes/Valid/bugType", json!("BAD")),
        ("/notes/Valid/bugType".to_owned(), None),
        ("/notes/Valid/description".to_owned(), None),
        set("/testGroups/0/type", json!("Other")),
        set("/testGroups/0/source", json!("somewhere")),
        set("/testGroups/0/keySize", json!("2048")),
        ("/testGroups/0/privateKeyPem".to_owned(), None),
        set("/testGroups/0/tests", json!([])),
        (at("failure"), None),
        set(&at("failure"), json!("bad luck")),
        set(&at("failure"), json!([])),
        set(&at("failure"), json!(["rsa"])),
        set(&at("result"), json!("wrong")),
        set(&at("result"), json!("valid")),
        set(&at("ciphertext"), json!("0")),
        set(&at("ciphertext"), json!("AB")),
        set(&at("cipherText"), json!("00")),
        (at("comment"), None),
        (at("flags"), None),
        set(&at("flags"), json!([])),
        set(&at("flags"), json!(["lower"])),
    ] {
        let file = changed(sound, &path, value.clone());
        assert_ne!(
            faults(&file, true),
            Vec::<String>::new(),
            "{path} {value:?}"
        );
    }
    for (path, value, breach) in [
        (
            "/numberOfTests",
            json!(167),
            "it says that it has 167 tests, and has 168",
        ),
        (
            "/generator",
            json!("generators/none.py"),
            "generators/none.py is not there",
        ),
        (
            "/testGroups/0/tests/1/tcId",
            json!(1),
            "tcId 1 does not ascend",
        ),
        (
            "/testGroups/1/tests/0/tcId",
            json!(3),
            "tcId 3 does not ascend",
        ),
        (
            "/testGroups/0/tests/0/flags",
            json!(["Valid", "New"]),
            "nothing explains New",
        ),
        (
            "/notes/Old",
            json!({"description": ""}),
            "Old is explained and not used",
        ),
        (
            "/testGroups/0/tests/1/comment",
            json!("a secret"),
            "two tests of a group have the comment: a secret",
        ),
    ] {
        let file = changed(sound, path, Some(value));
        assert_eq!(breaches(&file), [breach], "{path}");
    }
}

/// What a file has that its schema does not allow.
fn faults(file: &Value, committed: bool) -> Vec<String> {
    let kind = file["algorithm"].as_str().unwrap_or_default();
    let committed = committed.then_some("committed");
    let names = [kind].into_iter().chain(committed);
    let faults = names.flat_map(|name| match VALIDATORS.get(name) {
        None => vec![format!("there is no schema for {name}")],
        Some(validator) => validator
            .iter_errors(file)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect(),
    });
    faults.collect()
}

/// Which of the rules that no schema can say a file breaks.
fn breaches(file: &Value) -> Vec<String> {
    let mut breaches = Vec::new();
    let mut used = BTreeSet::new();
    let (mut count, mut last) = (0, 0);
    for group in items(&file["testGroups"]) {
        let mut comments = BTreeSet::new();
        for test in items(&group["tests"]) {
            count += 1;
            let id = test["tcId"].as_u64().unwrap_or_default();
            if id <= last {
                breaches.push(format!("tcId {id} does not ascend"));
            }
            last = id;
            used.extend(items(&test["flags"]).filter_map(Value::as_str));
            let comment = test["comment"].as_str().unwrap_or_default();
            // Others' files are as they are.
            if !comments.insert(comment) && made_by(file).is_some() {
                let doubled = format!("two tests of a group have the comment: {comment}");
                breaches.push(doubled);
            }
        }
    }
    if file["numberOfTests"] != count {
        let said = &file["numberOfTests"];
        breaches.push(format!("it says that it has {said} tests, and has {count}"));
    }
    let notes = file["notes"].as_object().into_iter().flatten();
    let explained: BTreeSet<_> = notes.map(|(flag, _)| flag.as_str()).collect();
    let unexplained = used.difference(&explained);
    breaches.extend(unexplained.map(|flag| format!("nothing explains {flag}")));
    let unused = explained.difference(&used);
    breaches.extend(unused.map(|flag| format!("{flag} is explained and not used")));
    if let Some(generator) = made_by(file)
        && !Path::new(FOLDER).join(generator).is_file()
    {
        breaches.push(format!("{generator} is not there"));
    }
    breaches
}

/// The program in the folder of the vectors that made the file; `None` for one from elsewhere.
fn made_by(file: &Value) -> Option<&str> {
    let generator = file["generator"].as_str()?;
    generator.starts_with("generators/").then_some(generator)
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The file with another value at a path, or without it.
fn changed(file: &Value, path: &str, value: Option<Value>) -> Value {
    let mut file = file.clone();
    let (parent, name) = path.rsplit_once('/').expect("a path");
    let parent = file.pointer_mut(parent).expect("it is there");
    let object = parent.as_object_mut().expect("an object");
    match value {
        Some(value) => object.insert(name.to_owned(), value),
        None => object.remove(name),
    };
    file
}

/// The files that came with the project, made by other implementations. No further one comes without
/// the program that makes it.
const ELSEWHERE: &[&str] = &[
    "credentials.json",
    "deep_links.json",
    "errors.json",
    "files.json",
    "form.json",
    "messages.json",
    "pem.json",
    "required.json",
    "scope.json",
    "secrets.json",
    "srp.json",
    "tl_wire.json",
    "value.json",
];

static COMMITTED: LazyLock<Vec<(String, Value)>> = LazyLock::new(|| read(Path::new(FOLDER)));

/// Schemas by the name of the kind.
static SCHEMAS: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
    let files = read(&Path::new(FOLDER).join("schemas")).into_iter();
    let kind = |name: &str| name.trim_end_matches(".schema.json").to_owned();
    files.map(|(name, schema)| (kind(&name), schema)).collect()
});

static VALIDATORS: LazyLock<BTreeMap<String, Validator>> = LazyLock::new(|| {
    let mut registry = Registry::new();
    for (name, schema) in SCHEMAS.iter() {
        let uri = format!("{BASE}{name}.schema.json");
        registry = registry.add(uri, schema).expect("a name");
    }
    let registry = registry
        .prepare()
        .expect("all references are to schemas here");
    let validator = |(name, _): (&String, &Value)| {
        let whole = json!({"$ref": format!("{BASE}{name}.schema.json")});
        let options = jsonschema::draft202012::options().with_registry(&registry);
        (name.clone(), options.build(&whole).expect("a schema"))
    };
    SCHEMAS.iter().map(validator).collect()
});

/// The JSON files of a folder by their names, in order.
fn read(folder: &Path) -> Vec<(String, Value)> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect();
    paths.sort();
    let file = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("it can be read");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let value = serde_json::from_str(&text);
        let value = value.unwrap_or_else(|error| panic!("{name}: {error}"));
        (name.into_owned(), value)
    };
    paths.into_iter().map(file).collect()
}

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors");

/// The schemas refer to each other by the names of their files; this is where they seem to be.
const BASE: &str = "schemas:/";
