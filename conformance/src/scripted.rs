//! A connection that gives prepared answers and keeps what was sent.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;

use telegram_passport::client::{Connection, Failure, Request};
use telegram_passport_tl::{DecodeOwned, Encode, Identifiable, RpcError};

/// Answers each call with the next line of a script.
///
/// A call of another method than the script's is answered by a broken connection, which no flow
/// takes for a refusal.
///
/// ```
/// use conformance::scripted::Scripted;
/// use telegram_passport::client::{Connection, wait};
/// use telegram_passport_tl::{functions, types};
///
/// let telegram = Scripted::new()
///     .answer("account.getAllSecureValues", &Vec::<telegram_passport_tl::enums::SecureValue>::new())
///     .refuse("help.getPassportConfig", 420, "FLOOD_WAIT_5");
/// assert!(wait(telegram.invoke(&functions::account::GetAllSecureValues {})).is_ok());
/// let refused = wait(telegram.invoke(&functions::help::GetPassportConfig { hash: 7 }));
/// assert_eq!(refused.unwrap_err().flood_wait(), Some(5));
/// let sent: functions::help::GetPassportConfig = telegram.sent(1);
/// assert_eq!(sent.hash, 7);
/// telegram.assert_finished();
/// ```
#[derive(Default)]
pub struct Scripted {
    script: RefCell<VecDeque<Line>>,
    sent: RefCell<Vec<Sent>>,
}

struct Line {
    method: &'static str,
    answer: Answer,
}

enum Answer {
    Bytes(Vec<u8>),
    Refusal(RpcError),
    Cut,
}

struct Sent {
    method: &'static str,
    body: Vec<u8>,
    dc_id: Option<i32>,
}

impl Scripted {
    /// An empty script: every call breaks the connection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next call is of this method and is answered by this value.
    ///
    /// # Panics
    ///
    /// If the value cannot be encoded.
    #[must_use]
    pub fn answer(self, method: &'static str, value: &impl Encode) -> Self {
        let bytes = value.to_bytes().expect("a value that can be encoded");
        self.line(method, Answer::Bytes(bytes))
    }

    /// The next call is of this method and is answered by these bytes.
    #[must_use]
    pub fn bytes(self, method: &'static str, bytes: &[u8]) -> Self {
        self.line(method, Answer::Bytes(bytes.to_vec()))
    }

    /// The next call is of this method and is refused.
    #[must_use]
    pub fn refuse(self, method: &'static str, code: i32, message: &str) -> Self {
        self.line(method, Answer::Refusal(RpcError::parse(code, message)))
    }

    /// The next call is of this method, and its answer is lost.
    #[must_use]
    pub fn cut(self, method: &'static str) -> Self {
        self.line(method, Answer::Cut)
    }

    /// How many calls were sent.
    #[must_use]
    pub fn count(&self) -> usize {
        self.sent.borrow().len()
    }

    /// The methods that were called, in their order.
    #[must_use]
    pub fn methods(&self) -> Vec<&'static str> {
        self.sent.borrow().iter().map(|sent| sent.method).collect()
    }

    /// The call of that number, from 0, read back from its bytes.
    ///
    /// # Panics
    ///
    /// If it is of another function, or there were fewer calls.
    #[must_use]
    pub fn sent<F: Identifiable + DecodeOwned>(&self, number: usize) -> F {
        let sent = self.sent.borrow();
        let sent = &sent[number];
        assert_eq!(sent.method, F::NAME, "the function of call {number}");
        F::from_bytes(&sent.body).expect("TL")
    }

    /// The data centre that the call of that number asked for.
    ///
    /// # Panics
    ///
    /// If there were fewer calls.
    #[must_use]
    pub fn dc_id(&self, number: usize) -> Option<i32> {
        self.sent.borrow()[number].dc_id
    }

    /// Asserts that the script came to its end.
    ///
    /// # Panics
    ///
    /// If calls are left.
    pub fn assert_finished(&self) {
        let script = self.script.borrow();
        let left: Vec<_> = script.iter().map(|line| line.method).collect();
        assert!(left.is_empty(), "never called: {left:?}");
    }

    fn line(self, method: &'static str, answer: Answer) -> Self {
        let line = Line { method, answer };
        self.script.borrow_mut().push_back(line);
        self
    }
}

impl Connection for Scripted {
    type Error = Cut;

    async fn send(&self, request: Request<'_>) -> Result<Vec<u8>, Failure<Cut>> {
        self.sent.borrow_mut().push(Sent {
            method: request.method(),
            body: request.body().to_vec(),
            dc_id: request.dc_id(),
        });
        match self.script.borrow_mut().pop_front() {
            Some(line) if line.method != request.method() => Err(Failure::Connection(Cut {
                expected: Some(line.method),
                called: request.method(),
            })),
            Some(line) => match line.answer {
                Answer::Bytes(bytes) => Ok(bytes),
                Answer::Refusal(error) => Err(Failure::Rpc(error)),
                Answer::Cut => Err(Failure::Connection(Cut {
                    expected: Some(line.method),
                    called: request.method(),
                })),
            },
            None => Err(Failure::Connection(Cut {
                expected: None,
                called: request.method(),
            })),
        }
    }
}

/// No answer came: it was lost by the script's will, or the script has another call here.
#[derive(Debug)]
pub struct Cut {
    expected: Option<&'static str>,
    called: &'static str,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.expected {
            Some(method) if method == self.called => write!(f, "the answer to {method} was lost"),
            Some(method) => write!(f, "{} was called, the script has {method}", self.called),
            None => write!(f, "{} was called, the script has ended", self.called),
        }
    }
}

impl std::error::Error for Cut {}
