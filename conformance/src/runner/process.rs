//! An implementation in another process, one line in and one line out.
//!
//! It may do whatever it likes: die, hang, say too much or nothing that can be understood. All of
//! that is a reply. After a crash or a timeout it is started anew for the next request.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Implementation, Reply};
use crate::shim::Answer;

/// A shim, run by the shell.
pub struct Process {
    command: String,
    folder: Option<PathBuf>,
    variables: Vec<(String, PathBuf)>,
    timeout: Duration,
    start: Duration,
    /// How many requests it has left without an answer before it gave its first, and what it did
    /// instead.
    unheard: Option<(u32, String)>,
    running: Option<Running>,
}

struct Running {
    child: Child,
    requests: Sender<Vec<u8>>,
    lines: Receiver<Line>,
    /// The ids of the requests that it has answered.
    answered: HashSet<String>,
}

enum Line {
    Text(Vec<u8>),
    TooLong,
    End,
}

impl Process {
    /// A shim that this command line of a POSIX shell starts. `timeout` is for one answer; the
    /// first has 20 seconds more, since the process has to start. Where it is started anew, it has
    /// twice as much more as the first answer took.
    #[must_use]
    pub fn new(command: &str, timeout: Duration) -> Self {
        Self {
            command: command.to_owned(),
            folder: None,
            variables: Vec::new(),
            timeout,
            start: START,
            unheard: Some((0, String::new())),
            running: None,
        }
    }

    /// As [`new`](Self::new), with no more time for the first answer than for any other.
    #[must_use]
    pub fn impatient(command: &str, timeout: Duration) -> Self {
        let mut process = Self::new(command, timeout);
        process.start = Duration::ZERO;
        process
    }

    /// Runs it in that folder.
    pub fn in_folder(&mut self, folder: &Path) {
        self.folder = Some(folder.to_owned());
    }

    /// Sets an environment variable for it.
    pub fn with_variable(&mut self, name: &str, path: &Path) {
        self.variables.push((name.to_owned(), path.to_owned()));
    }

    fn start(&self) -> std::io::Result<Running> {
        let mut command = Command::new("sh");
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        let variables = self.variables.iter();
        command.envs(variables.map(|(name, path)| (name, path)));
        let mut child = command
            .arg("-c")
            .arg(&self.command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // A group of its own, so that it can be ended with all that it has started.
            .process_group(0)
            .spawn()?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (input, output) = pipes.ok_or_else(|| std::io::Error::other("no pipes"))?;
        // Both threads end when the process is gone or nobody is there to talk to any more. A
        // process that does not read its input stops the one that writes, and nothing else.
        let (requests, outgoing) = channel();
        thread::spawn(move || write_lines(input, &outgoing));
        let (sender, lines) = sync_channel(1);
        thread::spawn(move || read_lines(output, &sender));
        Ok(Running {
            child,
            requests,
            lines,
            answered: HashSet::new(),
        })
    }

    /// Writes a request and waits for the line that answers it.
    fn exchange(&mut self, request: &Value) -> Reply {
        if let Some((MOST_UNHEARD.., how)) = &self.unheard {
            return Reply::Crash(format!(
                "it answered none of the first {MOST_UNHEARD} requests: {how}"
            ));
        }
        let begun = Instant::now();
        let (mut running, is_new) = match self.running.take() {
            Some(running) => (running, false),
            None => match self.start() {
                Ok(running) => (running, true),
                Err(error) => return self.miss(format!("it cannot be started: {error}")),
            },
        };
        let starting = if is_new { self.start } else { Duration::ZERO };
        let mut line = request.to_string().into_bytes();
        line.push(b'\n');
        // Nobody reads it if the process has ended; that is seen below.
        let _ = running.requests.send(line);
        match running.answer(request, begun, self.timeout + starting) {
            Ok(answer) => {
                if is_new {
                    self.start = self.start.min(2 * begun.elapsed());
                }
                self.unheard = None;
                self.running = Some(running);
                Reply::Answer(answer)
            }
            Err(Miss::Timeout) => {
                end(running);
                self.miss("no answer in time; does it flush each line?".to_owned());
                Reply::Timeout
            }
            Err(Miss::Said(how)) => {
                end(running);
                self.miss(how)
            }
            Err(Miss::End) => {
                let how = ended(&mut running.child);
                end(running);
                self.miss(how)
            }
        }
    }

    /// Counts a request that has no answer.
    fn miss(&mut self, how: String) -> Reply {
        if let Some((count, last)) = &mut self.unheard {
            *count += 1;
            last.clone_from(&how);
        }
        Reply::Crash(how)
    }
}

/// How there is no answer.
enum Miss {
    Timeout,
    End,
    Said(String),
}

impl Running {
    /// The answer to that request, or how there is none. What repeats an earlier answer is passed
    /// over, and any other line is the answer for better or worse: so it does not matter when the
    /// lines come.
    fn answer(&mut self, request: &Value, begun: Instant, time: Duration) -> Result<Answer, Miss> {
        for _ in 0..MOST_UNASKED {
            let left = time.saturating_sub(begun.elapsed());
            let line = match self.lines.recv_timeout(left) {
                Ok(Line::Text(line)) => line,
                Ok(Line::TooLong) => {
                    let how = format!("a line of more than {LONGEST_LINE} bytes");
                    return Err(Miss::Said(how));
                }
                Ok(Line::End) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(Miss::End);
                }
                Err(RecvTimeoutError::Timeout) => return Err(Miss::Timeout),
            };
            let reply = parse(&line).map_err(Miss::Said)?;
            if reply["id"] == request["id"] {
                let answer = read(&reply).map_err(Miss::Said)?;
                self.answered.insert(request["id"].to_string());
                return Ok(answer);
            }
            if !self.answered.contains(&reply["id"].to_string()) {
                return Err(Miss::Said("it answers another request".to_owned()));
            }
        }
        Err(Miss::Said("it says things unasked".to_owned()))
    }
}

