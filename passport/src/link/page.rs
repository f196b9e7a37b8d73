//! A page with the button, since such links do not work in a bot's inline buttons.
//!
//! It has no script and loads nothing: one file that any web server can send. The link, and with
//! it the nonce, stands in the page, so it must be sent to the one user it is for, and with
//! `Cache-Control: no-store`.

use core::fmt::Write;

use super::RequestLink;

/// What a [page](html_page) says. All of it is text, not HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageTexts<'a> {
    /// The language of the texts, as HTML names it: `en`.
    pub language: &'a str,
    /// The title and heading.
    pub title: &'a str,
    /// The paragraph above the button: who asks, and why.
    pub explanation: &'a str,
    /// What stands on the button.
    pub button: &'a str,
    /// The paragraph below the button: what to do if nothing happens.
    pub hint: &'a str,
}

impl PageTexts<'_> {
    /// Texts that fit any service.
    pub const ENGLISH: PageTexts<'static> = PageTexts {
        language: "en",
        title: "Telegram Passport",
        explanation: "Telegram shows you what is asked for. Documents are encrypted on your \
                      device, and only this service can read them.",
        button: "Open Telegram",
        hint: "Nothing happens? Install Telegram on this device, log in, and try again.",
    };
}

/// A page of HTML with a button that opens the link.
///
/// ```
/// use telegram_passport::link::{PageTexts, RequestLink, html_page};
///
/// let link = RequestLink::parse("tg://passport?bot_id=1&scope=%7B%7D&public_key=k&nonce=n")?;
/// let texts = PageTexts { title: "Terms & documents", ..PageTexts::ENGLISH };
/// let page = html_page(&link, &texts);
/// assert!(page.contains("<h1>Terms &#38; documents</h1>"));
/// # Ok::<(), telegram_passport::link::LinkError>(())
/// ```
#[must_use]
pub fn html_page(link: &RequestLink, texts: &PageTexts<'_>) -> String {
    let mut page = String::new();
    let mut rest = TEMPLATE;
    while let Some((before, (name, after))) = rest
        .split_once("{{")
        .and_then(|(before, after)| Some((before, after.split_once("}}")?)))
    {
        page.push_str(before);
        let value = match name {
            "language" => texts.language,
            "title" => texts.title,
            "explanation" => texts.explanation,
            "button" => texts.button,
            "hint" => texts.hint,
            _ => &link.to_tg_resolve(),
        };
        escape(&mut page, value);
        rest = after;
    }
    page.push_str(rest);
    page
}

/// Writes a text so that it is nothing but text, in an element as well as in a quoted attribute.
fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' | '<' | '>' | '"' | '\'' => {
                // Writing to a string does not fail.
                let _ = write!(out, "&#{};", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
}

/// The policy allows the page its own style and nothing else.
const TEMPLATE: &str = r#"<!DOCTYPE html>
<html lang="{{language}}" dir="auto">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>{{title}}</title>
<style>
:root { color-scheme: light dark; }
body { max-width: 32em; margin: 3em auto; padding: 0 1em; font: 1.125em/1.5 system-ui, sans-serif; text-align: center; }
a { display: inline-block; padding: .75em 1.5em; border-radius: .5em; background: #0b5f94; color: #fff; font-weight: 600; text-decoration: none; }
a:hover { background: #084a74; }
a:focus-visible { outline: .2em solid; outline-offset: .2em; }
</style>
</head>
<body>
<main>
<h1>{{title}}</h1>
<p>{{explanation}}</p>
<p><a href="{{link}}">{{button}}</a></p>
<p>{{hint}}</p>
</main>
</body>
</html>
"#;
