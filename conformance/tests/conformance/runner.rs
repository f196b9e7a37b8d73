//! The runner of vectors, and shims that lie, hang, die and flood.

use std::io::Cursor;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::Duration;

use conformance::runner::cases::{Case, Expected, Step};
use conformance::runner::expected::Expected as Known;
use conformance::runner::judge::{Outcome, judge};
use conformance::runner::process::Process;
use conformance::runner::report::{Format, Run};
use conformance::runner::{self, Implementation, OurCrates, Reply, Verdict};
use conformance::shim::{self, Answer};
use conformance::vectors;
use serde_json::{Value, json};

/// Nothing is left out and nothing fails.
#[test]
fn our_crates_pass_every_committed_vector() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/vectors"));
    let suites = runner::suites(&[folder]).expect("the vectors can be read");
    for suite in &suites {
        let read = suite.cases.as_ref().expect("the kind is known");
        assert_eq!(
            read.len(),
            vectors::file(&suite.file).number_of_tests,
            "{}: a case is lost",
            suite.file
        );
    }
    let verdicts = runner::run(&mut OurCrates, &suites, |_| ());
    let run = of(verdicts);
    assert!(run.is_clean(), "{}", run.print(Format::Text));
}

/// The same through a process: our own shim.
#[test]
fn our_crates_answer_through_a_process() {
    let requests = [
        (
            json!({"op": "tl_encode", "value": {"_": "inputUserEmpty"}}),
            Ok(json!("cf8688b9")),
        ),
        (
            json!({"op": "tl_decode", "type": "InputUser", "bytes": "cf8688"}),
            Err(()),
        ),
        (json!({"op": "secret_check", "secret": "00"}), Err(())),
    ];
    let lines: String = requests.iter().map(|(it, _)| format!("{it}\n")).collect();
    let mut answers = Vec::new();
    shim::serve(Cursor::new(format!("\n{lines}no JSON\n")), &mut answers).expect("it can be read");
    let answers = String::from_utf8(answers).expect("text");
    let answers: Vec<Value> = answers
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(answers.len(), requests.len() + 1);
    for ((_, expected), answer) in requests.iter().zip(&answers) {
        match expected {
            Ok(result) => assert_eq!(answer["ok"], *result),
            Err(()) => assert_eq!(answer["kind"], "typed", "{answer}"),
        }
    }
    assert!(
        answers[3]["err"]
            .as_str()
            .is_some_and(|it| it.contains("no JSON"))
    );
}

/// What a shim may do wrong, each by a line of the shell.
#[test]
fn shims_that_do_wrong() {
    for (shim, said) in [
        ("exit 0", "it died with exit status 0"),
        // Reads, says nothing, and goes.
        ("head -n 1 > /dev/null", "it died with exit status 0"),
        (
            "sed -u 's/.*/good morning/'",
            "its answer is no JSON: good morning",
        ),
        (
            "sed -u 's/.*/{\"id\":\"another\",\"ok\":1}/'",
            "it answers another request",
        ),
        (
            "cat",
            "its answer has neither `ok` nor `err` nor `unsupported`",
        ),
        ("sed -u 's/.*/[1]/'", "it answers another request"),
        // Without end, and never a line.
        (
            "tr '\\0' 'a' < /dev/zero",
            "a line of more than 16777216 bytes",
        ),
    ] {
        let mut process = Process::new(shim, Duration::from_secs(60));
        match process.ask(&json!({"id": "1", "op": "value"})) {
            Reply::Crash(how) => assert_eq!(how, said, "{shim}"),
            other => panic!("{shim}: {other:?}"),
        }
    }
}

/// A line of which nobody asked is no answer, however many there are.
#[test]
fn shims_that_flood() {
    let mut process = Process::new("yes '{\"id\":\"1\",\"ok\":1}'", Duration::from_secs(60));
    // The first line looks like an answer to the first request.
    process.ask(&json!({"id": "1"}));
    assert!(matches!(process.ask(&json!({"id": "2"})), Reply::Crash(_)));
    let mut process = Process::new("yes nonsense", Duration::from_secs(60));
    assert!(matches!(process.ask(&json!({"id": "1"})), Reply::Crash(_)));
}

/// No answer in time, with or without reading what is asked.
#[test]
fn shims_that_hang() {
    let long = "x".repeat(1 << 20);
    for shim in [
        "sleep 1000",
        "cat > /dev/null",
        "sleep 1000 & sleep 1000 & wait",
    ] {
        let mut process = Process::impatient(shim, Duration::from_millis(200));
        let reply = process.ask(&json!({"id": "1", "text": long}));
        assert_eq!(reply, Reply::Timeout, "{shim}");
    }
}

