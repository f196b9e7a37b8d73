//! Links, scopes and callbacks.

use telegram_passport::link::{BotId, CallbackUrl, MAX_LINK_LENGTH, Outcome, RequestLink};
use telegram_passport::scope::Scope;

use super::meter::bounded;
use super::seeds;

/// A text as a link, as a scope, as a callback URL, and as a URL that was opened.
///
/// A link that is read is printed in all four forms, and each is read as the same link; so is a scope in
/// both of its forms. What the strict reader of scopes takes, the lenient one takes for the same. A
/// callback URL tells the outcome that was put into it.
pub fn link_and_scope(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    if let Ok(link) = bounded(16 * text.len() + 64 * 1024, || RequestLink::parse(text)) {
        let forms = [
            link.to_tg_resolve(),
            link.to_tg_resolve_without_slashes(),
            link.to_tg_passport(),
            link.to_tg_passport_without_slashes(),
        ];
        // Printed percent signs take room: a link of the longest length need not be read again.
        for printed in forms.iter().filter(|it| it.len() <= MAX_LINK_LENGTH) {
            assert_eq!(RequestLink::parse(printed).as_ref(), Ok(&link), "{printed}");
            let other_case = printed.replacen("tg:", "TG:", 1);
            assert_eq!(RequestLink::parse(&other_case).as_ref(), Ok(&link));
        }
        let shown = format!("{link:?}");
        let nonce = link.nonce().as_str();
        let elsewhere = [link.scope_text(), link.public_key()];
        if nonce.len() >= 16 && !elsewhere.iter().any(|it| it.contains(nonce)) {
            assert!(!shown.contains(nonce), "{shown}");
        }
        scope(link.scope_text());
        if let Some(url) = link.callback() {
            callback(&url);
        }
    }
    scope(text);
    if let Ok(url) = CallbackUrl::web(text) {
        callback(&url);
    }
    if let Ok(bot_id) = BotId::new(543_260_180)
        && let Ok(url) = CallbackUrl::parse(text, bot_id)
    {
        callback(&url);
    }
    if let Some(Outcome::Error(name)) = Outcome::read(text) {
        assert!(name.len() <= 64 && !name.contains(|it: char| it.is_ascii_lowercase()));
    }
    if let Ok(bot_id) = text.parse::<BotId>() {
        assert_eq!(bot_id.to_string().parse(), Ok(bot_id));
    }
}

fn scope(text: &str) {
    let read = bounded(256 * text.len() + 64 * 1024, || {
        Scope::parse_with_warnings(text)
    });
    let strict = Scope::parse_strict(text);
    let (scope, warnings) = match read {
        Ok(read) => read,
        Err(error) => {
            assert!(strict.is_err(), "{error}");
            return;
        }
    };
    assert_eq!(
        strict.ok().as_ref(),
        Some(&scope).filter(|_| warnings.is_empty())
    );
    assert_eq!(Scope::parse(text).as_ref(), Ok(&scope));
    for printed in [scope.to_long(), scope.to_short()] {
        assert_eq!(
            Scope::parse_strict(&printed).as_ref(),
            Ok(&scope),
            "{printed}"
        );
    }
    assert!((1..=13).contains(&scope.elements().len()));
    let alternatives = scope.elements().iter().flat_map(|it| it.alternatives());
    let mut elements: Vec<_> = alternatives.map(|it| it.element.name()).collect();
    elements.sort_unstable();
    assert!(elements.windows(2).all(|pair| pair[0] != pair[1]), "{text}");
}

fn callback(url: &CallbackUrl) {
    let error = Outcome::Error("BOT_INVALID".to_owned());
    for outcome in [Outcome::Success, Outcome::Cancel, error] {
        let opened = url.join(&outcome).expect("it is told");
        assert!(opened.starts_with(url.as_str()));
        assert_eq!(Outcome::read(&opened), Some(outcome), "{opened}");
    }
    let unknown = url.join(&Outcome::Error("NOT_A_NAME".to_owned()));
    assert_eq!(unknown, None);
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = seeds::text_fields("deep_links", "url");
    seeds.extend(seeds::text_fields("deep_links", "callback_url"));
    seeds.extend(seeds::json_fields("deep_links", "scope"));
    seeds.extend(seeds::json_fields("deep_links", "scopeShort"));
    seeds.extend(seeds::json_fields("scope", "scope"));
    seeds.extend(seeds::json_fields("required", "scope"));
    let urls = [
        "https://a.example/back?session=1#part",
        "tgbot543260180://passport/error?error=BOT_INVALID",
        "http://a.example/x&tg_passport=error&error=SCOPE_EMPTY",
    ];
    seeds.extend(urls.map(|it| it.as_bytes().to_vec()));
    seeds
}
