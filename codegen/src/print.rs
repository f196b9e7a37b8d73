//! The canonical form of a schema.
//!
//! One definition a line; ids without leading zeros, as Telegram publishes them; type arguments
//! in angle brackets; comments above what they speak of. Groups that an empty line separates stay
//! apart.

use std::fmt::{self, Write};

use crate::syntax::{
    Body, Comment, Condition, Definition, Field, Item, Section, Tree, Type, TypeKind,
};

/// Writes a tree down. Parsing the result gives an equal tree.
pub fn print(tree: &Tree<'_>) -> String {
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    let _ = tree
        .items
        .iter()
        .try_for_each(|item| write_item(&mut out, item));
    out
}

/// One definition on one line, without comments and semicolon, with the id given.
pub fn line(definition: &Definition<'_>, id: Option<u32>) -> String {
    let mut out = String::with_capacity(definition.span.len() + "#12345678".len());
    let _ = write_definition(&mut out, definition, id);
    out
}

fn write_item(out: &mut String, item: &Item<'_>) -> fmt::Result {
    match item {
        Item::Blank => {}
        Item::Comment(comment) => write_comment(out, comment)?,
        Item::Section(Section::Types, _) => out.push_str("---types---"),
        Item::Section(Section::Functions, _) => out.push_str("---functions---"),
        Item::Definition(definition) => {
            for comment in &definition.comments {
                write_comment(out, comment)?;
                out.push('\n');
            }
            write_definition(out, definition, definition.id)?;
            out.push(';');
            for comment in &definition.trailing {
                out.push(' ');
                write_comment(out, comment)?;
            }
        }
    }
    out.write_char('\n')
}

fn write_comment(out: &mut String, comment: &Comment<'_>) -> fmt::Result {
    match comment.block {
        true => write!(out, "/*{}*/", comment.text),
        false => write!(out, "//{}", comment.text),
    }
}

fn write_definition(out: &mut String, definition: &Definition<'_>, id: Option<u32>) -> fmt::Result {
    out.push_str(definition.name.text);
    if let Some(id) = id {
        out.push('#');
        push_hex(out, id);
    }
    for param in &definition.params {
        out.push_str(" {");
        out.push_str(param.text);
        out.push_str(":Type}");
    }
    match &definition.body {
        Body::Builtin => out.push_str(" ?"),
        Body::Fields(fields) => {
            for field in fields {
                out.push(' ');
                write_field(out, field)?;
            }
        }
    }
    out.push_str(" = ");
    write_result(out, definition)
}

/// A result of parameters is written as the language's own `vector` is: `Vector t`.
fn write_result(out: &mut String, definition: &Definition<'_>) -> fmt::Result {
    match &definition.result.kind {
        TypeKind::Named { name, args, .. } if args.iter().all(|it| is_param(it, definition)) => {
            out.push_str(name);
            for arg in args {
                out.push(' ');
                write_type(out, arg)?;
            }
            Ok(())
        }
        _ => write_type(out, &definition.result),
    }
}

fn is_param(ty: &Type<'_>, definition: &Definition<'_>) -> bool {
    match &ty.kind {
        TypeKind::Named {
            name,
            percent: false,
            args,
        } if args.is_empty() => definition.params.iter().any(|param| param.text == *name),
        _ => false,
    }
}

fn write_field(out: &mut String, field: &Field<'_>) -> fmt::Result {
    if let Some(name) = field.name {
        out.push_str(name.text);
        out.push(':');
    }
    if let Some(condition) = field.condition {
        write_condition(condition, &mut |text| out.push_str(text));
    }
    write_type(out, &field.ty)
}

fn write_type(out: &mut String, ty: &Type<'_>) -> fmt::Result {
    match &ty.kind {
        TypeKind::Nat => out.push('#'),
        TypeKind::Named {
            name,
            percent,
            args,
        } => {
            if *percent {
                out.push('%');
            }
            out.push_str(name);
            for (index, arg) in args.iter().enumerate() {
                out.push(if index == 0 { '<' } else { ',' });
                write_type(out, arg)?;
            }
            if !args.is_empty() {
                out.push('>');
            }
        }
        TypeKind::Call(name) => {
            out.push('!');
            out.push_str(name);
        }
        TypeKind::Repeat { count, element } => {
            write_count(*count, &mut |text| out.push_str(text));
            out.push_str("[ ");
            write_type(out, element)?;
            out.push_str(" ]");
        }
    }
    Ok(())
}

/// `flags.3?`
pub(crate) fn write_condition(condition: Condition<'_>, out: &mut impl FnMut(&str)) {
    out(condition.word.text);
    if let Some(bit) = condition.bit {
        out(".");
        write_number(bit, out);
    }
    out("?");
}

/// `4*`
pub(crate) fn write_count(count: Option<u32>, out: &mut impl FnMut(&str)) {
    if let Some(count) = count {
        write_number(count, out);
        out("*");
    }
}

/// There are thousands of bits, for which the formatting machinery is a detour.
fn write_number(mut number: u32, out: &mut impl FnMut(&str)) {
    let mut digits = [0; 10];
    let mut rest = digits.len();
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
        rest -= 1;
        if number == 0 {
            break;
        }
    }
    let digits = digits
        .get(rest..)
        .and_then(|it| std::str::from_utf8(it).ok());
    out(digits.unwrap_or_default());
}

fn push_hex(out: &mut String, id: u32) {
    let digits = (32 - id.leading_zeros()).div_ceil(4).max(1);
    out.extend(
        (0..digits)
            .rev()
            .filter_map(|digit| char::from_digit(id >> (4 * digit) & 0xf, 16)),
    );
}
