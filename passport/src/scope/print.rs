//! Writing a scope: compact JSON in either form.
//!
//! There is no white space around it: clients look at the first and the last character of a scope
//! to decide of which version the request is. Nothing in it needs escaping, since all names are
//! fixed.
//!
//! Source: protocol reference, sections 4.3 (nonce or payload) and 5.2 (keys).

use super::error::ScopeOption;
use super::{Kind, Name, Options, Scope, ScopeElement};

impl Scope {
    /// The long form, `{"v":1,"data":[..]}`, as the Android and Apple SDKs put it into links.
    ///
    /// ```
    /// use telegram_passport::scope::Scope;
    ///
    /// let scope = Scope::parse(r#"{"v":1,"d":[{"_":["pp","dl"],"s":1},"em"]}"#)?;
    /// assert_eq!(
    ///     scope.to_long(),
    ///     r#"{"v":1,"data":[{"one_of":["passport","driver_license"],"selfie":true},"email"]}"#,
    /// );
    /// # Ok::<(), telegram_passport::scope::ScopeError>(())
    /// ```
    #[must_use]
    pub fn to_long(&self) -> String {
        self.print(&LONG)
    }

    /// The short form, `{"v":1,"d":[..]}`, as the JavaScript SDK puts it into links.
    #[must_use]
    pub fn to_short(&self) -> String {
        self.print(&SHORT)
    }

    fn print(&self, form: &Form) -> String {
        let mut out = String::from("{\"v\":1,");
        key(&mut out, form.data);
        list(&mut out, &self.elements, |out, element| {
            print_element(out, element, form);
        });
        out.push('}');
        out
    }
}

fn print_element(out: &mut String, element: &ScopeElement, form: &Form) {
    match &element.kind {
        Kind::One(name) => one(out, *name, element.options, form),
        Kind::OneOf(members) => {
            out.push('{');
            key(out, form.one_of);
            list(out, members, |out, it| one(out, it.name, it.options, form));
            options(out, element.options, form);
            out.push('}');
        }
    }
}

/// A type without options is a string of its own.
fn one(out: &mut String, name: Name, set: Options, form: &Form) {
    let name = (form.name)(name);
    if set == Options::NONE {
        string(out, name);
        return;
    }
    out.push('{');
    key(out, form.one);
    string(out, name);
    options(out, set, form);
    out.push('}');
}

fn options(out: &mut String, options: Options, form: &Form) {
    for option in options.set() {
        out.push(',');
        key(out, (form.option)(option));
        out.push_str(form.set);
    }
}

fn list<T>(out: &mut String, items: &[T], mut print: impl FnMut(&mut String, &T)) {
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        print(out, item);
    }
    out.push(']');
}

fn key(out: &mut String, name: &str) {
    string(out, name);
    out.push(':');
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    out.push_str(text);
    out.push('"');
}

struct Form {
    data: &'static str,
    one: &'static str,
    one_of: &'static str,
    name: fn(Name) -> &'static str,
    option: fn(ScopeOption) -> &'static str,
    /// The value of an option that is set.
    set: &'static str,
}

const LONG: Form = Form {
    data: "data",
    one: "type",
    one_of: "one_of",
    name: Name::name,
    option: ScopeOption::name,
    set: "true",
};

const SHORT: Form = Form {
    data: "d",
    one: "_",
    one_of: "_",
    name: Name::short_name,
    option: ScopeOption::short_name,
    set: "1",
};
