//! Reading a scope, in either form or a mixture of both.
//!
//! Source: protocol reference, sections 5.2 (keys) and 5.3 (grammar).

use std::collections::BTreeSet;

use super::error::{Place, ScopeError, ScopeOption, ScopeProblem, ScopeWarning};
use super::json::Json;
use super::rules::check;
use super::{Kind, MAX_SCOPE_LENGTH, Member, Name, Options, Scope, ScopeElement};

impl Scope {
    /// Reads the long form, the short form, or a mixture as the JavaScript SDK writes it.
    ///
    /// An option is `true`, `false`, 1 or 0. Keys without a meaning are passed over;
    /// [`parse_with_warnings`](Self::parse_with_warnings) tells them.
    ///
    /// ```
    /// use telegram_passport::scope::Scope;
    ///
    /// let text = r#"{"data":["pd",{"one_of":["pp","bill"]}],"v":1}"#;
    /// let error = Scope::parse(text).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     r#"data[1].one_of[1]: "bill" is not the name of a type, which is one such as passport or pp"#,
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// The text is longer than [`MAX_SCOPE_LENGTH`], is not JSON, has a key twice in an object,
    /// or breaks a rule; the error says where.
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        Ok(Self::parse_with_warnings(text)?.0)
    }

    /// As [`parse`](Self::parse), and tells what was passed over.
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse).
    pub fn parse_with_warnings(text: &str) -> Result<(Self, Vec<ScopeWarning>), ScopeError> {
        let mut reader = Reader {
            strict: false,
            warnings: Vec::new(),
        };
        let scope = reader.scope(text)?;
        Ok((scope, reader.warnings))
    }

    /// As [`parse`](Self::parse), and refuses what that one passes over: keys without a meaning,
    /// and white space around the object.
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse), [`ScopeProblem::UnknownKey`] and
    /// [`ScopeProblem::WhiteSpace`].
    pub fn parse_strict(text: &str) -> Result<Self, ScopeError> {
        let mut reader = Reader {
            strict: true,
            warnings: Vec::new(),
        };
        reader.scope(text)
    }
}

struct Reader {
    strict: bool,
    warnings: Vec<ScopeWarning>,
}

impl Reader {
    fn scope(&mut self, text: &str) -> Result<Scope, ScopeError> {
        let place = Place::SCOPE;
        let bytes = text.len();
        if bytes > MAX_SCOPE_LENGTH {
            return Err(place.error(ScopeProblem::TooLong { bytes }));
        }
        let json = serde_json::from_str(text).map_err(|error| {
            let reason = error.to_string();
            place.error(ScopeProblem::Json { reason })
        })?;
        if text.starts_with(JSON_SPACE) || text.ends_with(JSON_SPACE) {
            if self.strict {
                return Err(place.error(ScopeProblem::WhiteSpace));
            }
            self.warnings.push(ScopeWarning::WhiteSpace);
        }
        let Json::Object(object) = json else {
            return Err(wrong(place, "an object", &json));
        };
        let [version, data] = self.fields(object, place, [&["v"], &["data", "d"]])?;
        match version {
            Some((_, Json::Integer(1))) => {}
            Some((_, Json::Integer(_) | Json::Number)) => {
                return Err(place.key("v").error(ScopeProblem::Version));
            }
            Some((_, other)) => return Err(wrong(place.key("v"), "the number 1", &other)),
            None => return Err(place.error(ScopeProblem::Missing { key: "v" })),
        }
        let list = match data {
            Some((_, Json::List(list))) => list,
            Some((_, other)) => return Err(wrong(Place::DATA, "an array", &other)),
            None => return Err(place.error(ScopeProblem::Missing { key: "data" })),
        };
        let elements = list.into_iter().enumerate();
        let elements = elements.map(|(index, json)| self.element(json, Place::element(index)));
        let elements = elements.collect::<Result<Vec<_>, _>>()?;
        check(&elements)?;
        Ok(Scope { elements })
    }

