//! Reading a link.

use percent_encoding::percent_decode_str;

use super::{LinkError, MAX_LINK_LENGTH, RequestLink, value};
use crate::nonce::{Nonce, NonceKey};

impl RequestLink {
    /// Reads a link; the rules are those of the [module](super).
    ///
    /// # Errors
    ///
    /// [`LinkError::NotARequest`] for any other link, else what is wrong with which parameter.
    pub fn parse(url: &str) -> Result<Self, LinkError> {
        let bytes = url.len();
        if bytes > MAX_LINK_LENGTH {
            return Err(LinkError::TooLong { bytes });
        }
        let query = query(url).ok_or(LinkError::NotARequest)?;
        let required = |parameter| value(decoded(query, parameter)?, parameter);
        let bot_id = required("bot_id")?.parse().map_err(LinkError::BotId)?;
        let scope = required("scope")?;
        let public_key = required("public_key")?;
        let mut key = "nonce";
        let mut nonce = decoded(query, key)?;
        if nonce.is_empty() && NonceKey::of_scope(&scope) == NonceKey::Payload {
            key = "payload";
            nonce = decoded(query, key)?;
        }
        let missing = LinkError::Missing { parameter: key };
        let nonce = Nonce::from_text(&value(nonce, key)?).map_err(|_| missing)?;
        let callback_url = match decoded(query, "callback_url")? {
            text if text.is_empty() => None,
            text => Some(value(text, "callback_url")?),
        };
        Ok(Self {
            bot_id,
            scope,
            public_key,
            nonce,
            callback_url,
        })
    }
}

/// What stands between question mark and fragment, if this is one of the forms of a request.
fn query(url: &str) -> Option<&str> {
    let (url, _) = url.split_once('#').unwrap_or((url, ""));
    let (scheme, rest) = url.split_once(':')?;
    let (host, query) = rest.strip_prefix("//").unwrap_or(rest).split_once('?')?;
    let host = host.strip_suffix('/').unwrap_or(host);
    let is_request = if host.eq_ignore_ascii_case("resolve") {
        raw(query, "domain") == Some("telegrampassport")
    } else {
        host.eq_ignore_ascii_case("passport")
    };
    (is_request && scheme.eq_ignore_ascii_case("tg")).then_some(query)
}

/// The first value of a parameter, as it stands in the query.
fn raw<'a>(query: &'a str, parameter: &str) -> Option<&'a str> {
    query.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        name.eq_ignore_ascii_case(parameter).then_some(value)
    })
}

/// The first value of a parameter; empty if there is none.
fn decoded(query: &str, parameter: &'static str) -> Result<String, LinkError> {
    let raw = raw(query, parameter).unwrap_or_default();
    let mut after = raw.split('%').skip(1).map(|it| it.as_bytes());
    let is_pair = |it: &[u8]| {
        it.get(..2)
            .is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit))
    };
    if !after.all(is_pair) {
        return Err(LinkError::Percent { parameter });
    }
    // Links made as forms are, and some official clients read them so.
    match percent_decode_str(&raw.replace('+', " ")).decode_utf8() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(LinkError::NotUtf8 { parameter }),
    }
}
