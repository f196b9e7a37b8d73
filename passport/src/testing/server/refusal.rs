//! RPC errors.

use telegram_passport_tl::{GENERIC_ERRORS, KnownError, RpcError};

/// Why a call is refused: the name of an RPC error, with `X` where the number stands.
///
/// The code comes from what the schema says of the method. Where the protocol reference knows no
/// name, this has one that begins with `SIMULATION_` and the code 400.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::testing) struct Refusal {
    name: &'static str,
    number: Option<u64>,
}

impl Refusal {
    pub(in crate::testing) const fn new(name: &'static str) -> Self {
        Self { name, number: None }
    }

    pub(in crate::testing) const fn with_number(name: &'static str, number: u64) -> Self {
        Self {
            name,
            number: Some(number),
        }
    }

    /// The error as the method that knows these errors answers with it.
    pub(in crate::testing) fn to_rpc(self, known: &[KnownError]) -> RpcError {
        rpc_error(self.name, self.number, known)
    }
}

/// Ends a call.
pub(in crate::testing) fn refuse<T>(name: &'static str) -> Result<T, Refusal> {
    Err(Refusal::new(name))
}

/// The error of that name, with the code that is known of it.
pub(in crate::testing) fn rpc_error(
    name: &str,
    number: Option<u64>,
    known: &[KnownError],
) -> RpcError {
    let mut all = known.iter().chain(GENERIC_ERRORS);
    let code = all.find(|it| it.name == name).map_or(400, |it| it.code);
    let message = match number {
        Some(number) => name.replace("_X", &format!("_{number}")),
        None => name.to_owned(),
    };
    RpcError::parse(code, &message)
}
