//! The server, spoken to over HTTP, with a Bot API on this machine that knows one submission:
//! `passport/examples/sample`.

use std::fs;
use std::path::Path as FilePath;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde_json::{Value, json};
use telegram_passport::bot_api;
use telegram_passport::nonce::{Nonce, NonceStore};
use tokio::net::TcpListener;
use tokio::task::spawn_blocking;

use crate::bot::{Bot, BotApi};
use crate::http;
use crate::service::{Service, tell};

const USER: i64 = 6_011_972;

#[tokio::test]
async fn a_submission_is_opened_fetched_and_answered() {
    let telegram = Telegram::start(false).await;
    let bot = bot(&telegram);
    let server = serve(http::router(bot, nonce("updates-secret"))).await;
    let update = sample("update.json");

    let (status, body) = send(format!("{server}/updates/updates-secret"), Some(update)).await;
    assert_eq!((status, &*body), (200, ""));
    let expected: Value = serde_json::from_slice(&sample("expected.json")).expect("JSON");
    let body = telegram.errors();
    let [body] = &body[..] else {
        panic!("{body:?}");
    };
    assert_eq!(body["user_id"], USER);
    let errors = body["errors"].as_array().expect("a list");
    let errors: Vec<_> = errors.iter().map(without_message).collect();
    let data_hash = &expected["personal_details.data"]["data_hash"];
    let file_hash = &expected["utility_bill.files[1]"]["file_hash"];
    let expected = [
        json!({
            "source": "data",
            "type": "personal_details",
            "field_name": "last_name",
            "data_hash": data_hash,
        }),
        json!({ "source": "file", "type": "utility_bill", "file_hash": file_hash }),
    ];
    assert_eq!(errors, expected);
}

#[tokio::test]
async fn the_page_is_for_this_bot_and_for_nobody_to_keep() {
    let telegram = Telegram::start(false).await;
    let server = serve(http::router(bot(&telegram), nonce("updates-secret"))).await;
    let url = format!("{server}/request/7");
    let answers = [send(url.clone(), None).await, send(url, None).await];
    for (status, page) in &answers {
        assert_eq!(*status, 200);
        assert!(
            page.contains("tg://resolve?domain=telegrampassport&#38;bot_id=543260180"),
            "{page}"
        );
    }
    assert_ne!(answers[0].1, answers[1].1, "a nonce of its own");
    let url = format!("{server}/request/7");
    let headers = spawn_blocking(|| ureq::get(url).call().expect("a page").headers().clone());
    assert_eq!(
        headers.await.expect("no panic")["cache-control"],
        "no-store"
    );
    assert_eq!(
        send(format!("{server}/request/somebody"), None).await.0,
        404
    );
}

#[tokio::test]
async fn all_that_may_happen_is_answered_alike() {
    let telegram = Telegram::start(false).await;
    let server = serve(http::router(bot(&telegram), nonce("updates-secret"))).await;
    let url = format!("{server}/updates/updates-secret");
    let mut other: Value = serde_json::from_slice(&sample("update.json")).expect("JSON");
    other["message"]["from"]["id"] = 1.into();
    let updates = [
        other.to_string().into_bytes(),
        b"{}".to_vec(),
        b"nonsense".to_vec(),
        sample("update.json"),
        sample("update.json"),
    ];
    for update in updates {
        assert_eq!(send(url.clone(), Some(update)).await, (200, String::new()));
    }
    assert_eq!(telegram.errors().len(), 1, "the sender's own, once");
    let elsewhere = format!("{server}/updates/another-secret");
    assert_eq!(send(elsewhere, Some(sample("update.json"))).await.0, 404);
    let large = vec![b' '; 4 * 1024 * 1024 + 1];
    assert_eq!(send(url, Some(large)).await.0, 413);
}

#[tokio::test]
async fn a_changed_file_is_not_taken() {
    let telegram = Telegram::start(true).await;
    let bot = bot(&telegram);
    let outcome = spawn_blocking(move || bot.receive(&sample("update.json")));
    let error = outcome.await.expect("no panic").expect_err("damaged");
    assert_eq!(
        error.to_string(),
        "the Telegram Passport data could not be opened"
    );
    assert!(telegram.errors().is_empty());
}

#[test]
fn mistakes_are_told_with_the_way_to_mend_them() {
    let (private, public) = (sample("private_key.pem"), sample("public_key.pem"));
    let told = |private: &[u8], public: &[u8], token| {
        let made = Service::new(private, public, token).map(drop);
        tell(&made.expect_err("a mistake"))
    };
    let error = told(&private, &private, "7:token");
    assert!(
        error.ends_with("\nhint: openssl pkey -in key.pem -pubout"),
        "{error}"
    );
    let error = told(&private, &public, "token");
    assert_eq!(error, "error: a bot token has a colon");
}