/// Who has never said anything is not waited for thousands of times.
#[test]
fn shims_that_never_answer() {
    let mut process = Process::impatient("cat > /dev/null", Duration::from_millis(50));
    for id in ["1", "2", "3"] {
        assert_eq!(process.ask(&json!({"id": id})), Reply::Timeout);
    }
    match process.ask(&json!({"id": "4"})) {
        Reply::Crash(how) => assert!(how.ends_with("does it flush each line?"), "{how}"),
        other => panic!("{other:?}"),
    }
}

/// Who has said something may hang as often as it likes, and is asked again.
#[test]
fn shims_that_hang_at_times() {
    let shim =
        r#"read -r line; case "$line" in *good*) echo '{"id":"1","ok":7}';; esac; sleep 1000"#;
    let mut process = Process::new(shim, Duration::from_secs(2));
    let good = Reply::Answer(Answer::Done(json!(7)));
    assert_eq!(process.ask(&json!({"id": "1", "op": "good"})), good);
    for _ in 0..4 {
        assert_eq!(
            process.ask(&json!({"id": "1", "op": "bad"})),
            Reply::Timeout
        );
    }
    assert_eq!(process.ask(&json!({"id": "1", "op": "good"})), good);
}

/// What a shim has started ends with it.
#[test]
fn nothing_is_left_behind() {
    let file = std::env::temp_dir().join(format!("conformance-child-{}", std::process::id()));
    let path = file.to_str().expect("a path");
    let shim = format!("sleep 1000 & echo $! > {path}; wait");
    let mut process = Process::impatient(&shim, Duration::from_millis(500));
    assert_eq!(process.ask(&json!({"id": "1"})), Reply::Timeout);
    let child = std::fs::read_to_string(&file).expect("it was started");
    std::fs::remove_file(&file).expect("removed");
    let alive = |pid: &str| {
        // A process that has ended and was not waited for yet has a state, but is no more.
        let state = std::fs::read_to_string(format!("/proc/{pid}/stat"));
        state.is_ok_and(|it| !it.contains(") Z "))
    };
    let ended = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        !alive(child.trim())
    });
    assert!(ended, "{child} is still there");
}

/// After a crash the next case finds a fresh process.
#[test]
fn a_shim_is_started_anew() {
    let dies = "head -n 1 | sed 's/.*/{\"id\":\"1\",\"ok\":7}/'";
    let mut process = Process::new(dies, Duration::from_secs(60));
    for _ in 0..3 {
        let reply = process.ask(&json!({"id": "1"}));
        assert_eq!(reply, Reply::Answer(Answer::Done(json!(7))));
        // It has ended by now, or does while this is asked.
        let reply = process.ask(&json!({"id": "2"}));
        assert!(matches!(reply, Reply::Crash(_)), "{reply:?}");
    }
}

/// One that always says yes passes no invalid case, one that always says no no valid one.
#[test]
fn shims_that_lie() {
    struct Says(Answer);
    impl Implementation for Says {
        fn name(&self) -> &str {
            "a liar"
        }

        fn ask(&mut self, _: &Value) -> Reply {
            Reply::Answer(self.0.clone())
        }
    }
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/vectors"));
    let suites = runner::suites(&[folder]).expect("the vectors can be read");
    for (says, invalid, valid) in [
        (
            Answer::Done(json!({})),
            Outcome::WrongAccept,
            Outcome::WrongOutput,
        ),
        (Answer::refused("no"), Outcome::Pass, Outcome::WrongReject),
        (
            Answer::Unsupported,
            Outcome::Unsupported,
            Outcome::Unsupported,
        ),
    ] {
        for verdict in runner::run(&mut Says(says), &suites, |_| ()) {
            let anything = verdict.case.steps[0].expected == Expected::Anything;
            let expected = match verdict.case.result {
                vectors::Verdict::Invalid => invalid,
                vectors::Verdict::Valid if anything && valid == Outcome::WrongOutput => {
                    Outcome::Pass
                }
                vectors::Verdict::Valid => valid,
                vectors::Verdict::Acceptable => continue,
            };
            assert_eq!(
                verdict.outcome, expected,
                "{} {}",
                verdict.file, verdict.case.tc_id
            );
        }
    }
}

