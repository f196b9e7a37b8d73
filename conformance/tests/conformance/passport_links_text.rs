//! Links as texts: spellings, limits, what is said about bad ones, and what holds for all.

use std::fmt::Write;

use conformance::random::for_each;
use proptest::prelude::*;
use proptest::string::string_regex;
use telegram_passport::link::{
    CallbackUrl, LinkError, MAX_LINK_LENGTH, MAX_VALUE_LENGTH, RequestLink,
};
use telegram_passport::nonce::Nonce;

use super::passport_links::{bot, link, read};
use super::snapshots::snapshot;

#[test]
fn forms() {
    let link = link(7, "{}", "k", "n");
    let rest = "bot_id=7&scope=%7B%7D&public_key=k&nonce=n&payload=nonce";
    let resolve = format!("resolve?domain=telegrampassport&{rest}");
    assert_eq!(link.to_tg_resolve(), format!("tg://{resolve}"));
    assert_eq!(link.to_string(), format!("tg://{resolve}"));
    assert_eq!(
        link.to_tg_resolve_without_slashes(),
        format!("tg:{resolve}")
    );
    assert_eq!(link.to_tg_passport(), format!("tg://passport?{rest}"));
    assert_eq!(
        link.to_tg_passport_without_slashes(),
        format!("tg:passport?{rest}")
    );
    for start in [
        "tg://passport?",
        "tg:passport?",
        "tg://passport/?",
        "TG://Passport?",
        "tg:PASSPORT/?",
        "tg://resolve?domain=telegrampassport&",
        "tg:resolve/?domain=telegrampassport&",
        "Tg://RESOLVE?Domain=telegrampassport&",
        "tg://resolve?x=1&domain=telegrampassport&domain=other&",
    ] {
        assert_eq!(read(&format!("{start}{rest}")), link, "{start}");
        assert_eq!(
            read(&format!("{start}{rest}#passport?nonce=m&")),
            link,
            "{start}"
        );
    }
}

#[test]
fn other_forms() {
    let rest = "bot_id=7&scope=%7B%7D&public_key=k&nonce=n&payload=nonce";
    for start in [
        "",
        "tg",
        "tg:",
        "passport?",
        "://passport?",
        " tg://passport?",
        "tg:/passport?",
        "tg:///passport?",
        "tg://passport//?",
        "tg://passport/x?",
        "tg://passport:1?",
        "tg://passport#?",
        "tg://passport&",
        "tg://x@passport?",
        "tgs://passport?",
        "http://passport?",
        "tg://secureid?",
        "tg:secureid?",
        "tg://resolve?",
        "tg://resolve?domain=&",
        "tg://resolve?domain=TelegramPassport&",
        "tg://resolve?domain=other&domain=telegrampassport&",
        "tg://resolve?domain=%74elegrampassport&",
    ] {
        let refused = RequestLink::parse(&format!("{start}{rest}"));
        assert_eq!(refused, Err(LinkError::NotARequest), "{start}");
    }
}

/// Section 4.2: names in any case, of repeated ones the first, plus and percent signs.
#[test]
fn parameters() {
    let expected = read("tg://passport?bot_id=7&scope=s&public_key=k&nonce=n");
    for url in [
        "tg://passport?BOT_ID=7&Scope=s&Public_Key=k&NONCE=n",
        "tg://passport?nonce=n&public_key=k&scope=s&bot_id=7",
        "tg://passport?&&x&=&=y&bot_id=7&scope=s&public_key=k&nonce=n&%zz=%zz&x=%FF",
        "tg://passport?bot_id=7&bot_id=8&scope=s&scope=&public_key=k&nonce=n&nonce=m&NONCE=m",
        "tg://passport?bot_id=7&scope=%73&public_key=%6b&nonce=%6E",
        "tg://passport?bot_id=007&scope=s&public_key=k&nonce=n",
        "tg://passport?bot_id=7&scope=s&public_key=k&nonce=n&callback_url=",
        "tg://passport?bot_id=7&scope=s&public_key=k&nonce=n&callback_url",
    ] {
        assert_eq!(read(url), expected, "{url}");
    }
    let link = read("tg://passport?bot_id=7&scope=s&public_key=a+b%2Bc/d==&nonce=%2525%20?=");
    assert_eq!(link.public_key(), "a b+c/d==");
    assert_eq!(link.nonce().as_str(), "%25 ?=");
    let empty_first = "tg://passport?bot_id=7&scope={}&public_key=k&nonce=&nonce=n";
    let missing = LinkError::Missing { parameter: "nonce" };
    assert_eq!(RequestLink::parse(empty_first), Err(missing));
}

