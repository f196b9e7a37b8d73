//! The bot against a Telegram that knows one submission: `passport/examples/sample`.

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use grammers_client::InvocationError;
use grammers_client::sender::RpcError;
use grammers_client::tl::{self, Deserializable, Identifiable, Serializable};
use telegram_passport::OpenError;
use telegram_passport::nonce::{Nonce, NonceStore};
use telegram_passport_tl::types;

use crate::bot::{Connection, receive, submission_of};
use crate::service::{Failure, Service};

const USER: types::InputUser = types::InputUser {
    user_id: 6_011_972,
    access_hash: 77,
};

#[tokio::test]
async fn a_submission_is_opened_fetched_and_answered() {
    let telegram = Telegram::default();
    let errors = receive(&service(), &telegram, USER, &sent())
        .await
        .expect("it is sound");
    let expected: serde_json::Value =
        serde_json::from_slice(&sample("expected.json")).expect("JSON");
    let errors: Vec<_> = errors.iter().map(|error| error.to_bot_api()).collect();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert_eq!(errors[0]["field_name"], "last_name");
    assert_eq!(
        errors[0]["data_hash"],
        expected["personal_details.data"]["data_hash"]
    );
    assert_eq!(
        errors[1]["file_hash"],
        expected["utility_bill.files[1]"]["file_hash"]
    );

    let received = telegram.errors.borrow();
    let [tl::functions::users::SetSecureValueErrors { id, errors }] = &received[..] else {
        panic!("{received:?}");
    };
    let user = tl::types::InputUser {
        user_id: 6_011_972,
        access_hash: 77,
    };
    assert_eq!(*id, user.into());
    let [
        tl::enums::SecureValueError::Data(data),
        tl::enums::SecureValueError::File(file),
    ] = &errors[..]
    else {
        panic!("{errors:?}");
    };
    assert_eq!(
        (data.field.as_str(), data.data_hash.len()),
        ("last_name", 32)
    );
    assert_eq!(file.r#type, tl::enums::SecureValueType::UtilityBill);
    // Two files lie in 4; one of those in 2 has moved there.
    assert_eq!(telegram.authorized.borrow().as_slice(), [4]);
}

#[tokio::test]
async fn it_is_opened_once_and_for_its_user_alone() {
    let (service, telegram) = (service(), Telegram::default());
    let other = types::InputUser {
        user_id: 1,
        access_hash: 2,
    };
    let refused = |error: Failure| assert!(error.is::<OpenError>(), "{error}");
    refused(
        receive(&service, &telegram, other, &sent())
            .await
            .expect_err("another user"),
    );
    receive(&service, &telegram, USER, &sent())
        .await
        .expect("it is sound");
    refused(
        receive(&service, &telegram, USER, &sent())
            .await
            .expect_err("a second time"),
    );
    assert_eq!(telegram.errors.borrow().len(), 1);
}

#[tokio::test]
async fn a_changed_file_is_not_taken() {
    let telegram = Telegram {
        damaged: true,
        ..Telegram::default()
    };
    let error = receive(&service(), &telegram, USER, &sent())
        .await
        .expect_err("damaged");
    assert_eq!(
        error.to_string(),
        "the Telegram Passport data could not be opened"
    );
    assert!(telegram.errors.borrow().is_empty());
}

#[test]
fn other_messages_are_left_alone() {
    assert!(submission_of(None).is_none());
    let pinned = tl::enums::MessageAction::PinMessage;
    assert!(submission_of(Some(&pinned)).is_none());
}

#[test]
fn the_page_is_for_this_bot() {
    let service = service();
    let page = service.request_page(7).expect("a page");
    assert!(
        page.contains("tg://resolve?domain=telegrampassport"),
        "{page}"
    );
    assert!(page.contains("bot_id=543260180"), "{page}");
    assert_ne!(page, service.request_page(7).expect("a page"));
}

/// Answers as the data centres 2, the home, and 4 would.
#[derive(Default)]
struct Telegram {
    damaged: bool,
    authorized: RefCell<Vec<i32>>,
    errors: RefCell<Vec<tl::functions::users::SetSecureValueErrors>>,
}

impl Connection for Telegram {
    fn home_dc(&self) -> Result<i32, Failure> {
        Ok(2)
    }

    async fn invoke_in_dc<R: tl::RemoteCall>(
        &self,
        dc_id: i32,
        request: &R,
    ) -> Result<R::Return, InvocationError> {
        let answer = self.answer(dc_id, &request.to_bytes())?;
        Ok(R::Return::from_bytes(&answer)?)
    }
}

impl Telegram {
    fn answer(&self, dc_id: i32, request: &[u8]) -> Result<Vec<u8>, InvocationError> {
        let (id, rest) = request.split_at(4);
        let is = |function: u32| id == function.to_le_bytes();
        if is(tl::functions::upload::GetFile::CONSTRUCTOR_ID) {
            let request = tl::functions::upload::GetFile::from_bytes(rest).expect("a request");
            return self.piece(dc_id, &request);
        }
        if is(tl::functions::users::SetSecureValueErrors::CONSTRUCTOR_ID) {
            let errors = tl::functions::users::SetSecureValueErrors::from_bytes(rest);
            self.errors.borrow_mut().push(errors.expect("a request"));
            return Ok(true.to_bytes());
        }
        if is(tl::functions::auth::ExportAuthorization::CONSTRUCTOR_ID) {
            assert_eq!(dc_id, 2, "only the home knows the bot");
            let exported = tl::types::auth::ExportedAuthorization {
                id: 1,
                bytes: vec![9],
            };
            return Ok(tl::enums::auth::ExportedAuthorization::from(exported).to_bytes());
        }
        assert!(is(tl::functions::auth::ImportAuthorization::CONSTRUCTOR_ID));
        self.authorized.borrow_mut().push(dc_id);
        let empty = tl::types::UserEmpty { id: 1 };
        let authorization = tl::types::auth::Authorization {
            setup_password_required: false,
            otherwise_relogin_days: None,
            tmp_sessions: None,
            future_auth_token: None,
            user: empty.into(),
        };
        Ok(tl::enums::auth::Authorization::from(authorization).to_bytes())
    }

    fn piece(
        &self,
        dc_id: i32,
        request: &tl::functions::upload::GetFile,
    ) -> Result<Vec<u8>, InvocationError> {
        let tl::enums::InputFileLocation::InputSecureFileLocation(location) = &request.location
        else {
            panic!("{request:?}");
        };
        let (name, dc) = FILES[usize::try_from(location.id - 1).expect("a number")];
        assert_eq!(location.access_hash, -location.id);
        if dc_id != 2 && !self.authorized.borrow().contains(&dc_id) {
            return Err(error(401, "AUTH_KEY_UNREGISTERED"));
        }
        if dc_id != dc {
            return Err(error(303, &format!("FILE_MIGRATE_{dc}")));
        }
        let mut file = sample(name);
        file[0] ^= u8::from(self.damaged);
        let offset = usize::try_from(request.offset).expect("a number");
        let limit = usize::try_from(request.limit).expect("a number");
        let rest = file.get(offset..).unwrap_or_default();
        let bytes = rest[..rest.len().min(limit)].to_vec();
        let file = tl::types::upload::File {
            r#type: tl::enums::storage::FileType::FileUnknown,
            mtime: 0,
            bytes,
        };
        Ok(tl::enums::upload::File::from(file).to_bytes())
    }
}

fn error(error_code: i32, message: &str) -> InvocationError {
    let error_message = message.to_owned();
    InvocationError::Rpc(RpcError::from(tl::types::RpcError {
        error_code,
        error_message,
    }))
}

/// One that waits for the sample.
fn service() -> Service {
    let (private, public) = (sample("private_key.pem"), sample("public_key.pem"));
    let service = Service::new(&private, &public, "543260180:token").expect("keys and a token");
    let nonce = Nonce::from_text("sample-nonce-of-user-6011972").expect("a nonce");
    service
        .nonces
        .keep(USER.user_id, &nonce)
        .expect("there is room");
    service
}

/// The submission as grammers reads it.
fn sent() -> telegram_passport::PassportData {
    let action = tl::enums::MessageAction::from_bytes(&sample("action.bin"));
    let sent = submission_of(Some(&action.expect("grammers knows it")));
    sent.expect("it is one").expect("it is sound")
}

fn sample(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sample");
    fs::read(folder.join(name)).expect("the sample")
}

/// The files by their id, from 1, and where they lie by now.
const FILES: [(&str, i32); 4] = [
    ("passport.front_side.enc", 4),
    ("passport.selfie.enc", 2),
    ("utility_bill.files-0.enc", 4),
    ("utility_bill.files-1.enc", 4),
];