/// An entry that passes by now, or that names no case, is an error.
#[test]
fn known_failures_are_checked() {
    let verdicts = vec![verdict(1, Outcome::WrongAccept), verdict(2, Outcome::Pass)];
    let known = |text: &str| Known::parse(text).expect("it can be read");
    let right = known("# of version 1\n\nsome 1 wrong-accept # takes it\n");
    assert!(right.knows(&verdicts[0]) && !right.knows(&verdicts[1]));
    assert_eq!(right.untrue(&verdicts), Vec::<String>::new());
    let wrong = known("some 2 crash # was so\nsome 3 crash # gone\nsome 1 crash # other\n");
    assert_eq!(
        wrong.untrue(&verdicts),
        [
            "some 2: came out as pass and not as crash",
            "some 3: there is no such case",
            "some 1: came out as wrong-accept and not as crash",
        ]
    );
    assert!(Known::parse("some 1 wrong-reason # checks the length first").is_ok());
    for (text, error) in [
        ("some 1 pass # why", "line 1: no such outcome"),
        (
            "\nsome x crash # why",
            "line 2: the second is no number, nor `*`",
        ),
        (
            "some crash # why",
            "line 1: not three words: file, number, outcome",
        ),
        ("some 1 crash", "line 1: a reason is missing: `# why`"),
        (
            "some 1 crash # a\nsome 1 crash # b",
            "line 2: this case stands here twice",
        ),
    ] {
        assert_eq!(Known::parse(text), Err(error.to_owned()), "{text}");
    }
}

/// What is told apart, and what is not.
#[test]
fn comparisons() {
    use vectors::Verdict::{Acceptable, Valid};

    let elements = Expected::Elements(json!({
        "nonce": "n", "elements": [{"type": "passport", "data": {"a": "b", "c": ""}, "files": []}],
    }));
    let outcome = |verdict, expected: &Expected, result: Value| {
        judge(verdict, &[], expected, &Reply::Answer(Answer::Done(result))).0
    };
    let good = json!({"nonce": "n", "elements": [{"type": "passport", "data": "{\"a\":\"b\"}"}]});
    assert_eq!(outcome(Valid, &elements, good), Outcome::Pass);
    let other = json!({"nonce": "n", "elements": [{"type": "passport", "data": {"a": "x"}}]});
    assert_eq!(outcome(Acceptable, &elements, other), Outcome::WrongOutput);
    let other = json!({"nonce": "m", "elements": []});
    assert_eq!(outcome(Valid, &elements, other), Outcome::WrongOutput);

    let link = |text: &str| Expected::Link(text.to_owned());
    let ours = "tg://resolve?domain=telegrampassport&bot_id=1&scope=%7B%22v%22%3A1%2C%22d%22%3A%5B%22pd%22%5D%7D&public_key=k&nonce=n";
    let theirs = "tg:resolve?nonce=n&domain=telegrampassport&scope=%7B%22d%22%3A%5B%7B%22_%22%3A%22pd%22%7D%5D%2C%22v%22%3A1%7D&bot_id=1&public_key=k&payload=nonce";
    assert_eq!(outcome(Valid, &link(theirs), json!(ours)), Outcome::Pass);
    for (from, to) in [
        ("bot_id=1", "bot_id=2"),
        ("pd", "pp"),
        ("=k", "=%6C"),
        ("tg:", "t:"),
    ] {
        let wrong = ours.replacen(from, to, 1);
        assert_eq!(
            outcome(Valid, &link(theirs), json!(wrong)),
            Outcome::WrongOutput,
            "{wrong}"
        );
    }

    let tl = Expected::Tl {
        value: Some(json!({"_": "x", "id": "7"})),
        bytes: "0aff".to_owned(),
    };
    assert_eq!(
        outcome(Valid, &tl, json!({"reencoded": "0AFF"})),
        Outcome::Pass
    );
    assert_eq!(
        outcome(Valid, &tl, json!({"reencoded": "0afe"})),
        Outcome::WrongOutput
    );
    assert_eq!(
        outcome(Valid, &tl, json!({"_": "x", "id": 7})),
        Outcome::Pass
    );
    assert_eq!(outcome(Valid, &tl, json!({"_": "x"})), Outcome::WrongOutput);
}