#[test]
fn bot_ids() {
    for id in [1, 12345, (1 << 31) + 1, (1 << 40) - 1] {
        let url = format!("tg://passport?bot_id={id}&scope=s&public_key=k&nonce=n");
        assert_eq!(read(&url).bot_id().get(), id);
    }
    let huge = "9".repeat(10_000);
    for id in [
        "0",
        "-1",
        "+1",
        " 1",
        "1 ",
        "1x",
        "0x1",
        "1e3",
        "1.0",
        "١",
        "1099511627776",
        &huge,
    ] {
        let url = format!("tg://passport?bot_id={id}&scope=s&public_key=k&nonce=n");
        let error = RequestLink::parse(&url).expect_err("it is no bot id");
        assert!(matches!(error, LinkError::BotId(_)), "{id}");
    }
}

#[test]
fn callbacks() {
    let callback = |text: &str| {
        let url =
            format!("tg://passport?bot_id=7&scope=s&public_key=k&nonce=n&callback_url={text}");
        let link = read(&url);
        assert!(link.callback_text().is_some());
        link.callback().map(|it| it.as_str().to_owned())
    };
    assert_eq!(
        callback("https://a.example/?x").as_deref(),
        Some("https://a.example/?x")
    );
    assert_eq!(
        callback("tgbot7://passport").as_deref(),
        Some("tgbot7://passport")
    );
    for text in [
        "javascript:alert(1)",
        "tgbot8://passport",
        "file:///x",
        "https://a%0Ab",
        "x",
    ] {
        assert_eq!(callback(text), None, "{text}");
    }
    let own = CallbackUrl::application(bot(7));
    let other = CallbackUrl::application(bot(8));
    let link = link(7, "s", "k", "n");
    assert!(link.clone().with_callback(&own).is_ok());
    assert_eq!(link.with_callback(&other), Err(LinkError::OtherBot));
}

#[test]
fn lengths() {
    let base = |scope: &str| format!("tg://passport?bot_id=7&scope={scope}&public_key=k&nonce=n");
    let longest = "s".repeat(MAX_VALUE_LENGTH);
    assert_eq!(read(&base(&longest)).scope_text(), longest);
    let too_long = LinkError::ValueTooLong {
        parameter: "scope",
        bytes: MAX_VALUE_LENGTH + 1,
    };
    assert_eq!(
        RequestLink::parse(&base(&(longest.clone() + "s"))),
        Err(too_long)
    );
    let nonce = Nonce::from_text("n").expect("it is a nonce");
    let made = |scope: &str, key: &str| RequestLink::verbatim(bot(7), scope, key, &nonce);
    assert!(made(&longest, &longest).is_ok());
    assert_eq!(made(&(longest.clone() + "s"), "k"), Err(too_long));
    let spaces = " ".repeat(MAX_VALUE_LENGTH);
    assert!(matches!(
        made(&spaces, &spaces),
        Err(LinkError::TooLong { .. })
    ));
    assert_eq!(
        made("", "k"),
        Err(LinkError::Missing { parameter: "scope" })
    );
    assert_eq!(
        made("s", ""),
        Err(LinkError::Missing {
            parameter: "public_key"
        })
    );

    let padded = |length: usize| {
        let base = base("s");
        format!("{base}&{}", "x".repeat(length - base.len() - 1))
    };
    assert_eq!(read(&padded(MAX_LINK_LENGTH)), read(&base("s")));
    let bytes = MAX_LINK_LENGTH + 1;
    assert_eq!(
        RequestLink::parse(&padded(bytes)),
        Err(LinkError::TooLong { bytes })
    );
}

#[test]
fn debug_is_silent() {
    let callback = CallbackUrl::web("https://a.example/?session=topsecret").expect("it is one");
    let link = link(7, "{}", "k", "topsecret").with_callback(&callback);
    let shown = format!("{:?}", link.expect("it is short"));
    assert!(!shown.contains("topsecret"), "{shown}");
    assert!(shown.contains("https://a.example/?.."), "{shown}");
}

