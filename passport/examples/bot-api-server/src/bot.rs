//! What the bot does with an update: open it, fetch its files, tell the user what to mend.

use std::io::Read;
use std::sync::Mutex;
use std::time::Duration;

use serde_json::Value;
use telegram_passport::answer::{self, ElementError};
use telegram_passport::cipher::Plaintext;
use telegram_passport::file::bot_api::{file_path, get_file_request};
use telegram_passport::file::{Decryptor, Memory};
use telegram_passport::submission::PassportFile;
use telegram_passport::{FileLocation, bot_api};

use crate::service::{Failure, Service, document_errors, picture_error};

/// A service that is reached by the Bot API.
pub(crate) struct Bot {
    pub(crate) service: Service,
    pub(crate) api: BotApi,
}

impl Bot {
    /// Opens a submission, looks at all of it, and tells the user what to mend. Returns those errors;
    /// none for an update of another kind, which is for somebody else to handle.
    ///
    /// The nonce is used up by the first step. After a failed download the user has to be asked anew.
    pub(crate) fn receive(&self, update: &[u8]) -> Result<Option<Vec<ElementError>>, Failure> {
        let Some(incoming) = bot_api::read_update(update)? else {
            return Ok(None);
        };
        let user_id = incoming.user_id;
        let submission = self.service.open(user_id, &incoming.passport_data)?;
        for row in self.service.missing(&submission) {
            println!("not sent by {user_id}: {row}");
        }
        let mut errors = document_errors(&submission);
        for file in submission.files() {
            let picture = self.api.fetch(file)?;
            errors.extend(picture_error(file, picture.as_bytes()));
        }
        if !errors.is_empty() {
            let body = answer::set_passport_data_errors(user_id, &errors);
            let answer: Value =
                serde_json::from_slice(&self.api.call("setPassportDataErrors", &body)?)?;
            if answer["ok"] != true {
                return Err("the Bot API did not take the errors".into());
            }
        }
        Ok(Some(errors))
    }
}

/// The two URLs of the Bot API. Both hold the bot's token, so neither is printed.
pub(crate) struct BotApi {
    methods: String,
    files: String,
    agent: ureq::Agent,
    /// One picture at a time, so that many submissions at once do not fill the memory.
    picture: Mutex<()>,
}

impl BotApi {
    /// `methods` goes before the name of a method, `files` before a `file_path`.
    pub(crate) fn new(methods: String, files: String) -> Self {
        let configuration = ureq::Agent::config_builder()
            // A refusal has a body that says why.
            .http_status_as_error(false)
            // The token must not follow to another server.
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(60)));
        Self {
            methods,
            files,
            agent: configuration.build().into(),
            picture: Mutex::default(),
        }
    }

    /// Calls a method with a JSON body, and gives the JSON that it answers.
    fn call(&self, method: &str, body: &str) -> Result<Vec<u8>, Failure> {
        let request = self.agent.post(format!("{}{method}", self.methods));
        let request = request.content_type("application/json");
        let mut response = request.send(body).map_err(without_url)?;
        let mut answer = Vec::new();
        let reader = response.body_mut().as_reader();
        reader.take(LONGEST_ANSWER).read_to_end(&mut answer)?;
        Ok(answer)
    }

    /// Downloads a file, and decrypts it meanwhile.
    fn fetch(&self, file: &PassportFile) -> Result<Plaintext, Failure> {
        let FileLocation::BotApi(location) = file.location() else {
            return Err("this file came over MTProto".into());
        };
        let _one = self.picture.lock().map_err(|_| "a download has panicked")?;
        let path = file_path(&self.call("getFile", &get_file_request(&location.file_id))?)?;
        let url = format!("{}{path}", self.files);
        let mut response = self.agent.get(url).call().map_err(without_url)?;
        if !response.status().is_success() {
            return Err(format!("the file cannot be had: HTTP {}", response.status()).into());
        }
        let decryptor = Decryptor::new(file.credentials(), Memory::new());
        Ok(decryptor.read_all(response.body_mut().as_reader(), |_| {})?)
    }
}

/// Some errors name the URL, and with it the token.
fn without_url(error: ureq::Error) -> Failure {
    match error {
        ureq::Error::BadUri(_) => "the URL of the Bot API is none".into(),
        ureq::Error::Io(error) => error.into(),
        ureq::Error::Timeout(_) => "the Bot API did not answer in time".into(),
        _ => "the Bot API could not be reached".into(),
    }
}

/// What is read of the answer to a method.
const LONGEST_ANSWER: u64 = 64 * 1024;
