//! What goes wrong on demand.

use core::fmt;
use std::sync::{Arc, Mutex};

use super::meanwhile::Meanwhile;
use super::server::state::World;
use super::telegram::lock;

/// The faults of a simulated Telegram: from [`Telegram::faults`](super::Telegram::faults).
///
/// ```
/// use telegram_passport::client::{Connection, wait};
/// use telegram_passport::testing::{Fault, Telegram};
/// use telegram_passport::tl::functions::account::GetPassword;
///
/// let telegram = Telegram::new();
/// let connection = telegram.account("+15550100").connection();
/// telegram.faults().next("account.getPassword", Fault::FloodWait(30));
///
/// let failure = wait(connection.invoke(&GetPassword {})).unwrap_err();
/// assert_eq!(failure.flood_wait(), Some(30));
/// assert!(wait(connection.invoke(&GetPassword {})).is_ok());
/// assert_eq!(telegram.faults().waiting(), 0);
/// ```
#[derive(Clone)]
pub struct Faults(pub(super) Arc<Mutex<World>>);

impl Faults {
    /// The next call of that method has this fault. What is planned for the same call waits for the
    /// one after.
    pub fn next(&self, method: &str, fault: Fault) {
        self.after(0, method, fault);
    }

    /// The call of that method after so many others has this fault: 0 is the next one.
    pub fn after(&self, calls: usize, method: &str, fault: Fault) {
        self.plan(method, When::Calls(calls.saturating_add(1)), fault);
    }

    /// Every call of that method has this fault, until all faults are [cleared](Self::clear).
    pub fn always(&self, method: &str, fault: Fault) {
        self.plan(method, When::Always, fault);
    }

    /// Nothing goes wrong any more.
    pub fn clear(&self) {
        lock(&self.0).faults.0.clear();
    }

    /// How many faults have not happened yet; a test that wants its fault to have happened looks
    /// here. A method whose name does not exist is never called.
    #[must_use]
    pub fn waiting(&self) -> usize {
        lock(&self.0).faults.0.len()
    }

    fn plan(&self, method: &str, when: When, fault: Fault) {
        let method = method.to_owned();
        let planned = Planned {
            method,
            when,
            fault,
        };
        lock(&self.0).faults.0.push(planned);
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Faults")
    }
}

/// What goes wrong with one call.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Fault {
    /// The call is refused with that RPC error, named as on the wire, with its number:
    /// `SECURE_SECRET_REQUIRED`, `FILE_PART_3_MISSING`. The code is the one that the schema has for
    /// the method, else 400. It is not carried out.
    Rpc(String),
    /// The call is refused with `FLOOD_WAIT_X` and so many seconds. It is not carried out.
    FloodWait(u64),
    /// The call never arrives: it is not carried out, and there is no answer.
    CallLost,
    /// The call is carried out, but its answer never arrives.
    AnswerLost,
    /// The call is carried out, but the last four bytes of its answer are missing. If it is refused,
    /// there is no answer.
    AnswerCut,
    /// The call is carried out, but instead of its answer the one to the last call of that method
    /// comes once more. If there was none, the answer is the right one.
    AnswerRepeated,
    /// The call is carried out, but answered with these bytes, whatever they are.
    Answered(Vec<u8>),
    /// The call is carried out, but one bit of its answer is another one: the bit of this number,
    /// counted round and round the answer. A refusal stays as it is.
    AnswerFlipped(usize),
    /// The call arrives twice and is carried out twice; the answer is the second one.
    Twice,
    /// The ids in the answer are wrong by one: `srp_id`, `secure_secret_id`, ids of files.
    WrongIds,
    /// The part of a file is acknowledged, but not kept.
    PartLost,
    /// The part of a file is acknowledged, but a bit of it is another one.
    PartDamaged,
    /// Just before the call, this happens to the calling user.
    Meanwhile(Meanwhile),
}

impl Fault {
    /// [`Rpc`](Self::Rpc)
    pub fn rpc(name: impl Into<String>) -> Self {
        Self::Rpc(name.into())
    }
}

/// The faults that are to come.
#[derive(Clone, Default)]
pub(super) struct Plan(Vec<Planned>);

#[derive(Clone)]
struct Planned {
    method: String,
    when: When,
    fault: Fault,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// At this call, counted from one.
    Calls(usize),
    Always,
}

impl Plan {
    /// The fault of this call of a method, if there is one.
    pub(super) fn take(&mut self, method: &str) -> Option<Fault> {
        let mut due = None;
        for (index, planned) in self.0.iter_mut().enumerate() {
            if planned.method != method {
                continue;
            }
            match &mut planned.when {
                When::Calls(calls) => {
                    *calls = calls.saturating_sub(1);
                    if *calls == 0 && due.is_some() {
                        *calls = 1;
                    } else if *calls == 0 {
                        due = Some(index);
                    }
                }
                When::Always => {}
            }
        }
        if let Some(index) = due {
            return Some(self.0.remove(index).fault);
        }
        let mut planned = self.0.iter();
        let always = planned.find(|it| it.method == method && it.when == When::Always);
        always.map(|planned| planned.fault.clone())
    }
}
