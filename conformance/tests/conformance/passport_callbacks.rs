//! Callback URLs: which may be opened, what is appended, and what is read from them.

use conformance::random::for_each;
use proptest::prelude::*;
use telegram_passport::link::{BotId, CallbackError, CallbackUrl, Outcome};

/// Section 4.5, the table of Telegram Desktop, and back.
#[test]
fn joined_as_telegram_desktop_does() {
    for (callback, opened) in [
        (
            "https://a.example/x",
            "https://a.example/x?tg_passport=success",
        ),
        (
            "https://a.example/x?s=1",
            "https://a.example/x?s=1&tg_passport=success",
        ),
        (
            "https://a.example/x#f",
            "https://a.example/x#f?tg_passport=success",
        ),
        (
            "https://a.example/x?s=1#f",
            "https://a.example/x?s=1#f?tg_passport=success",
        ),
        (
            "https://a.example/x#f?s=1",
            "https://a.example/x#f?s=1&tg_passport=success",
        ),
    ] {
        let url = web(callback);
        assert_eq!(url.join(&Outcome::Success).as_deref(), Some(opened));
        assert_eq!(Outcome::read(opened), Some(Outcome::Success));
        let cancelled = opened.replace("success", "cancel");
        assert_eq!(url.join(&Outcome::Cancel), Some(cancelled.clone()));
        assert_eq!(Outcome::read(&cancelled), Some(Outcome::Cancel));
        let failed = opened.replace("success", "error&error=SCOPE_EMPTY");
        let error = Outcome::Error("SCOPE_EMPTY".to_owned());
        assert_eq!(url.join(&error), Some(failed.clone()));
        assert_eq!(Outcome::read(&failed), Some(error));
    }
}

/// Section 4.5: of which errors a page is told, and an application.
#[test]
fn errors_that_are_told() {
    let (page, application) = (web("https://a.example/?s"), CallbackUrl::application(bot()));
    for (name, of_page, of_application) in [
        ("BOT_INVALID", true, true),
        ("PUBLIC_KEY_REQUIRED", true, true),
        ("PUBLIC_KEY_INVALID", true, true),
        ("SCOPE_EMPTY", true, true),
        ("PAYLOAD_EMPTY", true, false),
        ("NONCE_EMPTY", false, true),
        ("TELEGRAM_NOT_INSTALLED", false, true),
        ("USER_NOT_LOGGED_IN", false, true),
        ("APP_VERSION_OUTDATED", false, false),
        ("FLOOD_WAIT_5", false, false),
        ("", false, false),
        ("SCOPE_EMPTY&x=1", false, false),
    ] {
        let error = Outcome::Error(name.to_owned());
        let opened = format!("https://a.example/?s&tg_passport=error&error={name}");
        assert_eq!(page.join(&error), of_page.then_some(opened));
        let opened = format!("tgbot543260180://passport/error?error={name}");
        assert_eq!(application.join(&error), of_application.then_some(opened));
    }
}

#[test]
fn application_of_a_bot() {
    let url = CallbackUrl::application(bot());
    assert_eq!(url.as_str(), "tgbot543260180://passport");
    assert_eq!(url.bot_id(), Some(bot()));
    let join = |outcome| url.join(&outcome);
    assert_eq!(
        [join(Outcome::Success), join(Outcome::Cancel)].map(Option::unwrap_or_default),
        [
            "tgbot543260180://passport/success",
            "tgbot543260180://passport/cancel"
        ]
    );
    assert_eq!(
        CallbackUrl::parse("TGBot543260180://Passport", bot()),
        Ok(url)
    );
}

#[test]
fn what_may_be_opened() {
    for text in [
        "https://a.example",
        "http://a.example/x?y#z",
        "HTTPS://A.EXAMPLE/",
        "hTTp://127.0.0.1:8080/?s=1",
        "https://a.example/?y=ä",
    ] {
        assert_eq!(CallbackUrl::parse(text, bot()).as_ref(), Ok(&web(text)));
        assert_eq!(web(text).as_str(), text);
        assert_eq!(web(text).bot_id(), None);
    }
}

#[test]
fn what_may_not() {
    for text in [
        "",
        "a.example/x",
        "//a.example",
        "https:",
        "https:/a.example",
        "https:a.example",
        " https://a.example",
        "\thttps://a.example",
        "javascript:alert(1)",
        "JavaScript://https://a.example/%0aalert(1)",
        "data:text/html,https://a.example",
        "file:///etc/passwd",
        "ftp://a.example",
        "tg://resolve?domain=x",
        "httpss://a.example",
        "xhttps://a.example",
        "intent://a.example#Intent;scheme=https;end",
        "tgbot543260181://passport",
        "tgbot0543260180://passport",
        "tgbot543260180:passport",
        "tgbot543260180://passport/success",
        "tgbot543260180://passports",
        "tgbot543260180://other",
        "tgbot://passport",
        "tgbot-543260180://passport",
        "жhttps://a.example",
    ] {
        let refused = Err(CallbackError::Scheme);
        assert_eq!(CallbackUrl::parse(text, bot()), refused, "{text}");
        assert_eq!(CallbackUrl::web(text), refused, "{text}");
    }
    for text in ["https://", "http:///x", "https://?x", "https://#x"] {
        let refused = Err(CallbackError::NoHost);
        assert_eq!(CallbackUrl::parse(text, bot()), refused, "{text}");
    }
    for text in [
        "https://a b",
        "https://a\r\nX: y",
        "https://a\0",
        "https://a\u{a0}b",
    ] {
        let refused = Err(CallbackError::Character);
        assert_eq!(CallbackUrl::parse(text, bot()), refused, "{text}");
    }
    let long = |length: usize| format!("https://{}", "a".repeat(length - 8));
    assert!(CallbackUrl::web(&long(35_000)).is_ok());
    assert_eq!(CallbackUrl::web(&long(35_001)), Err(CallbackError::TooLong));
}

