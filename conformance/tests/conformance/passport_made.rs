//! What our user's side makes: all kinds of it, each opened again by the runner of vectors.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use conformance::made::{FOLDERS, Made, make};
use conformance::runner::judge::Outcome;
use conformance::runner::{self, OurCrates};
use serde_json::Value;

#[test]
fn what_the_users_side_makes_is_opened() {
    let folder = Folder::new("opened");
    MADE.write(&folder.0).expect("written");
    let outcomes = outcomes(&folder.0);
    let failed: Vec<_> = outcomes
        .iter()
        .filter(|(_, outcome)| *outcome != Outcome::Pass)
        .collect();
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(outcomes.len(), MADE.tests());

    let mut kinds: BTreeMap<_, usize> = BTreeMap::new();
    for ((kind, _), _) in &outcomes {
        *kinds.entry(kind.as_str()).or_default() += 1;
    }
    // A fixed story, so that nothing of it is left out unnoticed.
    let expected = [
        ("CredentialsDecrypt", 8),
        ("FileDecrypt", 156),
        ("PassportMessage", 4),
        ("PassportSecretWrap", 6),
        ("SrpCheck", 6),
        ("SrpVerifier", 6),
        ("TlDecode", 90),
        ("ValueDecrypt", 14),
        ("ValueSecretWrap", 89),
    ];
    assert_eq!(kinds, BTreeMap::from(expected));
}

/// One bit of an encrypted file, and of each text of one vector of each kind.
#[test]
fn what_is_damaged_is_noticed() {
    let folder = Folder::new("damaged");
    MADE.write(&folder.0).expect("written");
    let file = folder.0.join("submissions/files/1.enc");
    let mut bytes = fs::read(&file).expect("an encrypted file");
    bytes[20] ^= 1;
    fs::write(&file, bytes).expect("written");
    for (name, group, fields) in [
        ("calls/srp.json", 0, &["M1"][..]),
        ("calls/srp.json", 1, &["v"]),
        ("secrets/secrets.json", 0, &["encrypted"]),
        ("submissions/credentials.json", 0, &["expected", "nonce"]),
        ("submissions/messages.json", 0, &["expected", "nonce"]),
        ("submissions/value.json", 0, &["msg"]),
    ] {
        let file = folder.0.join(name);
        let text = fs::read_to_string(&file).expect("vectors");
        let mut json: Value = serde_json::from_str(&text).expect("JSON");
        let test = &mut json["testGroups"][group]["tests"][0];
        let text = fields.iter().fold(test, |value, field| &mut value[field]);
        let changed = text.as_str().expect("a text").to_owned();
        let last = if changed.ends_with('0') { "1" } else { "0" };
        *text = format!("{}{last}", &changed[..changed.len() - 1]).into();
        fs::write(&file, json.to_string()).expect("written");
    }
    let failed = outcomes(&folder.0)
        .into_iter()
        .filter(|(_, outcome)| *outcome != Outcome::Pass);
    let failed: Vec<_> = failed.map(|((kind, _), _)| kind).collect();
    let expected = [
        "SrpCheck",
        "SrpVerifier",
        "PassportSecretWrap",
        "CredentialsDecrypt",
        "FileDecrypt",
        "PassportMessage",
        "ValueDecrypt",
    ];
    assert_eq!(failed, expected);
}

#[test]
fn the_seed_decides_every_byte() {
    let [same, other] = [1, 2].map(|seed| make(seed).expect("nothing goes wrong"));
    assert!(MADE.files() == same.files());
    let encrypted = |made: &Made| {
        let files = made.files().clone().into_iter();
        files
            .filter(|(path, _)| path.extension().is_some_and(|it| it == "enc"))
            .collect::<BTreeMap<_, _>>()
    };
    let (one, other) = (encrypted(&MADE), encrypted(&other));
    assert!(one.keys().eq(other.keys()));
    assert!(one.iter().zip(&other).all(|(one, other)| one.1 != other.1));
}

/// Made once: it takes many rounds of the KDF.
static MADE: LazyLock<Made> = LazyLock::new(|| make(1).expect("nothing goes wrong"));

/// What became of each vector, by its kind and comment.
fn outcomes(folder: &Path) -> Vec<((String, String), Outcome)> {
    let folders = FOLDERS.map(|name| folder.join(name));
    let suites = runner::suites(&folders).expect("vectors");
    let verdicts = runner::run(&mut OurCrates, &suites, |_| ());
    let verdicts = verdicts.into_iter();
    verdicts
        .map(|it| ((it.case.kind, it.case.comment), it.outcome))
        .collect()
}

/// A folder that is gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("passport-made-{name}-{}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
