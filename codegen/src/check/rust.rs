//! Fourth pass: which names are no longer themselves in Rust.

use super::declare::Declaration;
use super::repeated::may_repeat;
use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::names::{self, Names, PRELUDE, Path, RESERVED};
use crate::schema::{Field, Schema};
use crate::source::Span;
use crate::syntax;

/// Warns of names that become the same as others, or hide what Rust itself calls so.
///
/// The declarations are those of the schema's constructors and functions; a built-in constructor
/// that stands behind them is none of theirs.
pub(super) fn check(
    schema: &Schema,
    constructors: &[Declaration<'_>],
    functions: &[Declaration<'_>],
    diagnostics: &mut Diagnostics,
) {
    if !is_suspicious(schema) {
        return;
    }
    let names = Names::new(schema);
    for (list, paths) in [
        (constructors, &names.constructors),
        (functions, &names.functions),
    ] {
        for (it, path) in list.iter().zip(paths) {
            let name = it.definition.name;
            check_name(name.text, name.span, path, diagnostics);
        }
    }
    for (ty, path) in schema.types.iter().zip(&names.types) {
        let first = ty
            .constructors
            .first()
            .and_then(|&index| constructors.get(index));
        let span = first.map(|first| first.definition.result.span);
        let span = span.unwrap_or_default();
        check_name(&ty.name, span, path, diagnostics);
    }
}

/// Warns of fields of one combinator that become the same.
pub(super) fn check_fields(
    fields: &[Field],
    written: &[syntax::Field<'_>],
    diagnostics: &mut Diagnostics,
) {
    for (field, rust) in written.iter().zip(names::fields(fields)) {
        if let Some(name) = field.name.filter(|name| names::snake(name.text) != rust) {
            diagnostics.warning(|| {
                let shown = quoted(name.text);
                let message = format!("another field becomes the same as {shown} in Rust");
                Diagnostic::warning(name.span, message)
                    .with_hint(format!("it is called `{rust}` there"))
            });
        }
    }
}

fn check_name(name: &str, span: Span, path: &Path, diagnostics: &mut Diagnostics) {
    let rust = &path.name;
    let wanted = names::upper_camel(name);
    if names::is_reserved(&wanted) {
        diagnostics.warning(|| {
            let shown = quoted(name);
            let message = format!("{shown} becomes `{wanted}`, which generated code uses itself");
            Diagnostic::warning(span, message).with_hint(format!("it is called `{rust}` there"))
        });
    } else if *rust != wanted {
        diagnostics.warning(|| {
            let message = format!("another name becomes the same as {} in Rust", quoted(name));
            Diagnostic::warning(span, message).with_hint(format!("it is called `{rust}` there"))
        });
    }
    if names::is_in_prelude(rust) {
        diagnostics.warning(|| {
            let message = format!("{} hides Rust's own `{rust}`", quoted(name));
            Diagnostic::warning(span, message)
                .with_hint("generated code is not confused, but what imports it may be")
        });
    }
}

/// Can there be anything to tell? Names are thousands and collisions rare, so this looks at
/// checksums of their letters, case and underscores aside. A false alarm does no harm.
fn is_suspicious(schema: &Schema) -> bool {
    let known: Vec<u64> = PRELUDE
        .iter()
        .chain(&RESERVED)
        .map(|name| checksums(name).1)
        .collect();
    let mut slots = [false; SLOTS];
    known.iter().for_each(|it| slots[slot(*it)] = true);
    let is_known = |checksum| slots[slot(checksum)] && known.contains(&checksum);
    let constructors = schema.constructors.iter().map(|it| &*it.name);
    let functions = schema.functions.iter().map(|it| &*it.name);
    let types = schema.types.iter().map(|it| &*it.name);
    let any = |names: &mut dyn Iterator<Item = &str>| {
        let mut seen = Vec::with_capacity(schema.constructors.len());
        for name in names {
            let (whole, last_part) = checksums(name);
            if is_known(last_part) {
                return true;
            }
            seen.push(whole);
        }
        may_repeat(seen.into_iter())
    };
    any(&mut { constructors }) || any(&mut { functions }) || any(&mut { types })
}

/// Where a checksum of a known name is marked, so that few others are compared with all of them.
fn slot(checksum: u64) -> usize {
    (checksum ^ checksum >> 32) as usize % SLOTS
}

/// Checksums of the letters of a name, and of what stands behind its namespaces. Underscores do not
/// count, nor does case.
fn checksums(name: &str) -> (u64, u64) {
    let (mut namespaces, mut last_part) = (0_u64, 0_u64);
    for byte in name.bytes() {
        if byte == b'.' {
            namespaces = (namespaces ^ last_part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            last_part = 0;
        } else {
            let (turn, letter) = LETTERS[byte as usize];
            let turned = last_part.rotate_left(turn.into());
            last_part = turned.wrapping_add(letter.into());
        }
    }
    (namespaces ^ last_part, last_part)
}

/// What each byte does to a checksum: without a branch, since names are all that is looked at.
static LETTERS: [(u8, u8); 256] = {
    let mut letters = [(5, 0); 256];
    let mut byte = 0;
    while byte < letters.len() {
        letters[byte].1 = (byte as u8).to_ascii_lowercase();
        byte += 1;
    }
    letters[b'_' as usize] = (0, 0);
    letters
};

/// A power of two, far more than there are known names.
const SLOTS: usize = 4096;
