//! The two addresses of the server.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use telegram_passport::nonce::Nonce;
use tokio::task::spawn_blocking;

use crate::bot::Bot;
use crate::service::tell;

type Shared = State<Arc<(Arc<Bot>, Nonce)>>;

/// Updates are taken from those who know the secret: the Bot API, since it is in the webhook's URL.
pub(crate) fn router(bot: Arc<Bot>, secret: Nonce) -> Router {
    Router::new()
        .route("/request/{user_id}", get(request_page))
        .route("/updates/{secret}", post(updates))
        .layer(DefaultBodyLimit::max(LARGEST_UPDATE))
        .with_state(Arc::new((bot, secret)))
}

async fn request_page(State(shared): Shared, Path(user_id): Path<String>) -> Response {
    let Ok(user_id) = user_id.parse() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match shared.0.service.request_page(user_id) {
        // The page has the nonce in it: nobody else may come by it.
        Ok(page) => {
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, page).into_response()
        }
        Err(error) => {
            eprintln!("{}", tell(&error));
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn updates(State(shared): Shared, Path(secret): Path<String>, update: Bytes) -> StatusCode {
    if !shared.1.is(&secret) {
        return StatusCode::NOT_FOUND;
    }
    // RSA and blocking requests would hold up the other connections.
    let done = spawn_blocking(move || shared.0.receive(&update));
    match done.await.map_err(Into::into).and_then(|outcome| outcome) {
        Ok(None) => println!("an update without passport_data"),
        Ok(Some(errors)) => println!("a submission with {} errors", errors.len()),
        Err(error) => eprintln!("{}", tell(&error)),
    }
    // The same for all that may have happened: the sender must not learn what failed.
    StatusCode::OK
}

/// What `read_update` takes.
const LARGEST_UPDATE: usize = 4 * 1024 * 1024;
