//! Constructor ids: the CRC32 of a definition in a normal form.
//!
//! The normal form is one line without comments, id, semicolon and punctuation around
//! parameters: `vector {t:Type} # [ t ] = Vector t` hashes as `vector t:Type # [ t ] = Vector t`.
//! Two dialects of it are in use; a schema does not say which of them its ids follow.

use crate::print::{push_condition, push_count};
use crate::syntax::{Body, Definition, Field, Type, TypeKind};

/// Which normal form the ids of a file follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Dialect {
    /// Telegram's server schemas, such as `api.tl` and `mtproto.tl`: a field whose whole type is
    /// `bytes` counts as `string` (`Vector<bytes>` stays), and fields `flags.N?true` vanish.
    #[default]
    Server,
    /// The original parser, as used for TDLib's `td_api.tl` and by TON: nothing is replaced.
    Reference,
}

/// The id that a definition gets if none is written: the CRC32 of [`normal_form`].
pub fn compute(definition: &Definition<'_>, dialect: Dialect) -> u32 {
    crc32(normal_form(definition, dialect).as_bytes())
}

/// The text that is hashed for the id of a definition.
///
/// In both dialects braces, brackets of type arguments and parentheses are left out, while
/// `!`, `%`, `#`, `?` and repetitions stay as they are.
pub fn normal_form(definition: &Definition<'_>, dialect: Dialect) -> String {
    let mut out = String::with_capacity(definition.span.len());
    out.push_str(definition.name.text);
    for param in &definition.params {
        out.push(' ');
        out.push_str(param.text);
        out.push_str(":Type");
    }
    match &definition.body {
        Body::Builtin => out.push_str(" ?"),
        Body::Fields(fields) => {
            for field in fields {
                push_field(&mut out, field, dialect);
            }
        }
    }
    out.push_str(" = ");
    push_type(&mut out, &definition.result);
    out
}

fn push_field(out: &mut String, field: &Field<'_>, dialect: Dialect) {
    let server = dialect == Dialect::Server && field.name.is_some();
    let whole = match &field.ty.kind {
        TypeKind::Named {
            name,
            percent: false,
            args,
        } if args.is_empty() => *name,
        _ => "",
    };
    if server && whole == "true" && field.condition.is_some() {
        return;
    }
    out.push(' ');
    if let Some(name) = field.name {
        out.push_str(name.text);
        out.push(':');
    }
    if let Some(condition) = field.condition {
        push_condition(out, condition);
    }
    if server && whole == "bytes" {
        out.push_str("string");
    } else {
        push_type(out, &field.ty);
    }
}

fn push_type(out: &mut String, ty: &Type<'_>) {
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
            for arg in args {
                out.push(' ');
                push_type(out, arg);
            }
        }
        TypeKind::Call(name) => {
            out.push('!');
            out.push_str(name);
        }
        TypeKind::Repeat { count, element } => {
            push_count(out, *count);
            out.push_str("[ ");
            push_type(out, element);
            out.push_str(" ]");
        }
    }
}

/// CRC32 as of zlib: polynomial 0xEDB88320, reflected, all bits set before and inverted after.
fn crc32(text: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    let (words, rest) = text.as_chunks::<4>();
    for word in words {
        // Four steps at once, since one at a time waits for its table each time.
        let [a, b, c, d] = (crc ^ u32::from_le_bytes(*word))
            .to_le_bytes()
            .map(usize::from);
        crc = CRC[3][a] ^ CRC[2][b] ^ CRC[1][c] ^ CRC[0][d];
    }
    for &byte in rest {
        crc = CRC[0][(crc as u8 ^ byte) as usize] ^ (crc >> 8);
    }
    !crc
}

/// What a byte does to the checksum, with none to three zero bytes behind it.
static CRC: [[u32; 256]; 4] = {
    let mut table = [[0; 256]; 4];
    let mut index = 0;
    while index < 4 * 256 {
        let (zeros, byte) = (index / 256, index % 256);
        let mut crc = if zeros == 0 {
            byte as u32
        } else {
            table[zeros - 1][byte]
        };
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            };
            bit += 1;
        }
        table[zeros][byte] = crc;
        index += 1;
    }
    table
};
