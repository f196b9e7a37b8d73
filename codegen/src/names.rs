//! From the names of TL to those of Rust, by rule alone.

/// The name of a struct, an enum or a variant: words without the underscores between them, each
/// with a capital first, and of capitals that follow each other only the first.
///
/// ```
/// use tl_schema_codegen::names::upper_camel;
///
/// assert_eq!(upper_camel("inputStickerSetID"), "InputStickerSetId");
/// assert_eq!(upper_camel("new_session_created"), "NewSessionCreated");
/// ```
pub fn upper_camel(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    for word in name.split('_') {
        let mut after_capital = false;
        for (at, letter) in word.chars().enumerate() {
            camel.push(match at {
                0 => letter.to_ascii_uppercase(),
                _ if after_capital => letter.to_ascii_lowercase(),
                _ => letter,
            });
            after_capital = at == 0 || letter.is_ascii_uppercase();
        }
    }
    camel
}

/// The name of a field or a module: lower case, with an underscore before each capital that
/// begins a word.
///
/// ```
/// use tl_schema_codegen::names::snake;
///
/// assert_eq!(snake("srp_B"), "srp_b");
/// assert_eq!(snake("tonNode"), "ton_node");
/// ```
pub fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    let mut within_word = false;
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && within_word {
            snake.push('_');
        }
        within_word = letter.is_ascii_lowercase() || letter.is_ascii_digit();
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
