//! Constructor ids: the CRC32 of a definition in a normal form.
//!
//! The normal form is one line without comments, id, semicolon and punctuation around
//! parameters: `vector {t:Type} # [ t ] = Vector t` hashes as `vector t:Type # [ t ] = Vector t`.
//! Two dialects of it are in use; a schema does not say which of them its ids follow.

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
    let mut crc = Crc::default();
    write_normal_form(definition, dialect, &mut |text| crc.update(text));
    crc.finish()
}

/// The text that is hashed for the id of a definition.
///
/// In both dialects braces, brackets of type arguments and parentheses are left out, while
/// `!`, `%`, `#`, `?` and repetitions stay as they are.
pub fn normal_form(definition: &Definition<'_>, dialect: Dialect) -> String {
    let mut out = String::new();
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
        out(condition.word.text);
        if let Some(bit) = condition.bit {
            out(".");
            write_number(bit, out);
        }
        out("?");
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
            if let Some(count) = *count {
                write_number(count, out);
                out("*");
            }
            out("[ ");
            write_type(element, out);
            out(" ]");
        }
    }
}

/// Bit numbers and repetitions are small, so that one digit is the common case.
fn write_number(number: u32, out: &mut impl FnMut(&str)) {
    match DIGITS.get(number as usize..number as usize + 1) {
        Some(digit) => out(digit),
        None => out(&number.to_string()),
    }
}

const DIGITS: &str = "0123456789";

/// CRC32 as of zlib: polynomial 0xEDB88320, reflected, all bits set before and inverted after.
struct Crc(u32);

impl Crc {
    fn update(&mut self, text: &str) {
        for &byte in text.as_bytes() {
            self.0 = CRC_TABLE[(self.0 as u8 ^ byte) as usize] ^ (self.0 >> 8);
        }
    }

    fn finish(self) -> u32 {
        !self.0
    }
}

impl Default for Crc {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

const CRC_TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut crc = index as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 {
                crc >> 1 ^ 0xEDB8_8320
            } else {
                crc >> 1
            };
            bit += 1;
        }
        table[index] = crc;
        index += 1;
    }
    table
};