#[test]
fn what_is_said_about_bad_links() {
    let mut said = String::new();
    for url in [
        "https://t.me/telegrampassport?bot_id=1&scope=s&public_key=k&nonce=n",
        "tg://passport?scope=s&public_key=k&nonce=n",
        "tg://passport?bot_id=x&scope=s&public_key=k&nonce=n",
        "tg://passport?bot_id=1&scope=&public_key=k&nonce=n",
        "tg://passport?bot_id=1&scope=s&public_key&nonce=n",
        "tg://passport?bot_id=1&scope={}&public_key=k&payload=nonce",
        "tg://passport?bot_id=1&scope=%&public_key=k&nonce=n",
        "tg://passport?bot_id=1&scope=s&public_key=%4&nonce=n",
        "tg://passport?bot_id=1&scope=s&public_key=k&nonce=%4g",
        "tg://passport?bot_id=1&scope=s&public_key=k&nonce=%+4",
        "tg://passport?bot_id=1&scope=s&public_key=k&nonce=%c3%28",
        "tg://passport?bot_id=1&scope=s&public_key=k&nonce=n&callback_url=%",
    ] {
        let error = RequestLink::parse(url).expect_err("each is bad");
        let _ = writeln!(said, "{url}\n    {error}\n");
    }
    for error in [
        LinkError::TooLong { bytes: 200_000 },
        LinkError::ValueTooLong {
            parameter: "scope",
            bytes: 40_000,
        },
        LinkError::OtherBot,
    ] {
        let _ = writeln!(said, "{error}\n");
    }
    snapshot("passport", "messages_of_links", &said);
}

/// Whatever the texts are, they come back, and the link is ASCII without spaces and plus signs.
#[test]
fn every_link_is_read_as_it_was_printed() {
    let some = || prop_oneof![".{1,40}", "[%+&=#? {}0-9a-f]{1,40}", "[\\x00-\\x7f]{1,40}"];
    let callback = prop::option::of("https://[a-z.]{1,8}/[!-~ж]{0,40}");
    let parts = (1..1_i64 << 40, some(), some(), some(), callback);
    for_each(512, parts, |(bot_id, scope, key, nonce, callback)| {
        let mut link = link(bot_id, &scope, &key, &nonce);
        if let Some(callback) = &callback {
            link = link.with_callback(&CallbackUrl::web(callback)?)?;
        }
        for printed in [
            link.to_tg_resolve(),
            link.to_tg_resolve_without_slashes(),
            link.to_tg_passport(),
            link.to_tg_passport_without_slashes(),
        ] {
            prop_assert!(printed.bytes().all(|byte| byte.is_ascii_graphic()));
            prop_assert!(!printed.contains(['+', '#', '"', '<', '>']));
            let read = RequestLink::parse(&printed)?;
            prop_assert_eq!(&read, &link);
            prop_assert_eq!(read.scope_text(), &scope);
            prop_assert_eq!(read.public_key(), &key);
            prop_assert_eq!(read.nonce().as_str(), &nonce);
            prop_assert_eq!(read.callback_text(), callback.as_deref());
        }
        Ok(())
    });
}

/// Any text, and texts that are nearly links: refused, or printed as they were understood.
#[test]
fn any_text() {
    const PART: &str = concat!(
        "(bot_id=|scope=|public_key=|nonce=|payload=|callback_url=|",
        "[0-9]|%[0-9a-f]{2}|[&=%#+?{}ж])"
    );
    let parts = |count| {
        let part = string_regex(PART).expect("it is a regular expression");
        prop::collection::vec(part, 0..count).prop_map(|parts| parts.concat())
    };
    let start = "tg:(//)?(passport|resolve)/?\\?(domain=telegrampassport&)?";
    let nearly = "tg://passport\\?bot_id=1&scope=[{}s]{1,3}&public_key=k&";
    let text = prop_oneof![
        ".{0,200}",
        (start, parts(40)).prop_map(|(start, rest)| start + &rest),
        (nearly, parts(20)).prop_map(|(start, rest)| start + &rest),
    ];
    for_each(1024, text, |text| {
        match RequestLink::parse(&text) {
            Ok(link) => prop_assert_eq!(RequestLink::parse(&link.to_string())?, link),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
        Ok(())
    });
}

/// Bytes that are text by chance, some kilobytes of them.
#[test]
fn any_bytes() {
    for_each(128, prop::collection::vec(any::<u8>(), 0..4096), |bytes| {
        let text = String::from_utf8_lossy(&bytes);
        for start in ["", "tg://passport?", "tg://passport?bot_id=1&scope="] {
            let url = format!("{start}{text}");
            prop_assert!(RequestLink::parse(&url).is_err());
        }
        Ok(())
    });
}