impl Implementation for Process {
    fn name(&self) -> &str {
        &self.command
    }

    fn ask(&mut self, request: &Value) -> Reply {
        self.exchange(request)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            end(running);
        }
    }
}

/// Ends a process and all that it has started.
fn end(mut running: Running) {
    let group = format!("kill -s KILL -- -{}", running.child.id());
    // They may be gone already.
    let _ = Command::new("sh")
        .args(["-c", &group])
        .stderr(Stdio::null())
        .status();
    let _ = running.child.kill();
    let _ = running.child.wait();
}

/// How a process ended whose output has ended: in a moment it has, too, or it goes on without.
fn ended(child: &mut Child) -> String {
    let begun = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if begun.elapsed() < PARTING => thread::sleep(PARTING / 1000),
            Ok(None) | Err(_) => return "it closed its standard output".to_owned(),
        }
    };
    match (status.code(), status.signal()) {
        (Some(127), _) => {
            "it died with exit status 127: the shell found no such program".to_owned()
        }
        (Some(126), _) => "it died with exit status 126: the shell cannot run that".to_owned(),
        (Some(status), _) => format!("it died with exit status {status}"),
        (None, Some(signal)) => format!("it was ended by signal {signal}"),
        (None, None) => "it died".to_owned(),
    }
}

fn write_lines(mut input: impl Write, requests: &Receiver<Vec<u8>>) {
    while let Ok(line) = requests.recv() {
        if input.write_all(&line).and_then(|()| input.flush()).is_err() {
            return;
        }
    }
}

/// Hands lines on until the output ends. A line that is too long ends it, too.
fn read_lines(answers: impl Read, lines: &SyncSender<Line>) {
    let mut answers = BufReader::new(answers);
    loop {
        let mut line = Vec::new();
        let read = (&mut answers)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line);
        let message = match read {
            Ok(0) | Err(_) => Line::End,
            Ok(_) if line.last() == Some(&b'\n') => Line::Text(line),
            Ok(read) if read as u64 == LONGEST_LINE => Line::TooLong,
            // The last line without its end.
            Ok(_) => Line::Text(line),
        };
        let last = !matches!(message, Line::Text(_));
        if lines.send(message).is_err() || last {
            return;
        }
    }
}

fn parse(line: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(line).map_err(|_| {
        let text = String::from_utf8_lossy(line);
        let start: String = text.trim().chars().take(80).collect();
        format!("its answer is no JSON: {start}")
    })
}

fn read(reply: &Value) -> Result<Answer, String> {
    if reply.get("unsupported").is_some_and(|it| *it == true) {
        return Ok(Answer::Unsupported);
    }
    if let Some(error) = reply.get("err") {
        let text = error.as_str().unwrap_or("an error without a text");
        // A slip of the implementation is no refusal of its own, but it hands nothing out.
        let untyped = reply["kind"] == "untyped";
        let note = if untyped { " (untyped)" } else { "" };
        return Ok(Answer::Refused {
            reason: format!("{text}{note}"),
            class: reply["class"].as_str().map(str::to_owned),
        });
    }
    match reply.get("ok") {
        Some(result) => Ok(Answer::Done(result.clone())),
        None => Err("its answer has neither `ok` nor `err` nor `unsupported`".to_owned()),
    }
}

/// After how many lines in a row that repeat earlier answers no more are read.
const MOST_UNASKED: usize = 1000;

/// How many requests are tried with a shim that has never answered. Most of these cannot be started, or
/// hold their lines back until they have many and would be waited for at every case.
const MOST_UNHEARD: u32 = 3;

/// What the first answer may take longer.
const START: Duration = Duration::from_secs(20);

/// How long a process whose output has ended may take to end.
const PARTING: Duration = Duration::from_secs(1);

/// The longest answer, in bytes.
const LONGEST_LINE: u64 = 16 * 1024 * 1024;
