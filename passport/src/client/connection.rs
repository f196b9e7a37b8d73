//! The way to Telegram: calls go out as bytes, answers come back as bytes.

use core::future::Future;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use telegram_passport_tl::{Decode, Identifiable, RemoteCall};

use super::error::Failure;

/// A signed-in user's connection to Telegram.
///
/// One method is to be written: bytes of a call out, bytes of its answer in. Whatever MTProto client
/// stands behind it, a queue to another thread or a simulation, the flows of this module do not see
/// it. Each sends one call at a time through `&self` and retries nothing that the reference does not
/// say to retry. Calls are sent beside each other only by callers who run several flows at once.
///
/// The future need not be `Send`; if yours is, the flows over it are. Blocking code answers with a
/// future that is ready at once and runs flows with [`wait`].
///
/// ```
/// use telegram_passport::client::{Connection, Failure, Request, wait};
/// use telegram_passport::tl::{Encode, RpcError, functions, types};
///
/// /// Knows one answer.
/// struct Offline;
///
/// impl Connection for Offline {
///     type Error = std::io::Error;
///
///     async fn send(&self, request: Request<'_>) -> Result<Vec<u8>, Failure<Self::Error>> {
///         match request.method() {
///             "account.getAllSecureValues" => Ok(vec![0x15, 0xc4, 0xb5, 0x1c, 0, 0, 0, 0]),
///             _ => Err(Failure::Rpc(RpcError::parse(400, "METHOD_INVALID"))),
///         }
///     }
/// }
///
/// let values = wait(Offline.invoke(&functions::account::GetAllSecureValues {}));
/// assert!(values.is_ok_and(|values| values.is_empty()));
/// let config = wait(Offline.invoke(&functions::help::GetPassportConfig { hash: 0 }));
/// assert!(matches!(config, Err(Failure::Rpc(error)) if error.name() == "METHOD_INVALID"));
/// ```
pub trait Connection {
    /// What goes wrong on the way: no network, a client that was shut down.
    type Error: std::error::Error + 'static;

    /// Sends a call, and gives the bytes of its answer: a value of the function's result type,
    /// boxed, without an envelope (`rpc_result` and `gzip_packed` are the connection's).
    ///
    /// # Errors
    ///
    /// [`Failure::Rpc`] for Telegram's `rpc_error`; [`Failure::Connection`] if no answer came. A call
    /// whose answer was lost may have been carried out all the same.
    fn send(
        &self,
        request: Request<'_>,
    ) -> impl Future<Output = Result<Vec<u8>, Failure<Self::Error>>>;

    /// Calls a function and reads its answer.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send); [`Failure::Encode`] for a call that cannot be written,
    /// [`Failure::Answer`] for an answer of another type, or that is no TL.
    fn invoke<R>(&self, call: &R) -> impl Future<Output = Result<R::Return, Failure<Self::Error>>>
    where
        R: RemoteCall + Identifiable,
    {
        self.invoke_in(None, call)
    }

    /// As [`invoke`](Self::invoke), in that data centre.
    ///
    /// # Errors
    ///
    /// As [`invoke`](Self::invoke).
    fn invoke_in<R>(
        &self,
        dc_id: Option<i32>,
        call: &R,
    ) -> impl Future<Output = Result<R::Return, Failure<Self::Error>>>
    where
        R: RemoteCall + Identifiable,
    {
        async move {
            let body = call.to_bytes().map_err(Failure::Encode)?;
            let request = Request {
                method: R::NAME,
                body: &body,
                dc_id,
            };
            let answer = self.send(request).await?;
            <R::Return as Decode>::from_bytes(&answer).map_err(Failure::Answer)
        }
    }
}

impl<C: Connection> Connection for &C {
    type Error = C::Error;

    fn send(
        &self,
        request: Request<'_>,
    ) -> impl Future<Output = Result<Vec<u8>, Failure<Self::Error>>> {
        (**self).send(request)
    }
}

/// One call on its way out.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    method: &'static str,
    body: &'a [u8],
    dc_id: Option<i32>,
}

impl<'a> Request<'a> {
    /// The TL name of the function: `account.saveSecureValue`.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The function and its arguments as TL, beginning with the constructor id.
    #[must_use]
    pub fn body(&self) -> &'a [u8] {
        self.body
    }

    /// The data centre that must carry it out, if not the account's own: a file lies there.
    #[must_use]
    pub fn dc_id(&self) -> Option<i32> {
        self.dc_id
    }
}

/// Prints the method, the length and the data centre: a call may carry a phone number.
impl core::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("length", &self.body.len())
            .field("dc_id", &self.dc_id)
            .finish()
    }
}

/// Waits for a future on this thread: for blocking code. The thread sleeps while the future is not
/// ready.
///
/// ```
/// assert_eq!(telegram_passport::client::wait(async { 2 + 2 }), 4);
/// ```
pub fn wait<F: Future>(future: F) -> F::Output {
    let mut future = core::pin::pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
