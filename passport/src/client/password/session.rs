//! Calls that take a proof of the password.

use rand_core::TryCryptoRng;
use telegram_passport_tl::{Identifiable, RemoteCall, enums, functions, types};

use super::error::PasswordError;
use super::outcome::{Outcome, outcome};
use super::state::{PasswordState, state};
use crate::client::entropy::Mixed;
use crate::client::srp::{KdfAlgo, PasswordHash};
use crate::client::{Connection, Password};

/// Calls a function with a proof of the password: `auth.checkPassword` at log-in, for instance.
///
/// Asks for fresh parameters, proves, calls; and once more if Telegram says that the parameters are
/// stale.
///
/// ```
/// use telegram_passport::client::{Connection, Password, password};
/// use telegram_passport::tl::functions;
///
/// async fn log_in<C: Connection>(telegram: &C, typed: &Password) -> bool {
///     let rng = &mut getrandom::SysRng;
///     let check = |password| functions::auth::CheckPassword { password };
///     password::prove(telegram, typed, rng, check).await.is_ok()
/// }
/// ```
///
/// # Errors
///
/// [`PasswordError`]: `NoPassword`, `WrongPassword`, `PasswordChanged`, `StaleProof`, `Parameter`,
/// `Randomness` or `Call`.
///
/// Source: protocol reference, sections 9.4 and 9.5.
pub async fn prove<C, R, F>(
    connection: &C,
    password: &Password,
    rng: &mut R,
    call: impl Fn(enums::InputCheckPasswordSrp) -> F,
) -> Result<F::Return, PasswordError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
    F: RemoteCall + Identifiable,
{
    let mut session = Session::new(connection, password, rng);
    session.call(|_, proof, _| Ok(call(proof))).await
}

/// A password that is proved again and again; its hash is computed once.
pub(crate) struct Session<'a, C, R: ?Sized> {
    connection: &'a C,
    password: &'a Password,
    rng: &'a mut R,
    hash: Option<PasswordHash>,
    secure_random: Vec<u8>,
    /// Whether Telegram has taken a proof of this password.
    is_proved: bool,
}

impl<'a, C: Connection, R: TryCryptoRng + ?Sized> Session<'a, C, R> {
    pub(crate) fn new(connection: &'a C, password: &'a Password, rng: &'a mut R) -> Self {
        Self {
            connection,
            password,
            rng,
            hash: None,
            secure_random: Vec::new(),
            is_proved: false,
        }
    }

    /// `account.getPasswordSettings`: what is shown to those who have proved the password.
    pub(crate) async fn settings(
        &mut self,
    ) -> Result<types::account::PasswordSettings, PasswordError<C::Error>> {
        let settings =
            self.call(|_, password, _| Ok(functions::account::GetPasswordSettings { password }));
        Ok(settings.await?.into_inner())
    }

    /// `account.updatePasswordSettings`; the settings are made from the state that the proof is of.
    pub(crate) async fn update(
        &mut self,
        settings: impl Fn(
            &PasswordState,
            &mut Mixed<'_, R>,
        )
            -> Result<types::account::PasswordInputSettings, PasswordError<C::Error>>,
    ) -> Result<Outcome, PasswordError<C::Error>> {
        let update = self.call(|state, password, rng| {
            let new_settings = settings(state, rng)?.into();
            Ok(functions::account::UpdatePasswordSettings {
                password,
                new_settings,
            })
        });
        outcome(update.await)
    }

    /// The source of randomness, with the `secure_random` of the last call mixed in.
    pub(crate) fn rng(&mut self) -> Result<Mixed<'_, R>, PasswordError<C::Error>> {
        Mixed::new(&mut *self.rng, &self.secure_random).map_err(PasswordError::randomness)
    }

    /// A call with a proof; with another one, of fresh parameters, if the first is stale.
    async fn call<F: RemoteCall + Identifiable>(
        &mut self,
        make: impl Fn(
            &PasswordState,
            enums::InputCheckPasswordSrp,
            &mut Mixed<'_, R>,
        ) -> Result<F, PasswordError<C::Error>>,
    ) -> Result<F::Return, PasswordError<C::Error>> {
        let result = match self.call_once(&make).await {
            Err(PasswordError::StaleProof) => self.call_once(&make).await,
            result => result,
        };
        match result {
            // It was right before.
            Err(PasswordError::WrongPassword) if self.is_proved => {
                Err(PasswordError::PasswordChanged)
            }
            result => {
                self.is_proved |= result.is_ok();
                result
            }
        }
    }

    async fn call_once<F: RemoteCall + Identifiable>(
        &mut self,
        make: impl Fn(
            &PasswordState,
            enums::InputCheckPasswordSrp,
            &mut Mixed<'_, R>,
        ) -> Result<F, PasswordError<C::Error>>,
    ) -> Result<F::Return, PasswordError<C::Error>> {
        let state = state(self.connection).await?;
        self.secure_random.clone_from(&state.0.secure_random);
        let call = {
            let has_password = state.0.has_password.as_ref();
            let current = has_password.ok_or(PasswordError::NoPassword)?;
            let algo = KdfAlgo::check(&current.current_algo)?;
            let hash = match self.hash.take() {
                Some(hash) if *hash.algo() == algo => hash,
                _ => algo.hash(self.password),
            };
            let hash = self.hash.insert(hash);
            let mut rng = Mixed::new(&mut *self.rng, &state.0.secure_random)
                .map_err(PasswordError::randomness)?;
            let proof = hash
                .prove(current.srp_id, &current.srp_b, &mut rng)
                .map_err(PasswordError::draw)?;
            make(&state, proof.into(), &mut rng)?
        };
        Ok(self.connection.invoke(&call).await?)
    }
}
