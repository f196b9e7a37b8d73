//! From the bytes of a call to the method, and from its result to the bytes of an answer.

use telegram_passport_tl::{
    Caller as Kind, DecodeError, DecodeOwned, Encode, Identifiable, RemoteCall, RpcError, SCHEMA,
    functions,
};

use super::refusal::{Refusal, rpc_error};
use super::state::{Call, Caller};

/// A method of the server.
pub(super) trait Answer: RemoteCall<Return: Encode> + Identifiable + DecodeOwned {
    /// Carries the call out.
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal>;
}

/// Why there is no answer.
#[derive(Debug)]
pub(in crate::testing) enum NoAnswer {
    Rpc(RpcError),
    /// The bytes are no call of a method that is simulated.
    Unreadable(DecodeError),
    UnknownMethod,
}

/// The name of the method that the bytes call.
pub(in crate::testing) fn method(body: &[u8]) -> Option<&'static str> {
    Some(SCHEMA.definition(id(body)?)?.name())
}

macro_rules! methods {
    ($($space:ident :: { $($name:ident),* $(,)? })*) => {
        /// Carries a call out.
        pub(in crate::testing) fn answer(
            body: &[u8],
            call: &mut Call<'_>,
        ) -> Result<Vec<u8>, NoAnswer> {
            let Some(id) = id(body) else {
                return Err(NoAnswer::UnknownMethod);
            };
            match id {
                $($(<functions::$space::$name as Identifiable>::ID => {
                    run::<functions::$space::$name>(body, call)
                })*)*
                _ => Err(NoAnswer::UnknownMethod),
            }
        }

        /// The error of that name as the method answers with it.
        pub(in crate::testing) fn error_of(
            method: &str,
            name: &str,
            number: Option<u64>,
        ) -> RpcError {
            let known = match method {
                $($(<functions::$space::$name as Identifiable>::NAME => {
                    <functions::$space::$name as RemoteCall>::ERRORS
                })*)*
                _ => &[],
            };
            rpc_error(name, number, known)
        }

        /// The names of all methods that are simulated.
        pub(in crate::testing) const METHODS: &[&str] = &[
            $($(<functions::$space::$name as Identifiable>::NAME,)*)*
        ];
    };
}

methods! {
    account::{
        GetPassword, GetPasswordSettings, UpdatePasswordSettings,
        ConfirmPasswordEmail, ResendPasswordEmail, CancelPasswordEmail,
        ResetPassword, DeclinePasswordReset,
        GetAuthorizationForm, AcceptAuthorization,
        SaveSecureValue, GetSecureValue, GetAllSecureValues, DeleteSecureValue,
        SendVerifyPhoneCode, VerifyPhone, SendVerifyEmailCode, VerifyEmail,
    }
    auth::{
        CheckPassword, RequestPasswordRecovery, CheckRecoveryPassword, RecoverPassword,
        ResendCode, CancelCode,
    }
    upload::{ SaveFilePart, SaveBigFilePart, GetFile }
    users::{ SetSecureValueErrors }
    help::{ GetPassportConfig }
}

fn run<F: Answer>(body: &[u8], call: &mut Call<'_>) -> Result<Vec<u8>, NoAnswer> {
    let function = F::from_bytes(body).map_err(NoAnswer::Unreadable)?;
    let refused = |refusal: Refusal| NoAnswer::Rpc(refusal.to_rpc(F::ERRORS));
    let allowed = match call.caller {
        Caller::User(_) => F::CALLERS.contains(&Kind::User),
        Caller::Bot(_) => F::CALLERS.contains(&Kind::Bot),
    };
    if !allowed {
        return Err(refused(Refusal::new(match call.caller {
            Caller::User(_) => "USER_BOT_REQUIRED",
            Caller::Bot(_) => "SIMULATION_USERS_ONLY",
        })));
    }
    let answer = function.answer(call).map_err(refused)?;
    let bytes = answer.to_bytes();
    bytes.map_err(|_| refused(Refusal::new("INTERNAL")))
}

fn id(body: &[u8]) -> Option<u32> {
    body.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}
