//! A word to those who wait.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::failure::tell;

/// Says on standard error what is going on, if it goes on for more than a second.
pub(crate) struct Progress {
    begin: Instant,
    done: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    pub(crate) fn start(what: impl Into<String>) -> Self {
        let what = what.into();
        let (done, waiting) = mpsc::channel();
        let thread = thread::spawn(move || {
            if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                tell(format_args!("{what} ...\n"));
            }
        });
        Self {
            begin: Instant::now(),
            done: Some(done),
            thread: Some(thread),
        }
    }

    /// How long it took so far: `0.4 s`.
    pub(crate) fn elapsed(&self) -> String {
        format!("{:.1} s", self.begin.elapsed().as_secs_f64())
    }
}

impl Drop for Progress {
    /// Ends the thread, so that no line comes late.
    fn drop(&mut self) {
        drop(self.done.take());
        if let Some(thread) = self.thread.take() {
            // It prints and ends; there is nothing to learn from it.
            let _ = thread.join();
        }
    }
}

const PATIENCE: Duration = Duration::from_secs(1);
