//! What a shim says too often, and how it ended: the same every time, whatever the timing.

use std::time::Duration;

use conformance::runner::judge::Outcome;
use conformance::runner::process::Process;
use conformance::runner::{self, Implementation, Reply};
use conformance::shim::Answer;
use serde_json::{Value, json};

/// A second answer to a request is passed over, whether it comes at once or late.
#[test]
fn shims_that_answer_twice() {
    for pause in ["", "sleep 0.05;"] {
        let shim = format!(
            r#"while read -r line; do id=${{line##*\"id\":\"}}; id=${{id%%\"*}}
                echo "{{\"id\":\"$id\",\"ok\":7}}"; {pause} echo "{{\"id\":\"$id\",\"ok\":8}}"; done"#
        );
        let mut process = Process::new(&shim, Duration::from_secs(60));
        for id in ["1", "2", "3", "4"] {
            let reply = process.ask(&json!({"id": id}));
            assert_eq!(reply, Reply::Answer(Answer::Done(json!(7))), "{id}{pause}");
            if id == "2" {
                std::thread::sleep(Duration::from_millis(100));
            }
        }
    }
}

/// What answers no request at all is counted against it, even if it lies there before it is asked.
#[test]
fn shims_that_chatter() {
    let shim = r#"read -r line; echo '{"id":"1","ok":7}'; echo debugging; cat > /dev/null"#;
    let mut process = Process::new(shim, Duration::from_secs(60));
    let good = Reply::Answer(Answer::Done(json!(7)));
    assert_eq!(process.ask(&json!({"id": "1"})), good);
    std::thread::sleep(Duration::from_millis(200));
    let how = Reply::Crash("its answer is no JSON: debugging".to_owned());
    assert_eq!(process.ask(&json!({"id": "2"})), how);
}

/// Cases of different files have the same numbers, but no two requests of a run the same id.
#[test]
fn no_two_requests_have_the_same_id() {
    struct Listens(Vec<Value>);
    impl Implementation for Listens {
        fn name(&self) -> &str {
            "a listener"
        }

        fn ask(&mut self, request: &Value) -> Reply {
            self.0.push(request["id"].clone());
            Reply::Answer(Answer::Unsupported)
        }
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors").into();
    let suites = runner::suites(&[folder]).expect("the vectors can be read");
    let mut listens = Listens(vec![]);
    let verdicts = runner::run(&mut listens, &suites, |_| ());
    assert!(verdicts.iter().all(|it| it.outcome == Outcome::Unsupported));
    let asked = listens.0.len();
    assert!(asked >= verdicts.len());
    let texts = listens.0.iter().map(|it| it.as_str().expect("a text"));
    let ids: std::collections::BTreeSet<_> = texts.collect();
    assert_eq!(ids.len(), asked);
}

/// Who dies at every start is not started thousands of times, and the status is told.
#[test]
fn shims_that_die_at_once() {
    for (shim, how) in [
        ("exit 3", "it died with exit status 3"),
        (
            "/no/such/program",
            "it died with exit status 127: the shell found no such program",
        ),
        (
            "/etc/passwd",
            "it died with exit status 126: the shell cannot run that",
        ),
        ("kill -9 $$", "it was ended by signal 9"),
        ("exec 1>&-; sleep 1000", "it closed its standard output"),
    ] {
        let mut process = Process::new(shim, Duration::from_secs(60));
        for id in ["1", "2", "3"] {
            let reply = process.ask(&json!({"id": id}));
            assert_eq!(reply, Reply::Crash(how.to_owned()), "{shim}");
        }
        let given_up = format!("it answered none of the first 3 requests: {how}");
        let reply = process.ask(&json!({"id": "4"}));
        assert_eq!(reply, Reply::Crash(given_up), "{shim}");
    }
}
