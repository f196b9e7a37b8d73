//! TL values as bytes and as JSON.

use serde_json::Value;
use tl_schema_codegen::ids::{Dialect, compute};
use tl_schema_codegen::parser::parse;
use tl_schema_codegen::source::Source;

use super::Refusal;
use super::fields::{hex, text, to_hex};
use crate::failure::Class;
use crate::{Kind, Subject, schemas, subjects};

/// A constructor with its id, or a function.
pub(super) fn encode(request: &Value) -> Result<Value, Refusal> {
    let value = &request["value"];
    let name = text(value, "_")?;
    let bytes = match find(|it| it.kind != Kind::Type && it.tl == name) {
        Ok(subject) => (subject.json.ok_or(Refusal::Unsupported)?.write)(value)?,
        // Constructors without fields stand in the enum of their type alone.
        Err(_) => {
            let types = subjects().iter().filter(|it| it.kind == Kind::Type);
            let mut written = types.filter_map(|it| (it.json?.write)(value).ok());
            written.next().ok_or(Refusal::Unsupported)?
        }
    };
    Ok(to_hex(&bytes).into())
}

/// A boxed type, or a function by its name.
pub(super) fn decode(request: &Value) -> Result<Value, Refusal> {
    let name = text(request, "type")?;
    let bytes = hex(request, "bytes")?;
    match find(|it| it.kind != Kind::Constructor && it.tl == name) {
        Ok(subject) => Ok((subject.json.ok_or(Refusal::Unsupported)?.read)(&bytes)?),
        Err(_) => decode_alone(name, &bytes),
    }
}

/// Of a type that the selection has only single constructors of, such as `MessageAction`, these are
/// read, as an application does that takes the action out of a message.
fn decode_alone(name: &str, bytes: &[u8]) -> Result<Value, Refusal> {
    let schema = schemas::passport();
    let of_name = schema.types.iter().find(|it| it.name == name);
    let constructors = &of_name.ok_or(Refusal::Unsupported)?.constructors;
    let Some(id) = bytes.first_chunk().copied().map(u32::from_le_bytes) else {
        return Err(Refusal::Classed(Class::End, "it has no id".to_owned()));
    };
    let mut constructors = constructors.iter().map(|at| &schema.constructors[*at]);
    let Some(constructor) = constructors.find(|it| it.id == id) else {
        let reason = format!("{id:08x} is none of {name}");
        return Err(Refusal::Classed(Class::Constructor, reason));
    };
    let subject = find(|it| it.kind == Kind::Constructor && it.tl == constructor.name)?;
    Ok((subject.json.ok_or(Refusal::Unsupported)?.read)(bytes)?)
}

/// The id that follows from the text of a definition.
pub(super) fn id(request: &Value) -> Result<Value, Refusal> {
    let source = Source::new("definition", format!("{};", text(request, "definition")?));
    let (tree, diagnostics) = parse(&source, 0);
    let definitions: Vec<_> = tree.definitions().collect();
    match (&definitions[..], diagnostics.errors()) {
        ([(_, definition)], 0) => {
            Ok(format!("{:08x}", compute(definition, Dialect::Server)).into())
        }
        _ => Err(Refusal::Reason(diagnostics.render(&[&source]))),
    }
}

/// A name that the selection does not have is not a mistake of the request.
fn find(is_it: impl Fn(&Subject) -> bool) -> Result<&'static Subject, Refusal> {
    let mut subjects = subjects().iter();
    subjects
        .find(|subject| is_it(subject))
        .ok_or(Refusal::Unsupported)
}
