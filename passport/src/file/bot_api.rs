//! Asking the Bot API where a file is.
//!
//! The file itself is then fetched by HTTPS, from a URL that contains the bot's token. That URL is a
//! secret, and is not made here: what is read from the answer is only the path at its end.
//!
//! Source: protocol reference, sections 10.5 and 12.

use core::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Value, json};

/// The body of a `getFile` request, as JSON.
///
/// ```
/// use telegram_passport::file::bot_api::get_file_request;
///
/// assert_eq!(get_file_request("DgADAgAD"), r#"{"file_id":"DgADAgAD"}"#);
/// ```
#[must_use]
pub fn get_file_request(file_id: &str) -> String {
    json!({ "file_id": file_id }).to_string()
}

/// Reads the answer to `getFile`: the `file_path`, ready to stand at the end of the download URL.
///
/// It is percent-encoded but for its slashes. It has no empty, `.` or `..` segment, also not in an
/// encoded form, so whatever the server says, the URL stays below the folder that it is added to.
/// Fields that are not needed are passed over, whatever they are.
///
/// ```
/// use telegram_passport::file::bot_api::file_path;
///
/// let answer = br#"{"ok":true,"result":{"file_id":"DgADAgAD","file_path":"passport/file 7"}}"#;
/// assert_eq!(file_path(answer)?, "passport/file%207");
/// # Ok::<(), telegram_passport::file::bot_api::GetFileError>(())
/// ```
///
/// # Errors
///
/// [`GetFileError`].
pub fn file_path(answer: &[u8]) -> Result<String, GetFileError> {
    if answer.len() > LONGEST_ANSWER {
        return Err(GetFileError::Json);
    }
    let answer: Value = serde_json::from_slice(answer).map_err(|_| GetFileError::Json)?;
    match answer.get("ok").and_then(Value::as_bool) {
        Some(true) => {}
        Some(false) => return Err(refusal(&answer)),
        None => return Err(GetFileError::Json),
    }
    let path = answer.get("result").and_then(|it| it.get("file_path"));
    let path = path.ok_or(GetFileError::NoPath)?;
    let path = path.as_str().ok_or(GetFileError::Json)?;
    if !is_safe(path) {
        return Err(GetFileError::Path);
    }
    Ok(utf8_percent_encode(path, ENCODED).to_string())
}

/// There is no path in the answer to `getFile`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GetFileError {
    /// The answer is no JSON of the Bot API, or larger than 64 KiB.
    Json,
    /// The Bot API refused the request.
    Refused {
        /// `error_code`, similar to an HTTP status; 0 if it is missing.
        code: i64,
        /// `description`: what the server says; empty if it is missing.
        description: String,
        /// `parameters.retry_after`: after how many seconds the request may be repeated.
        retry_after: Option<u64>,
    },
    /// There is no `file_path`: the server does not hand out this file now.
    NoPath,
    /// The `file_path` is absolute, or leads out of its folder. A Bot API server in local mode gives
    /// absolute paths; files of such a server are read from its disk.
    Path,
}

impl fmt::Display for GetFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json => f.write_str("the answer to getFile is no JSON of the Bot API"),
            Self::Refused {
                code, description, ..
            } => write!(f, "the Bot API refused getFile: {code} {description:?}"),
            Self::NoPath => f.write_str("the answer to getFile has no file_path: ask again later"),
            Self::Path => f.write_str(
                "the file_path in the answer to getFile is absolute or leads out of its folder; a \
                 Bot API server in local mode has its files on its own disk",
            ),
        }
    }
}

impl std::error::Error for GetFileError {}

fn refusal(answer: &Value) -> GetFileError {
    let retry_after = answer
        .get("parameters")
        .and_then(|it| it.get("retry_after"));
    let description = answer.get("description").and_then(Value::as_str);
    GetFileError::Refused {
        code: answer
            .get("error_code")
            .and_then(Value::as_i64)
            .unwrap_or(0),
        description: description.unwrap_or_default().to_owned(),
        retry_after: retry_after.and_then(Value::as_u64),
    }
}

/// Whether a path stays below the folder that it is added to, also for a server that decodes it once
/// more than it should.
fn is_safe(path: &str) -> bool {
    let Ok(decoded) = percent_decode_str(path).decode_utf8() else {
        return false;
    };
    [path, &decoded].into_iter().all(|path| {
        let mut segments = path.split(['/', '\\']);
        !path.contains(char::is_control) && segments.all(|it| !matches!(it, "" | "." | ".."))
    })
}

/// All but letters, digits, the slash and what need not be encoded in a path.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Bytes of an answer that are looked at: one that is longer is none of `getFile`.
const LONGEST_ANSWER: usize = 64 * 1024;