    /// A row, or a member of a row's alternatives.
    fn element(&mut self, json: Json, place: Place) -> Result<ScopeElement, ScopeError> {
        let object = match json {
            Json::Text(text) => {
                let (kind, options) = (Kind::One(name(&text, place)?), Options::NONE);
                return Ok(ScopeElement { kind, options });
            }
            Json::Object(object) => object,
            other => return Err(wrong(place, "a string or an object", &other)),
        };
        let keys: [&[&str]; 6] = [
            &["_"],
            &["type"],
            &["one_of"],
            &["selfie", "s"],
            &["translation", "t"],
            &["native_names", "n"],
        ];
        let [either, one, one_of, selfie, translation, native_names] =
            self.fields(object, place, keys)?;
        let (what, rest) = match (either, one, one_of) {
            (Some(it), None, None) | (None, Some(it), None) | (None, None, Some(it)) => it,
            (None, None, None) => {
                let key = "the key type or one_of";
                return Err(place.error(ScopeProblem::Missing { key }));
            }
            _ => return Err(place.error(ScopeProblem::TypeAndAlternatives)),
        };
        let kind = match (what, rest) {
            ("_" | "type", Json::Text(text)) => Kind::One(name(&text, place.key("type"))?),
            ("_" | "one_of", Json::List(_)) if place.is_member() => {
                return Err(place.error(ScopeProblem::NestedAlternatives));
            }
            ("_" | "one_of", Json::List(list)) => Kind::OneOf(self.members(list, place)?),
            ("one_of", other) => return Err(wrong(place.key("one_of"), "an array", &other)),
            ("type", other) => return Err(wrong(place.key("type"), "a string", &other)),
            (_, other) => return Err(wrong(place.key("type"), "a string or an array", &other)),
        };
        let options = Options {
            selfie: flag(selfie, ScopeOption::Selfie, place)?,
            translation: flag(translation, ScopeOption::Translation, place)?,
            native_names: flag(native_names, ScopeOption::NativeNames, place)?,
        };
        Ok(ScopeElement { kind, options })
    }

    fn members(&mut self, list: Vec<Json>, place: Place) -> Result<Vec<Member>, ScopeError> {
        let members = list.into_iter().enumerate().map(|(index, json)| {
            let place = place.member(index);
            let ScopeElement { kind, options } = self.element(json, place)?;
            match kind {
                Kind::One(name) => Ok(Member { name, options }),
                Kind::OneOf(_) => Err(place.error(ScopeProblem::NestedAlternatives)),
            }
        });
        members.collect()
    }

    /// Takes an object apart: for each field, which may have several names, the name that it has
    /// here and its value.
    fn fields<const N: usize>(
        &mut self,
        object: Vec<(String, Json)>,
        place: Place,
        names: [&[&'static str]; N],
    ) -> Result<[Option<(&'static str, Json)>; N], ScopeError> {
        let mut fields = names.map(|_| None);
        let mut unknown = BTreeSet::new();
        for (key, value) in object {
            let mut slots = fields.iter_mut().zip(names);
            let slot = slots.find_map(|(slot, names)| {
                let name = names.iter().find(|name| **name == key)?;
                Some((slot, *name))
            });
            let is_new = match slot {
                Some((slot, name)) => slot.replace((name, value)).is_none(),
                None => unknown.insert(key.clone()),
            };
            if !is_new {
                let key = shortened(&key);
                return Err(place.error(ScopeProblem::KeyTwice { key }));
            }
        }
        for key in unknown {
            let key = shortened(&key);
            if self.strict {
                return Err(place.error(ScopeProblem::UnknownKey { key }));
            }
            let path = place.to_string();
            self.warnings.push(ScopeWarning::UnknownKey { path, key });
        }
        Ok(fields)
    }
}

fn name(text: &str, place: Place) -> Result<Name, ScopeError> {
    Name::find(text).ok_or_else(|| {
        let name = shortened(text);
        place.error(ScopeProblem::UnknownType { name })
    })
}

fn flag(
    field: Option<(&'static str, Json)>,
    option: ScopeOption,
    place: Place,
) -> Result<bool, ScopeError> {
    match field {
        None | Some((_, Json::Bool(false) | Json::Integer(0))) => Ok(false),
        Some((_, Json::Bool(true) | Json::Integer(1))) => Ok(true),
        Some((_, other)) => {
            let place = place.key(option.name());
            Err(wrong(place, "true, false, 1 or 0", &other))
        }
    }
}

fn wrong(place: Place, expected: &'static str, found: &Json) -> ScopeError {
    let found = match found {
        Json::Integer(_) | Json::Number if expected.contains('1') => "another number",
        other => other.describe(),
    };
    place.error(ScopeProblem::Wrong { expected, found })
}

/// Enough of a foreign text to recognize it by.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// What JSON takes for white space.
const JSON_SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

const SHOWN_CHARACTERS: usize = 40;
