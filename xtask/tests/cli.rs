//! Exit codes and messages, as scripts and people meet them.

mod common;

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

use common::{folder, untimed, without_progress, xtask};

#[test]
fn lint() {
    let folder = folder("lint");
    fs::write(folder.join("good.tl"), "a x:int = A;\nb = B;\n").unwrap();
    fs::write(folder.join("warned.tl"), "a#1 = A;\n").unwrap();
    fs::write(folder.join("wrong.tl"), "a x:Missing = A;\n").unwrap();
    fs::write(folder.join("binary.tl"), [0xFF, 0xFE]).unwrap();

    let good = xtask(&folder, &["lint", "good.tl"]);
    assert_eq!((good.code, &*good.stderr), (Some(0), ""));
    assert_eq!(
        untimed(&good.stdout),
        "2 definitions in 1 file, no errors, 0 warnings"
    );

    let warned = xtask(&folder, &["lint", "good.tl", "warned.tl"]);
    assert_eq!(warned.code, Some(0));
    assert!(warned.stderr.starts_with("warning: "), "{}", warned.stderr);
    assert_eq!(
        untimed(&warned.stdout),
        "3 definitions in 2 files, no errors, 1 warning"
    );
    let known = xtask(&folder, &["lint", "warned.tl", "--exception", "a"]);
    assert_eq!((known.code, &*known.stderr), (Some(0), ""));

    let wrong = xtask(&folder, &["lint", "good.tl", "wrong.tl"]);
    assert_eq!((wrong.code, &*wrong.stdout), (Some(1), ""));
    assert!(wrong.stderr.starts_with("error: "), "{}", wrong.stderr);
    assert!(wrong.stderr.contains("wrong.tl:1:5"), "{}", wrong.stderr);
    assert!(
        wrong.stderr.contains("\n1 error, 0 warnings in 2 files, "),
        "{}",
        wrong.stderr
    );

    let binary = xtask(&folder, &["lint", "binary.tl"]);
    assert_eq!(binary.code, Some(1));
    assert_eq!(
        binary.stderr,
        "error: binary.tl is not UTF-8 at byte 0\nhint: is this a text file?\n"
    );
    let missing = xtask(&folder, &["lint", "missing.tl"]);
    assert_eq!(missing.code, Some(2));
    assert!(
        missing
            .stderr
            .starts_with("error: cannot read missing.tl: "),
        "{}",
        missing.stderr
    );
}

#[test]
fn lint_knows_explained_exceptions() {
    let folder = folder("lint_exceptions");
    fs::write(folder.join("a.tl"), "a#1 = A;\nns.b#2 = B;\nc#3 = C;\n").unwrap();
    let known = "[exceptions]\na = \"renamed, the id kept\"\n\"ns.b\" = \"the same\"\n";
    fs::write(folder.join("known.toml"), known).unwrap();
    let command = ["lint", "a.tl", "--exceptions", "known.toml"];

    let one_more = xtask(&folder, &command);
    assert_eq!(one_more.code, Some(0));
    let first = one_more.stderr.lines().next().unwrap();
    assert_eq!(
        first,
        "warning: the id is 00000003, but the text hashes to ee6017f5"
    );
    assert!(one_more.stderr.contains("a.tl:3:1"), "{}", one_more.stderr);
    let summary = "3 definitions in 1 file, no errors, 1 warning";
    assert_eq!(untimed(&one_more.stdout), summary);
    let all = xtask(&folder, &[&command[..], &["--exception", "c"]].concat());
    assert_eq!((all.code, &*all.stderr), (Some(0), ""));

    // One that is right is no exception.
    fs::write(folder.join("right.tl"), "a = A;\n").unwrap();
    let right = xtask(&folder, &["lint", "right.tl", "--exceptions", "known.toml"]);
    let first = right.stderr.lines().next().unwrap();
    assert_eq!(
        first,
        "warning: `a` is listed as an exception, but its id is right"
    );

    for (list, complaint) in [
        (
            "[exceptions]\na = \" \"\n",
            "list.toml does not say why a is an exception\n",
        ),
        (
            "[exceptions]\nns.b = \"why\"\n",
            "list.toml is not as expected\n",
        ),
        ("a = \"why\"\n", "list.toml is not as expected\n"),
        ("exceptions = [\"a\"]\n", "list.toml is not as expected\n"),
    ] {
        fs::write(folder.join("list.toml"), list).unwrap();
        let refused = xtask(&folder, &["lint", "a.tl", "--exceptions", "list.toml"]);
        assert_eq!((refused.code, &*refused.stdout), (Some(1), ""), "{list}");
        let expected = format!("error: {complaint}");
        assert!(refused.stderr.starts_with(&expected), "{}", refused.stderr);
    }
    let missing = xtask(&folder, &["lint", "a.tl", "--exceptions", "missing.toml"]);
    assert_eq!(missing.code, Some(2));
}

#[test]
fn lint_prints_the_canonical_form_and_nothing_else() {
    let folder = folder("lint_print");
    fs::write(folder.join("a.tl"), "// of a\na   x : (vector  int)=A ;").unwrap();
    let printed = xtask(&folder, &["lint", "--print", "a.tl"]);
    assert_eq!(printed.stdout, "// of a\na x:vector<int> = A;\n");
    assert_eq!(printed.code, Some(0));
}

