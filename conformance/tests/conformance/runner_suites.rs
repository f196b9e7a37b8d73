//! Folders of vectors that the runner must not misread: nothing is dropped, nothing is run twice.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use conformance::runner;
use conformance::runner::judge::Outcome;
use conformance::runner::matrix::{Matrix, Shim};
use serde_json::{Value, json};

/// A shim runs in its own folder, and still finds the files of a folder that is named from here.
#[test]
fn relative_folders() {
    let folder = Folder::new("relative");
    let given = relative(&folder.0);
    folder.write("files", &file_case("one.bin"));
    fs::write(folder.0.join("one.bin"), [0; 64]).expect("written");
    let suites = runner::suites(std::slice::from_ref(&given)).expect("it is understood");
    // Deeper than the working directory, so that no way upwards leads to the right place by chance.
    let here = std::env::current_dir().expect("a working directory");
    let below = folder.0.join("x/".repeat(here.components().count()));
    let shim = Shim {
        name: "Other".to_owned(),
        version: "1.0".to_owned(),
        folder: below.join("other"),
        install: String::new(),
        remarks: vec![],
        command:
            r#"read -r line; path=${line##*\"path\":\"}; path=${path%%\"*}; id=${line##*\"id\":\"}
            [ -f "$path" ] && answer='"err":"no"' || answer='"ok":"the file is not there"'
            echo "{\"id\":\"${id%%\"*}\",$answer}""#
                .to_owned(),
    };
    fs::create_dir_all(&shim.folder).expect("a folder");
    let matrix = Matrix::run(&suites, &[shim], &below, Duration::from_secs(60), |_| ());
    let text = matrix.expect("it is installed").to_markdown();
    let row = "| files | FileDecrypt | 1 of 1 | 1 of 1 |\n";
    assert!(text.contains(row), "{text}");
}

/// A file that is not there would let all invalid cases pass.
#[test]
fn files_of_cases_must_be_there() {
    let folder = Folder::new("missing");
    for name in ["one.bin", "../one.bin", "/dev/null"] {
        folder.write("files", &file_case(name));
        let (status, said) = folder.run();
        assert_eq!(status, 2, "{said}");
        for part in ["files.json", "tcId 1", name] {
            assert!(said.contains(part), "{said}");
        }
    }
}

/// Each of these was left out without a word.
#[test]
fn cases_that_cannot_be_understood() {
    let folder = Folder::new("cases");
    for (name, value, said) in [
        ("result", json!("Invalid"), "`result`"),
        ("result", Value::Null, "`result`"),
        ("flags", json!("Padding"), "`flags`"),
        ("failure", json!(7), "`failure`"),
        ("scope", Value::Null, "`scope`"),
        ("tcId", json!("2"), "`tcId`"),
        ("tcId", json!(1), "used twice"),
    ] {
        let mut file = scopes(2);
        let test = &mut file["testGroups"][0]["tests"][1];
        match value {
            Value::Null => drop(test.as_object_mut().expect("an object").remove(name)),
            value => test[name] = value,
        }
        folder.write("scope", &file);
        let (status, text) = folder.run();
        assert_eq!(status, 2, "{name}: {text}");
        assert!(text.contains("scope.json") && text.contains(said), "{text}");
    }
    let mut file = scopes(2);
    file["numberOfTests"] = json!(999);
    folder.write("scope", &file);
    let (status, said) = folder.run();
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("2 cases and not 999"), "{said}");
    let mut file = file_case("one.bin");
    file["algorithm"] = "PassportOaep".into();
    file["testGroups"][0]["type"] = "CredentialsSecretOpen".into();
    file["testGroups"][0]["tests"][0]["ciphertext"] = "00".into();
    folder.write("scope", &file);
    let (status, said) = folder.run();
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("`privateKeyPem`"), "{said}");
}

/// A group of an unknown type is told of, as a file of an unknown kind is.
#[test]
fn groups_of_unknown_types_are_listed() {
    let folder = Folder::new("groups");
    let mut file = scopes(1);
    let groups = file["testGroups"].as_array_mut().expect("groups");
    let mut other = groups[0].clone();
    other["type"] = "ScopeValidtae".into();
    other["tests"][0]["tcId"] = json!(2);
    groups.push(other);
    file["numberOfTests"] = json!(2);
    folder.write("scope", &file);
    let (status, said) = folder.run();
    assert_eq!(status, 0, "{said}");
    let line = "scope              ScopeValidtae          a kind that is not known here";
    assert!(said.contains(line), "{said}");
    assert!(said.contains("1 of 1 cases passed"), "{said}");
}

/// If there is nothing else, the message says what there was.
#[test]
fn folders_with_unknown_kinds_only() {
    let folder = Folder::new("kinds");
    let mut file = scopes(1);
    file["algorithm"] = "Nope".into();
    folder.write("aaa", &file);
    let (status, said) = folder.run();
    assert_eq!(status, 2, "{said}");
    assert!(
        said.contains("aaa: the kind Nope is not known here"),
        "{said}"
    );
}

