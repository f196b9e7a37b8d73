//! Text of a schema as Markdown.

/// Text that is not known to be Markdown, so that nothing in it is taken for a link or a tag, but for
/// an address, which is a link.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let address = address(rest);
        if !address.is_empty() {
            escaped.extend(["<", address, ">"]);
            rest = &rest[address.len()..];
            continue;
        }
        match letter {
            '[' | ']' | '<' | '>' | '*' | '_' | '`' | '\\' => escaped.extend(['\\', letter]),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
        rest = &rest[letter.len_utf8()..];
    }
    escaped
}

/// The address with which a text begins, without the marks of the sentence behind it; empty if there
/// is none.
fn address(text: &str) -> &str {
    let Some(scheme) = ["http://", "https://"]
        .into_iter()
        .find(|scheme| text.starts_with(scheme))
    else {
        return "";
    };
    let is_part = |c: char| !c.is_control() && !c.is_whitespace() && !"<>[]()`\"'\\".contains(c);
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let address = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    if address.len() > scheme.len() {
        address
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn addresses_are_links() {
        for (text, markdown) in [
            (
                "see http://example.org/a_b*c?d=e&f#g.",
                "see <http://example.org/a_b*c?d=e&f#g>.",
            ),
            ("(https://example.org)", "(<https://example.org>)"),
            ("a https://é.org/ b", "a <https://é.org/> b"),
            (
                "xhttp://a.org, http://b.org",
                "x<http://a.org>, <http://b.org>",
            ),
            ("<http://a.org>", "\\<<http://a.org>\\>"),
            ("[x](http://a.org)", "\\[x\\](<http://a.org>)"),
            ("http://a.org]b", "<http://a.org>\\]b"),
            ("http:// https://. http", "http:// https://. http"),
        ] {
            assert_eq!(escape(text), markdown, "{text}");
        }
    }

    #[test]
    fn nothing_else_is() {
        assert_eq!(
            escape("*a*\t_b_ `c` <d> [e]\\"),
            "\\*a\\* \\_b\\_ \\`c\\` \\<d\\> \\[e\\]\\\\"
        );
    }
}