/// Ids as in protocol reference 2.4.
#[test]
fn lint_lists_ids() {
    let folder = folder("lint_ids");
    let text = "boolTrue = Bool; boolFalse#bc799737 = Bool; \
                user#1 id:int first_name:string last_name:string = User;";
    fs::write(folder.join("a.tl"), text).unwrap();
    let listed = xtask(&folder, &["lint", "--ids", "a.tl"]);
    let expected = "boolTrue\t-\t997275b5\nboolFalse\tbc799737\tbc799737\n\
                    user\t00000001\td23c81a3\tdiffers\n";
    assert_eq!(listed.stdout, expected);
}

#[test]
fn diff() {
    let folder = folder("diff");
    fs::write(folder.join("old.tl"), "a x:int = A;\n").unwrap();
    fs::write(folder.join("same.tl"), "// the same\na x:int\n = A;\n").unwrap();
    fs::write(folder.join("new.tl"), "a x:long = A;\n").unwrap();
    fs::write(folder.join("wrong.tl"), "a\n").unwrap();
    assert_eq!(xtask(&folder, &["diff", "old.tl", "same.tl"]).code, Some(0));
    let differs = xtask(&folder, &["diff", "old.tl", "new.tl"]);
    assert_eq!((differs.code, &*differs.stderr), (Some(1), ""));
    assert!(
        differs.stdout.contains("x:int -> x:long"),
        "{}",
        differs.stdout
    );
    assert_eq!(
        xtask(&folder, &["diff", "old.tl", "wrong.tl"]).code,
        Some(2)
    );
    assert_eq!(
        xtask(&folder, &["diff", "old.tl", "missing.tl"]).code,
        Some(2)
    );
}

#[test]
fn generate() {
    let folder = folder("generate");
    fs::write(folder.join("a.tl"), "a x:B = A;\nb = B;\nc = C;\n").unwrap();
    let command = ["generate", "--schema", "a.tl", "--out", "out"];
    let first = xtask(&folder, &command);
    assert_eq!((first.code, &*first.stderr), (Some(0), ""));
    assert!(
        first
            .stdout
            .starts_with("0 methods, 3 constructors of 3 types, "),
        "{}",
        first.stdout
    );
    let root = fs::read_to_string(folder.join("out/mod.rs")).unwrap();
    let head = "// @generated by `cargo xtask generate` from a.tl; edits are overwritten.\n";
    assert!(root.starts_with(head), "{root}");

    let again = xtask(&folder, &command);
    assert!(again.stdout.contains("nothing changed"), "{}", again.stdout);
    fs::write(folder.join("out/old.rs"), &root).unwrap();
    let rooted = xtask(&folder, &[&command[..], &["--root", "A"]].concat());
    assert!(
        rooted
            .stdout
            .starts_with("0 methods, 2 constructors of 2 types, "),
        "{}",
        rooted.stdout
    );
    assert!(!folder.join("out/old.rs").exists());

    let unknown = xtask(&folder, &[&command[..], &["--root", "Aa"]].concat());
    let expected = "error: the schema has no type `Aa`\nhint: did you mean `A`?\n";
    assert_eq!((unknown.code, &*unknown.stderr), (Some(1), expected));
}

#[test]
fn generate_endangers_no_other_files() {
    let folder = folder("generate_other_files");
    fs::write(folder.join("a.tl"), "a = A;\n").unwrap();
    fs::write(folder.join("main.rs"), "fn main() {}\n").unwrap();
    let command = ["generate", "--schema", "a.tl", "--out", "."];
    let refused = xtask(&folder, &command);
    assert_eq!(refused.code, Some(1));
    assert!(!folder.join("mod.rs").exists());
    fs::remove_file(folder.join("a.tl")).unwrap();
    fs::write(folder.join("other.tl"), "a = A;\n").unwrap();
    let forced = ["generate", "--schema", "other.tl", "--out", ".", "--force"];
    assert_eq!(xtask(&folder, &forced).code, Some(0));
    assert!(folder.join("mod.rs").exists());
    assert_eq!(
        fs::read_to_string(folder.join("main.rs")).unwrap(),
        "fn main() {}\n"
    );
}

#[test]
fn usage() {
    let folder = folder("usage");
    assert_eq!(xtask(&folder, &["no-such-command"]).code, Some(2));
    assert_eq!(xtask(&folder, &["--help"]).code, Some(0));
}

/// A reader who has seen enough, such as `head`, is no failure, and above all no panic.
#[test]
fn closed_standard_output() {
    let folder = folder("closed_output");
    let text: String = (0..20_000).map(|at| format!("c{at} = T{at};\n")).collect();
    fs::write(folder.join("large.tl"), text).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["lint", "--print", "large.tl"])
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    let summary = "20000 definitions in 1 file, no errors, 0 warnings";
    assert_eq!(untimed(&without_progress(&stderr)), summary);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// The same for standard error; the exit code tells the outcome nevertheless.
#[test]
fn closed_standard_error() {
    let folder = folder("closed_error");
    let wrong: String = (0..20)
        .map(|at| format!("c{at} x:Missing = T{at};\n"))
        .collect();
    fs::write(folder.join("wrong.tl"), wrong).unwrap();
    let warned: String = (0..20)
        .map(|at| format!("c{at}#{at:x} = T{at};\n"))
        .collect();
    fs::write(folder.join("warned.tl"), warned).unwrap();
    for (command, code) in [
        (&["lint", "wrong.tl"][..], 1),
        (&["lint", "--ids", "warned.tl"], 0),
        (&["diff", "wrong.tl", "warned.tl"], 2),
        (&["lint", "missing.tl"], 2),
        (&["generate", "--schema", "warned.tl", "--out", "out"], 0),
    ] {
        let (reader, closed) = std::io::pipe().unwrap();
        drop(reader);
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(command)
            .current_dir(&folder)
            .stderr(closed)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(code), "{command:?}");
    }
}