/// Cases of two folders are told apart; the same case twice would hide one failure by the other.
#[test]
fn the_same_name_in_two_folders() {
    let folder = Folder::new("names");
    let at = |name: &str| folder.0.join(name);
    for (name, stem) in [
        ("a", "scope"),
        ("b", "scope"),
        ("b", "other"),
        ("c/a", "scope"),
    ] {
        fs::create_dir_all(at(name)).expect("a folder");
        let path = at(name).join(format!("{stem}.json"));
        fs::write(path, scopes(1).to_string()).expect("written");
    }
    let names = |folders: &[&str]| {
        let folders: Vec<_> = folders.iter().map(|it| at(it)).collect();
        let suites = runner::suites(&folders)?;
        Ok::<Vec<_>, String>(suites.into_iter().map(|it| it.file).collect())
    };
    assert_eq!(
        names(&["a", "b"]).expect("names"),
        ["a/scope", "other", "b/scope"]
    );
    assert_eq!(names(&["b"]).expect("names"), ["other", "scope"]);
    for folders in [&["a", "a"], &["a", "b/../a"]] {
        let said = names(folders).expect_err("the same folder");
        assert!(said.ends_with("/a: this folder is given twice"), "{said}");
    }
    let names = names(&["a", "c/a"]).expect("names");
    assert!(names[0].ends_with("/a/scope"), "{names:?}");
    assert_eq!(names[1..], ["c/a/scope"]);
}

/// A time that is none, or that no clock counts.
#[test]
fn times_to_wait() {
    for command in ["run", "matrix"] {
        for time in ["0", "86401", "18446744073709551615"] {
            let mut program = Command::new(env!("CARGO_BIN_EXE_conformance"));
            let said = program.args([command, "--timeout", time]).output();
            let said = said.expect("it runs");
            assert_eq!(said.status.code(), Some(2), "{command} {time}");
            let text = String::from_utf8_lossy(&said.stderr);
            assert!(text.contains("1..=86400"), "{text}");
        }
    }
}

/// The outcome of a program that is not there, by the command line.
#[test]
fn a_program_that_is_not_there() {
    let folder = Folder::new("program");
    folder.write("scope", &scopes(5));
    let (status, said) = folder.run_with(&["--shim", "/no/such/program", "--report", "json"]);
    assert_eq!(status, 1, "{said}");
    let report: Value = serde_json::from_str(&said).expect("JSON");
    for at in 0..5 {
        let failure = &report["failures"][at];
        assert_eq!(failure["outcome"], json!(Outcome::Crash));
        let note = failure["note"].as_str().expect("a text");
        assert!(note.contains("exit status 127"), "{note}");
        assert!(note.contains("found no such program"), "{note}");
        assert_eq!(note.contains("none of the first 3"), at > 2, "{at}: {note}");
    }
}

/// Sound scopes, numbered from one.
fn scopes(count: u64) -> Value {
    let tests = (1..=count).map(|id| {
        json!({
            "tcId": id, "comment": "", "flags": [], "scope": {"v": 1, "d": ["em"]}, "result": "valid",
        })
    });
    json!({
        "algorithm": "PassportScope", "numberOfTests": count,
        "testGroups": [{"type": "ScopeValidate", "tests": tests.collect::<Vec<_>>()}],
    })
}

/// A file that is refused, for its hash or because it is not there.
fn file_case(name: &str) -> Value {
    let base64 = format!("{}=", "A".repeat(43));
    json!({
        "algorithm": "PassportFile", "numberOfTests": 1,
        "testGroups": [{"type": "FileDecrypt", "tests": [{
            "tcId": 1, "comment": "", "flags": [], "file": name, "secret": base64,
            "fileHash": base64, "result": "invalid",
        }]}],
    })
}

/// A path from the working directory to an absolute one.
fn relative(path: &Path) -> PathBuf {
    let here = std::env::current_dir().expect("a working directory");
    let down = here
        .components()
        .filter(|it| matches!(it, Component::Normal(_)));
    let mut relative: PathBuf = down.map(|_| "..").collect();
    relative.extend(path.components().filter(|it| *it != Component::RootDir));
    relative
}

/// A folder of vectors that is gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("conformance-suites-{name}-{}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(&folder.0).expect("a folder");
        folder
    }

    fn write(&self, stem: &str, file: &Value) {
        let path = self.0.join(format!("{stem}.json"));
        fs::write(path, file.to_string()).expect("written");
    }

    /// The exit status of a run on our own crates, and all that it said.
    fn run(&self) -> (i32, String) {
        self.run_with(&[])
    }

    fn run_with(&self, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_conformance"));
        command.arg("run").arg("--vectors").arg(&self.0);
        let said = command.args(arguments).output().expect("it runs");
        let texts = [said.stdout, said.stderr].map(|it| String::from_utf8(it).expect("text"));
        (said.status.code().expect("it ended"), texts.concat())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