#[test]
fn messages() {
    use CallbackError::{Character, NoHost, Scheme, TooLong};
    assert_eq!(
        [Scheme, NoHost, Character, TooLong].map(|error| error.to_string()),
        [
            "a callback URL begins with https:// or http://, or is the bot's own \
             tgbot<id>://passport",
            "the callback URL has no host",
            "the callback URL has white space or control characters, percent-encode them",
            "the callback URL has more than 35000 bytes",
        ]
    );
}

/// Section 4.5: the other clients, and what others make of a URL.
#[test]
fn outcomes() {
    let error = |name: &str| Some(Outcome::Error(name.to_owned()));
    for (url, outcome) in [
        // Android appends without looking.
        (
            "https://a.example/x&tg_passport=success",
            Some(Outcome::Success),
        ),
        (
            "https://a.example/x?s=1&tg_passport=cancel",
            Some(Outcome::Cancel),
        ),
        // Apple.
        ("tgbot543260180://passport/success", Some(Outcome::Success)),
        ("TGBOT1://PASSPORT/cancel", Some(Outcome::Cancel)),
        (
            "tgbot1://passport/error?error=BOT_INVALID",
            error("BOT_INVALID"),
        ),
        ("tgbot1://passport/error?x=1&error=A_1", error("A_1")),
        ("tgbot1://passport/error", error("")),
        ("tgbot1://passport/", None),
        ("tgbot1://passport", None),
        ("tgbot1://passport/other", None),
        ("tgbot1://other/success", None),
        ("tgbot0://passport/success", None),
        // What a web server sees.
        ("/x?s=1&tg_passport=success", Some(Outcome::Success)),
        ("s=1&tg_passport=cancel", Some(Outcome::Cancel)),
        ("tg_passport=cancel", Some(Outcome::Cancel)),
        // The last one counts: clients append.
        (
            "/x?tg_passport=success&tg_passport=cancel",
            Some(Outcome::Cancel),
        ),
        (
            "/x?tg_passport=success#tg_passport=cancel",
            Some(Outcome::Cancel),
        ),
        ("/x?tg_passport=success&s=1", Some(Outcome::Success)),
        // An error without a name that could be one.
        ("/x?tg_passport=error", error("")),
        ("/x?tg_passport=error&error=", error("")),
        ("/x?tg_passport=error&error=<script>", error("")),
        ("/x?tg_passport=error&error=A%20B", error("")),
        (
            "/x?tg_passport=error&error=SCOPE_EMPTY#top",
            error("SCOPE_EMPTY"),
        ),
        // Nothing.
        ("", None),
        ("/x", None),
        ("/x?s=tg_passport=success", None),
        ("/x?not_tg_passport=success", None),
        ("/x?tg_passport", None),
        ("/x?tg_passport=", None),
        ("/x?tg_passport=SUCCESS", None),
        ("/x?tg_passport=success%20", None),
    ] {
        assert_eq!(Outcome::read(url), outcome, "{url}");
    }
    let name = "A".repeat(64);
    let url = format!("/x?tg_passport=error&error={name}");
    assert_eq!(Outcome::read(&url), error(&name));
    assert_eq!(Outcome::read(&(url + "A")), error(""));
    let huge = format!("/x?{}&tg_passport=success", "a".repeat(1 << 20));
    assert_eq!(Outcome::read(&huge), None);
}

#[test]
fn a_callback_that_all_clients_append_to() {
    assert!(web("https://a.example/x?s=1").has_query());
    for text in [
        "https://a.example/x",
        "https://a.example/x?s#f",
        "https://a.example/x#f?s",
    ] {
        assert!(!web(text).has_query(), "{text}");
    }
}

#[test]
fn debug_leaves_the_session_out() {
    for text in [
        "https://a.example/x?session=7",
        "https://a.example/x#session=7",
    ] {
        let shown = format!("{:?}", web(text));
        assert_eq!(shown, r#"CallbackUrl("https://a.example/x?..")"#);
    }
}

/// Whatever the callback holds, what is appended is read.
#[test]
fn what_is_appended_is_read() {
    let text = "https://[a-z]{1,8}([/?#&=a-z]|tg_passport=|error=|cancel|ж){0,24}";
    let name = prop::sample::select(&["BOT_INVALID", "SCOPE_EMPTY"][..]);
    let outcome = prop_oneof![
        Just(Outcome::Success),
        Just(Outcome::Cancel),
        name.prop_map(|name| Outcome::Error(name.to_owned())),
    ];
    for_each(512, (text, outcome), |(text, outcome)| {
        let opened = CallbackUrl::web(&text)?.join(&outcome);
        let opened = opened.ok_or_else(|| TestCaseError::fail("it is told"))?;
        prop_assert!(opened.starts_with(&text));
        prop_assert_eq!(Outcome::read(&opened), Some(outcome));
        Ok(())
    });
    for_each(
        512,
        "([?&#:/=%ж]|tg_passport|tgbot1://passport/|error|success){0,16}",
        |text| {
            // Nothing to expect but that it ends.
            if let Some(Outcome::Error(name)) = Outcome::read(&text) {
                prop_assert!(name.is_empty());
            }
            Ok(())
        },
    );
}

fn web(text: &str) -> CallbackUrl {
    CallbackUrl::web(text).expect("it may be opened")
}

fn bot() -> BotId {
    BotId::new(543_260_180).expect("it is a bot id")
}
