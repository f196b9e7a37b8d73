//! Handing values over to the service that asked for them.
//!
//! Source: protocol reference, sections 1.3 (U9, U10), 3.3, 8.6 (value hash), 8.7 (credentials).

mod disclosure;
mod error;

pub use self::disclosure::{Asked, Disclosure, NotStored};
pub use self::error::SubmitError;

use rand_core::TryCryptoRng;
use telegram_passport_tl::{functions, types};

use super::Connection;
use super::credentials::{credentials_json, seal_credentials};
use super::form::public_key as public_key_text;
use crate::key::{PublicKey, RandomError};
use crate::link::RequestLink;

/// Encrypts the credentials for the service and submits the values. Bot, scope and public key go to
/// the server as they stand in the link, which is how they went there when the form was asked for.
///
/// Whether the form is satisfied by these values is not asked here.
///
/// A submission whose answer was lost may have reached the service. To repeat it does no harm: a
/// service takes a nonce once.
///
/// ```
/// use telegram_passport::client::{
///     Asked, Connection, Disclosure, StoredValue, SubmitError, submit,
/// };
/// use telegram_passport::link::RequestLink;
///
/// # async fn example<C: Connection>(connection: &C, link: &RequestLink, passport: &StoredValue, email: &StoredValue)
/// #     -> Result<(), Box<dyn std::error::Error>> {
/// let selfie = Asked { selfie: true, translation: false };
/// let values = [
///     Disclosure::of(passport, selfie)?,
///     Disclosure::of(email, Asked::default())?,
/// ];
/// match submit(connection, link, &values, &mut getrandom::SysRng).await {
///     Ok(()) => {}
///     Err(SubmitError::ValueChanged) => { /* Ask for the form again. */ }
///     Err(error) => return Err(error.into()),
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`SubmitError`].
pub async fn submit<C, R>(
    connection: &C,
    request: &RequestLink,
    values: &[Disclosure],
    rng: &mut R,
) -> Result<(), SubmitError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
{
    let call = accept_authorization(request, values, rng)?;
    match connection.invoke(&call).await? {
        true => Ok(()),
        false => Err(SubmitError::NotAccepted),
    }
}

/// The call, for callers who send by themselves.
fn accept_authorization<E, R: TryCryptoRng + ?Sized>(
    request: &RequestLink,
    values: &[Disclosure],
    rng: &mut R,
) -> Result<functions::account::AcceptAuthorization, SubmitError<E>> {
    if values.is_empty() {
        return Err(SubmitError::Nothing);
    }
    for (index, value) in values.iter().enumerate() {
        let mut earlier = values.iter().take(index);
        if earlier.any(|other| other.element == value.element) {
            return Err(SubmitError::Twice(value.element));
        }
    }
    let public_key = PublicKey::from_pem(request.public_key()).map_err(SubmitError::PublicKey)?;
    let json = credentials_json(values, request.nonce(), request.nonce_key());
    let credentials = seal_credentials(&json, &public_key, rng).map_err(|error| match error {
        RandomError::Randomness(error) => SubmitError::Randomness(error.to_string()),
        RandomError::Internal => SubmitError::Internal,
    })?;
    let hashes = values.iter().map(|value| types::SecureValueHash {
        r#type: value.element.into(),
        hash: value.hash.clone(),
    });
    Ok(functions::account::AcceptAuthorization {
        bot_id: request.bot_id().get(),
        scope: request.scope_text().to_owned(),
        public_key: public_key_text(request),
        value_hashes: hashes.map(Into::into).collect(),
        credentials: credentials.into(),
    })
}
