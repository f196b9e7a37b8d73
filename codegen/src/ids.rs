//! Constructor ids: the CRC32 of a definition in a normal form.
//!
//! The normal form is one line without comments, id, semicolon and punctuation around
//! parameters: `vector {t:Type} # [ t ] = Vector t` hashes as `vector t:Type # [ t ] = Vector t`.
//! Two dialects of it are in use; a schema does not say which of them its ids follow.

use crate::print::{write_condition, write_count};
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
    let mut crc = u32::MAX;
    write_normal_form(definition, dialect, &mut |text| crc = crc32(crc, text));
    !crc
}

/// The text that is hashed for the id of a definition.
///
/// In both dialects braces, brackets of type arguments and parentheses are left out, while
/// `!`, `%`, `#`, `?` and repetitions stay as they are.
pub fn normal_form(definition: &Definition<'_>, dialect: Dialect) -> String {
    let mut out = String::with_capacity(definition.span.len());
    write_normal_form(definition, dialect, &mut |text| out.push_str(text));
    out
}

fn write_normal_form(definition: &Definition<'_>, dialect: Dialect, out: &mut impl FnMut(&str)) {
    out(definition.name.text);
    for param in &definition.params {
        out(" ");
        out(param.text);
        out(":Type");
    }
    match &definition.body {
        Body::Builtin => out(" ?"),
        Body::Fields(fields) => {
            for field in fields {
                write_field(field, dialect, out);
            }
        }
    }
    out(" = ");
    write_type(&definition.result, out);
}

fn write_field(field: &Field<'_>, dialect: Dialect, out: &mut impl FnMut(&str)) {
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
    out(" ");
    if let Some(name) = field.name {
        out(name.text);
        out(":");
    }
    if let Some(condition) = field.condition {
        write_condition(condition, out);
    }
    if server && whole == "bytes" {
        out("string");
    } else {
        write_type(&field.ty, out);
    }
}

fn write_type(ty: &Type<'_>, out: &mut impl FnMut(&str)) {
    match &ty.kind {
        TypeKind::Nat => out("#"),
        TypeKind::Named {
            name,
            percent,
            args,
        } => {
            if *percent {
                out("%");
            }
            out(name);
            for arg in args {
                out(" ");
                write_type(arg, out);
            }
        }
        TypeKind::Call(name) => {
            out("!");
            out(name);
        }
        TypeKind::Repeat { count, element } => {
            write_count(*count, out);
            out("[ ");
            write_type(element, out);
            out(" ]");
        }
    }
}

/// Goes on with a CRC32 as of zlib: polynomial 0xEDB88320, reflected; all bits are set before the
/// first piece and inverted after the last one.
fn crc32(mut crc: u32, text: &str) -> u32 {
    let mut rest = text.as_bytes();
    while let Some((word, behind)) = rest.split_first_chunk() {
        rest = behind;
        // Four steps at once, since one at a time waits for its table each time.
        let [a, b, c, d] = (crc ^ u32::from_le_bytes(*word))
            .to_le_bytes()
            .map(usize::from);
        crc = CRC[3][a] ^ CRC[2][b] ^ CRC[1][c] ^ CRC[0][d];
    }
    for &byte in rest {
        crc = CRC[0][(crc as u8 ^ byte) as usize] ^ (crc >> 8);
    }
    crc
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
