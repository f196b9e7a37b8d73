//! The page with the button: whatever the texts hold, it stays the same page.

use conformance::random::for_each;
use telegram_passport::link::{BotId, CallbackUrl, PageTexts, RequestLink, html_page};
use telegram_passport::nonce::Nonce;

use super::snapshots::snapshot;

#[test]
fn page() {
    let callback = CallbackUrl::web("https://a.example/?s=1'2").expect("it may be opened");
    let link = link(r#"{"v":1,"d":["pp"]}"#, "b8ee").with_callback(&callback);
    let page = html_page(&link.expect("it is short"), &PageTexts::ENGLISH);
    snapshot("passport", "page", &page);
}

#[test]
fn it_is_self_contained() {
    let page = html_page(&link("{}", "n"), &PageTexts::ENGLISH).to_lowercase();
    for outside in [
        "<script", "src=", "url(", "@import", "<link", "<img", "http://", "https://",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
    let mut attributes = page.split_whitespace().filter(|word| word.contains('='));
    assert!(
        attributes.all(|it| !it.starts_with("on")),
        "no handlers of events"
    );
    assert_eq!(page.matches("href=").count(), 1);
}

/// Texts that want to get out of their place, in every place.
#[test]
fn nothing_breaks_out() {
    for evil in [
        "\"><script>alert(1)</script>",
        "' onclick='alert(1)",
        "\" onfocus=\"alert(1)\" autofocus=\"",
        "</title></style><img src=x>",
        "{{link}}{{title}}{{",
        "&quot;&#34;&lt;",
        "<!--",
        "javascript:alert(1)",
    ] {
        is_harmless(&link(evil, evil), evil);
    }
    for_each(128, ".{1,32}", |evil| {
        is_harmless(&link(&evil, &evil), &evil);
        Ok(())
    });
}

/// With every special character taken for text, only the markup of the template is left.
fn is_harmless(link: &RequestLink, text: &str) {
    let texts = PageTexts {
        language: text,
        title: text,
        explanation: text,
        button: text,
        hint: text,
    };
    let page = html_page(link, &texts);
    let plain = html_page(&self::link("{}", "n"), &PageTexts::ENGLISH);
    let special = |text: &str| text.matches(['<', '>', '"']).collect::<String>();
    assert_eq!(special(&page), special(&plain), "{text}");
    // The apostrophes of the policy, and none beside them.
    assert_eq!(
        page.matches('\'').count(),
        plain.matches('\'').count(),
        "{text}"
    );

    let escaped = text
        .replace('&', "&#38;")
        .replace('<', "&#60;")
        .replace('>', "&#62;")
        .replace('"', "&#34;")
        .replace('\'', "&#39;");
    for place in [
        format!("<html lang=\"{escaped}\""),
        format!("<title>{escaped}</title>"),
        format!("<h1>{escaped}</h1>"),
        format!("\n<p>{escaped}</p>\n<p><a href=\""),
        format!("\">{escaped}</a></p>\n<p>{escaped}</p>\n</main>"),
    ] {
        assert!(page.contains(&place), "{place}");
    }
    let (_, rest) = page.split_once("href=\"").expect("there is a link");
    let (href, _) = rest.split_once('"').expect("it ends");
    let href = href.replace("&#38;", "&").replace("&#39;", "'");
    assert_eq!(href, link.to_string());
}

fn link(scope: &str, nonce: &str) -> RequestLink {
    let bot_id = BotId::new(1).expect("it is a bot id");
    let nonce = Nonce::from_text(nonce).expect("it is a nonce");
    RequestLink::verbatim(bot_id, scope, scope, &nonce).expect("it is short")
}
