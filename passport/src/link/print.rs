//! Writing a link.
//!
//! The parameters stand in the order of the official JavaScript SDK, and are encoded as its
//! `encodeURIComponent` does: space as `%20`, plus as `%2B`, since one of the official clients
//! takes a bare plus for a space.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::RequestLink;
use crate::nonce::NonceKey;

impl RequestLink {
    /// `tg://resolve?domain=telegrampassport&..`: known to all clients. The form to take if in
    /// doubt.
    #[must_use]
    pub fn to_tg_resolve(&self) -> String {
        self.print("tg://resolve?domain=telegrampassport&")
    }

    /// `tg:resolve?domain=telegrampassport&..`: the same without slashes, for browsers on Android.
    #[must_use]
    pub fn to_tg_resolve_without_slashes(&self) -> String {
        self.print("tg:resolve?domain=telegrampassport&")
    }

    /// `tg://passport?..`: shorter, not known to the oldest clients.
    #[must_use]
    pub fn to_tg_passport(&self) -> String {
        self.print("tg://passport?")
    }

    /// `tg:passport?..`: the same without slashes.
    #[must_use]
    pub fn to_tg_passport_without_slashes(&self) -> String {
        self.print("tg:passport?")
    }

    fn print(&self, start: &str) -> String {
        let mut out = format!("{start}bot_id={}", self.bot_id);
        push(&mut out, "scope", &self.scope);
        push(&mut out, "public_key", &self.public_key);
        // With a scope of version 1.0 clients look for the nonce in `payload` alone.
        push(&mut out, self.nonce_key().name(), self.nonce.as_str());
        if let Some(callback_url) = &self.callback_url {
            push(&mut out, "callback_url", callback_url);
        }
        if self.nonce_key() == NonceKey::Nonce {
            // The literal text, as all official SDKs send it: clients of version 1.0 refuse a
            // link without a payload, with it they ask the server and learn that they are too old.
            push(&mut out, "payload", "nonce");
        }
        out
    }
}

fn push(out: &mut String, name: &str, value: &str) {
    out.extend(["&", name, "="]);
    out.extend(utf8_percent_encode(value, ESCAPED));
}

/// What `encodeURIComponent` escapes.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');