/// One line for all that an implementation does not have, and for nothing else.
#[test]
fn known_gaps_of_a_whole_file() {
    let verdicts = vec![
        verdict(1, Outcome::Unsupported),
        verdict(2, Outcome::Unsupported),
        verdict(3, Outcome::WrongAccept),
        verdict(4, Outcome::Pass),
    ];
    let known = |text: &str| Known::parse(text).expect("it can be read");
    let gaps = known("some * unsupported # reads messages only\nsome 3 wrong-accept # to mend\n");
    let all: Vec<_> = verdicts.iter().map(|it| gaps.knows(it)).collect();
    assert_eq!(all, [true, true, true, false]);
    assert_eq!(gaps.untrue(&verdicts), Vec::<String>::new());
    assert!(!known("some * unsupported # why\n").knows(&verdicts[2]));
    assert_eq!(
        known("some * unsupported # why\nother * unsupported # why\n").untrue(&verdicts[2..]),
        [
            "some *: nothing in it is unsupported",
            "other *: there is no such file",
        ]
    );
    for (text, error) in [
        (
            "some * crash # why",
            "line 1: `*` is for unsupported only: name the case",
        ),
        (
            "some * unsupported # a\nsome * unsupported # b",
            "line 2: this file stands here twice",
        ),
    ] {
        assert_eq!(Known::parse(text), Err(error.to_owned()), "{text}");
    }

    // Why the status is 1, if that is the only reason.
    let run = |verdicts: &[Verdict]| of(verdicts.to_vec()).print(Format::Text);
    let hint = "a line `FILE * unsupported # why` in the known failures";
    let last = |text: &str| text.lines().last().unwrap_or_default().to_owned();
    let text = run(&verdicts[..2]);
    assert!(last(&text).contains(hint), "{text}");
    assert!(last(&text).contains("\"not implemented\" counts"), "{text}");
    assert!(!run(&verdicts).contains(hint));
    assert!(!run(&verdicts[3..]).contains(hint));
}

/// The exit status: 0 for clean, 1 for failures, 2 if nothing could be run.
#[test]
fn exit_status() {
    let run = |arguments: &[&str]| -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_conformance"));
        command
            .arg("run")
            .args(arguments)
            .output()
            .expect("it runs")
    };
    let folder = std::env::temp_dir().join(format!("conformance-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.to_str().expect("a path");
    let empty = run(&["--vectors", path]);
    assert_eq!(empty.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&empty.stderr).contains("--vectors"));

    let vector = |result: &str| {
        json!({
            "algorithm": "PassportScope", "numberOfTests": 1,
            "testGroups": [{"type": "ScopeValidate", "tests": [{
                "tcId": 1, "comment": "", "flags": [], "scope": {"v": 1, "d": ["em"]}, "result": result,
            }]}],
        })
        .to_string()
    };
    let file = folder.join("scope.json");
    std::fs::write(&file, vector("valid")).expect("written");
    assert_eq!(run(&["--vectors", path]).status.code(), Some(0));
    let through = format!("{} shim", env!("CARGO_BIN_EXE_conformance"));
    assert_eq!(
        run(&["--vectors", path, "--shim", &through]).status.code(),
        Some(0)
    );
    std::fs::write(&file, vector("invalid")).expect("written");
    let failed = run(&["--vectors", path, "--report", "json"]);
    assert_eq!(failed.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&failed.stdout).expect("JSON");
    assert_eq!(report["failures"][0]["outcome"], "wrong-accept");

    let known = folder.join("known");
    std::fs::write(&known, "scope 1 wrong-accept # to show it\n").expect("written");
    let known = [
        "--vectors",
        path,
        "--known-failures",
        known.to_str().expect("a path"),
    ];
    assert_eq!(run(&known).status.code(), Some(0));
    std::fs::write(&file, vector("valid")).expect("written");
    assert_eq!(run(&known).status.code(), Some(1));
    std::fs::remove_dir_all(&folder).expect("removed");
}

/// A run of these cases, of which nothing else is to be told.
pub(super) fn of(verdicts: Vec<Verdict>) -> Run {
    Run {
        implementation: "our crates".to_owned(),
        verdicts,
        unknown: vec![],
        untrue: vec![],
        known: vec![],
    }
}

/// What became of a case that says nothing about itself.
pub(super) fn verdict(tc_id: u64, outcome: Outcome) -> Verdict {
    Verdict {
        file: "some".to_owned(),
        case: Case {
            kind: "Kind".to_owned(),
            tc_id,
            comment: String::new(),
            flags: vec![],
            result: vectors::Verdict::Invalid,
            failure: vec![],
            steps: vec![Step {
                request: json!({}),
                expected: Expected::Anything,
            }],
        },
        outcome,
        note: String::new(),
    }
}
