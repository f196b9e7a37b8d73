//! Calls to the simulated Telegram.

use core::fmt;

use telegram_passport_tl::{Boxed, Decode, DecodeError, Encode, RpcError, enums, functions, types};

use super::faults::Fault;
use super::meanwhile::flip;
use super::server::dispatch::{self, NoAnswer};
use super::server::state::{Call, Caller, World, files_of_mut};
use super::telegram::{Telegram, lock};
use crate::client::{Connection, Failure, Request};

/// The connection of an account or a bot: bytes of TL in, bytes of TL out, at once.
#[derive(Clone)]
pub struct SimulatedConnection {
    telegram: Telegram,
    caller: Caller,
}

impl SimulatedConnection {
    pub(super) fn new(telegram: Telegram, caller: Caller) -> Self {
        Self { telegram, caller }
    }

    fn exchange(&self, request: &Request<'_>) -> Result<Vec<u8>, Failure<SimulationError>> {
        let body = request.body();
        let Some(method) = dispatch::method(body) else {
            return Err(Failure::Connection(SimulationError::UnknownMethod));
        };
        let mut world = lock(&self.telegram.world);
        world.calls.push(method);
        let fault = world.faults.take(method);
        let last = world.answers.get(method).cloned();
        let answer = |world: &mut World| {
            let mut call = Call {
                world,
                caller: self.caller,
                dc_id: request.dc_id(),
            };
            let answer = dispatch::answer(body, &mut call).map_err(failure)?;
            world.answers.insert(method, answer.clone());
            Ok(answer)
        };
        match fault {
            None => answer(&mut world),
            Some(Fault::Rpc(message)) => {
                let error = RpcError::parse(400, &message);
                let error = dispatch::error_of(method, error.name(), error.value());
                Err(Failure::Rpc(error))
            }
            Some(Fault::FloodWait(seconds)) => {
                let error = dispatch::error_of(method, "FLOOD_WAIT_X", Some(seconds));
                Err(Failure::Rpc(error))
            }
            Some(Fault::CallLost) => Err(Failure::Connection(SimulationError::NoAnswer)),
            Some(Fault::AnswerLost) => {
                let _ = answer(&mut world);
                Err(Failure::Connection(SimulationError::NoAnswer))
            }
            Some(Fault::AnswerCut) => {
                // Of a refusal that is cut, nothing can be read.
                let answer = answer(&mut world);
                let no_answer = |_| Failure::Connection(SimulationError::NoAnswer);
                let mut bytes = answer.map_err(no_answer)?;
                bytes.truncate(bytes.len().saturating_sub(4));
                Ok(bytes)
            }
            Some(Fault::AnswerRepeated) => {
                let answer = answer(&mut world);
                last.map_or(answer, Ok)
            }
            Some(Fault::Answered(bytes)) => {
                let _ = answer(&mut world);
                Ok(bytes)
            }
            Some(Fault::AnswerFlipped(bit)) => {
                let mut bytes = answer(&mut world)?;
                let length = bytes.len().max(1);
                if let Some(byte) = bytes.get_mut(bit / 8 % length) {
                    *byte ^= 1 << (bit % 8);
                }
                Ok(bytes)
            }
            Some(Fault::Twice) => {
                let _ = answer(&mut world);
                answer(&mut world)
            }
            Some(Fault::WrongIds) => Ok(wrong_ids(method, answer(&mut world)?)),
            Some(Fault::PartLost) => {
                let bytes = answer(&mut world)?;
                spoil_part(&mut world, self.caller, body, |_| None);
                Ok(bytes)
            }
            Some(Fault::PartDamaged) => {
                let bytes = answer(&mut world)?;
                spoil_part(&mut world, self.caller, body, |mut part| {
                    flip(&mut part);
                    Some(part)
                });
                Ok(bytes)
            }
            Some(Fault::Meanwhile(event)) => {
                if let Caller::User(user_id) = self.caller {
                    event.happen(&mut world, user_id);
                }
                answer(&mut world)
            }
        }
    }
}

impl Connection for SimulatedConnection {
    type Error = SimulationError;

    async fn send(&self, request: Request<'_>) -> Result<Vec<u8>, Failure<SimulationError>> {
        self.exchange(&request)
    }
}

impl fmt::Debug for SimulatedConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SimulatedConnection")
            .field(&self.caller)
            .finish()
    }
}

/// Why a call had no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SimulationError {
    /// A fault was asked for: the call or its answer was lost.
    NoAnswer,
    /// The bytes begin with no id of a method that is simulated.
    UnknownMethod,
    /// The bytes are no call of that method.
    Unreadable(DecodeError),
}

impl fmt::Display for SimulationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAnswer => f.write_str("the call or its answer was lost, as the test wanted"),
            Self::UnknownMethod => f.write_str("this is no call of a method that is simulated"),
            Self::Unreadable(error) => write!(f, "the call cannot be read: {error}"),
        }
    }
}

impl std::error::Error for SimulationError {}

fn failure(none: NoAnswer) -> Failure<SimulationError> {
    match none {
        NoAnswer::Rpc(error) => Failure::Rpc(error),
        NoAnswer::Unreadable(error) => Failure::Connection(SimulationError::Unreadable(error)),
        NoAnswer::UnknownMethod => Failure::Connection(SimulationError::UnknownMethod),
    }
}

/// Changes a part that was just taken, or throws it away.
fn spoil_part(
    world: &mut World,
    caller: Caller,
    body: &[u8],
    spoil: impl FnOnce(Vec<u8>) -> Option<Vec<u8>>,
) {
    let Ok(call) = functions::upload::SaveFilePart::from_bytes(body) else {
        return;
    };
    let Some(upload) = world.uploads.get_mut(&(caller, call.file_id)) else {
        return;
    };
    let part = upload.parts.remove(&call.file_part);
    if let Some(part) = part.and_then(spoil) {
        upload.parts.insert(call.file_part, part);
    }
}

/// The answer with every id wrong by one; answers without ids stay as they are.
fn wrong_ids(method: &str, answer: Vec<u8>) -> Vec<u8> {
    fn changed<T: for<'de> Decode<'de> + Encode>(
        answer: &[u8],
        change: impl FnOnce(&mut T),
    ) -> Option<Vec<u8>> {
        let mut value = T::from_bytes(answer).ok()?;
        change(&mut value);
        value.to_bytes().ok()
    }
    let files = |value: &mut types::SecureValue| {
        files_of_mut(value).for_each(|file| file.id = file.id.wrapping_add(1));
    };
    let all = |values: &mut Vec<enums::SecureValue>| {
        values.iter_mut().for_each(|value| files(value));
    };
    let changed = match method {
        "account.getPassword" => changed(&answer, |it: &mut enums::account::Password| {
            if let Some(password) = &mut it.has_password {
                password.srp_id = password.srp_id.wrapping_add(1);
            }
        }),
        "account.getPasswordSettings" => {
            changed(&answer, |it: &mut enums::account::PasswordSettings| {
                if let Some(secret) = &mut it.secure_settings {
                    secret.secure_secret_id = secret.secure_secret_id.wrapping_add(1);
                }
            })
        }
        "account.saveSecureValue" => {
            changed(&answer, |it: &mut Boxed<types::SecureValue>| files(it))
        }
        "account.getSecureValue" | "account.getAllSecureValues" => changed(&answer, all),
        "account.getAuthorizationForm" => {
            changed(&answer, |it: &mut enums::account::AuthorizationForm| {
                all(&mut it.values);
            })
        }
        _ => None,
    };
    changed.unwrap_or(answer)
}
