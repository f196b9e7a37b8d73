//! What the bot does with a submission: open it, fetch its files, tell the user what to mend.

use std::time::Duration;

use grammers_client::tl;
use grammers_client::{Client, InvocationError};
use telegram_passport::answer::{self, ElementError};
use telegram_passport::cipher::Plaintext;
use telegram_passport::file::mtproto::{AfterError, Download};
use telegram_passport::file::{Decryptor, Memory};
use telegram_passport::submission::PassportFile;
use telegram_passport::{ContainerError, FileLocation, PassportData, mtproto};
use telegram_passport_tl::types;

use crate::newtypes::{Call, rpc_error};
use crate::service::{Failure, Service, document_errors, picture_error};

/// What the bot needs of a connection; grammers' client, or a Telegram made for a test.
pub(crate) trait Connection {
    /// The data centre of the bot's account.
    fn home_dc(&self) -> Result<i32, Failure>;

    async fn invoke_in_dc<R: tl::RemoteCall>(
        &self,
        dc_id: i32,
        request: &R,
    ) -> Result<R::Return, InvocationError>;
}

/// The client, and what tells its home.
pub(crate) struct Grammers<S> {
    pub(crate) client: Client,
    pub(crate) session: S,
}

impl<S> Connection for Grammers<S>
where
    S: std::ops::Deref<Target: grammers_client::session::Session<Error: Into<Failure>>>,
{
    fn home_dc(&self) -> Result<i32, Failure> {
        grammers_client::session::Session::home_dc_id(&*self.session).map_err(Into::into)
    }

    async fn invoke_in_dc<R: tl::RemoteCall>(
        &self,
        dc_id: i32,
        request: &R,
    ) -> Result<R::Return, InvocationError> {
        self.client.invoke_in_dc(dc_id, request).await
    }
}

/// The submission in a service message; none in any other message.
///
/// The values of grammers are written again: TL has one encoding for each value.
pub(crate) fn submission_of(
    action: Option<&tl::enums::MessageAction>,
) -> Option<Result<PassportData, ContainerError>> {
    match action {
        Some(action @ tl::enums::MessageAction::SecureValuesSentMe(_)) => {
            let bytes = tl::Serializable::to_bytes(action);
            Some(mtproto::read_action_bytes(&bytes))
        }
        _ => None,
    }
}

/// Opens a submission, looks at all of it, and tells the user what to mend. Returns those errors.
///
/// The nonce is used up by the first step. After a failed download the user has to be asked anew.
pub(crate) async fn receive(
    service: &Service,
    connection: &impl Connection,
    user: types::InputUser,
    sent: &PassportData,
) -> Result<Vec<ElementError>, Failure> {
    let submission = service.open(user.user_id, sent)?;
    for row in service.missing(&submission) {
        println!("not sent by {}: {row}", user.user_id);
    }
    let mut errors = document_errors(&submission);
    for file in submission.files() {
        let picture = fetch(connection, file).await?;
        errors.extend(picture_error(file, picture.as_bytes()));
    }
    if !errors.is_empty() {
        let request = answer::set_secure_value_errors(user.into(), &errors)?;
        let home = connection.home_dc()?;
        let answer = connection.invoke_in_dc(home, &Call::new(&request)?).await?;
        if !answer.0? {
            return Err("Telegram did not take the errors".into());
        }
    }
    Ok(errors)
}

/// Downloads a file from its data centre, and decrypts it meanwhile.
async fn fetch(connection: &impl Connection, file: &PassportFile) -> Result<Plaintext, Failure> {
    let FileLocation::Mtproto(location) = file.location() else {
        return Err("this file came through the Bot API".into());
    };
    let mut decryptor = Decryptor::new(file.credentials(), Memory::new());
    let mut download = Download::new(*location);
    let mut authorized_in = connection.home_dc()?;
    while let Some(request) = download.next_request() {
        let dc_id = download.dc_id();
        match connection.invoke_in_dc(dc_id, &Call::new(&request)?).await {
            Ok(answer) => decryptor.push(&download.accept(answer.0?)?)?,
            Err(InvocationError::Rpc(error)) => match download.rpc_error(&rpc_error(&error)) {
                AfterError::Migrate { .. } => {}
                AfterError::Wait { seconds } if seconds <= LONGEST_WAIT => {
                    tokio::time::sleep(Duration::from_secs(seconds)).await;
                }
                _ if error.is("AUTH_KEY_UNREGISTERED") && authorized_in != dc_id => {
                    authorize(connection, dc_id).await?;
                    authorized_in = dc_id;
                }
                _ => return Err(error.into()),
            },
            Err(error) => return Err(error.into()),
        }
    }
    Ok(decryptor.finish()?)
}

/// Takes the bot's authorization to another data centre. These two methods are not of Passport, so
/// they are those of grammers.
async fn authorize(connection: &impl Connection, dc_id: i32) -> Result<(), Failure> {
    let export = tl::functions::auth::ExportAuthorization { dc_id };
    let home = connection.home_dc()?;
    let tl::enums::auth::ExportedAuthorization::Authorization(exported) =
        connection.invoke_in_dc(home, &export).await?;
    let import = tl::functions::auth::ImportAuthorization {
        id: exported.id,
        bytes: exported.bytes,
    };
    connection.invoke_in_dc(dc_id, &import).await?;
    Ok(())
}

/// In seconds; a longer wait is an error.
const LONGEST_WAIT: u64 = 60;