/// What a bot with another library gives: values that were read and written again, so that fields
/// which were not there are null.
#[test]
fn an_update_that_a_library_has_written_opens_too() {
    let mut update: Value = serde_json::from_slice(&sample("update.json")).expect("JSON");
    update["edited_message"] = Value::Null;
    update["message"]["text"] = Value::Null;
    let elements = &mut update["message"]["passport_data"]["data"];
    for element in elements.as_array_mut().expect("a list") {
        let element = element.as_object_mut().expect("an object");
        let optional = [
            "data",
            "phone_number",
            "email",
            "reverse_side",
            "translation",
        ];
        for name in optional
            .into_iter()
            .chain(["front_side", "selfie", "files"])
        {
            element.entry(name).or_insert(Value::Null);
        }
    }
    let incoming = bot_api::read_update(&update).expect("an update");
    let incoming = incoming.expect("a submission");
    let submission = service().open(incoming.user_id, &incoming.passport_data);
    let submission = submission.expect("it is sound");
    assert_eq!(submission.elements().len(), 4);
    assert_eq!(submission.files().count(), 4);
    assert!(submission.findings().is_empty());
}

/// The Bot API, and the bodies of `setPassportDataErrors`.
#[derive(Default)]
struct Telegram {
    url: String,
    errors: Arc<Mutex<Vec<Value>>>,
}

impl Telegram {
    async fn start(damaged: bool) -> Self {
        let errors = Arc::default();
        let router = Router::new()
            .route("/bot/getFile", post(get_file))
            .route("/bot/setPassportDataErrors", post(set_errors))
            .with_state(Arc::clone(&errors))
            .route(
                "/file/passport/{name}",
                get(async move |Path(name): Path<String>| {
                    let mut file = sample(&name);
                    file[0] ^= u8::from(damaged);
                    file
                }),
            );
        let url = serve(router).await;
        Self { url, errors }
    }

    fn errors(&self) -> Vec<Value> {
        self.errors
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

async fn get_file(body: Bytes) -> (StatusCode, String) {
    let body: Value = serde_json::from_slice(&body).expect("JSON");
    let path = format!("passport/{}.enc", body["file_id"].as_str().expect("an id"));
    let result = json!({ "file_id": body["file_id"], "file_path": path });
    (
        StatusCode::OK,
        json!({ "ok": true, "result": result }).to_string(),
    )
}

async fn set_errors(State(errors): State<Arc<Mutex<Vec<Value>>>>, body: Bytes) -> &'static str {
    let body = serde_json::from_slice(&body).expect("JSON");
    errors.lock().expect("no panic").push(body);
    r#"{"ok":true,"result":true}"#
}

/// Starts a server on this machine, which ends with the test; its URL.
async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// Posts a body, or gets a page; status and text of the answer.
async fn send(url: String, body: Option<Vec<u8>>) -> (u16, String) {
    let done = spawn_blocking(move || {
        let agent = ureq::Agent::config_builder().http_status_as_error(false);
        let agent: ureq::Agent = agent.build().into();
        let response = match body {
            Some(body) => agent.post(url).send(&body),
            None => agent.get(url).call(),
        };
        let mut response = response.expect("an answer");
        let text = response.body_mut().read_to_string().expect("text");
        (response.status().as_u16(), text)
    });
    done.await.expect("no panic")
}

fn without_message(error: &Value) -> Value {
    let mut error = error.clone();
    let message = error.as_object_mut().and_then(|it| it.remove("message"));
    assert!(message.is_some_and(|it| it.is_string()), "{error}");
    error
}

fn bot(telegram: &Telegram) -> Arc<Bot> {
    let url = &telegram.url;
    let api = BotApi::new(format!("{url}/bot/"), format!("{url}/file/"));
    Arc::new(Bot {
        service: service(),
        api,
    })
}

/// One that waits for the sample.
fn service() -> Service {
    let (private, public) = (sample("private_key.pem"), sample("public_key.pem"));
    let service = Service::new(&private, &public, "543260180:token").expect("keys and a token");
    let nonce = nonce("sample-nonce-of-user-6011972");
    service.nonces.keep(USER, &nonce).expect("there is room");
    service
}

fn nonce(text: &str) -> Nonce {
    Nonce::from_text(text).expect("a nonce")
}

fn sample(name: &str) -> Vec<u8> {
    let folder = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../sample");
    fs::read(folder.join(name)).expect("the sample")
}
