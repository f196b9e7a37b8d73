//! What every generated type can do beside being encoded: be compared, hashed and printed.
//!
//! All of it goes by the encoding and the schema, so that it costs a line per type instead of the
//! code that deriving would make of it; over a whole layer that is most of the time it takes to
//! compile.

use alloc::vec::Vec;
use core::fmt;
use core::hash::Hasher;

use crate::encode::private::Sealed;
use crate::encode::{Encode, Sink};
use crate::inspect::Described;
use crate::tree::{self, Tree};

/// Implements the traits of every value for generated types: `[F]` stands before those that take a
/// form, behind the name a struct's members or, after `enum`, the variants. Behind a semicolon are
/// members that are plain to copy: a call of `clone` takes rustc several times as long. Deriving
/// `Clone` would ask for more than that of the form, and once more for each string.
///
/// One expansion for all of it: each more would take rustc as long as an empty impl.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_value {
    (
        [$($form:ident)?] $type:ident
        $({ $($member:ident),* $(; $($plain:ident),*)? })?
        $(enum { $($variant:ident $(($value:ident))?),* $(,)? })?
    ) => {
        impl<$($form: $crate::Form)?> ::core::clone::Clone for $type<$($form)?> {
            #[inline]
            fn clone(&self) -> Self {
                $(Self {
                    $($member: ::core::clone::Clone::clone(&self.$member),)*
                    $($($plain: self.$plain,)*)?
                })?
                $(match *self {
                    $(Self::$variant $((ref $value))? => {
                        Self::$variant $((::core::clone::Clone::clone($value)))?
                    })*
                })?
            }
        }

        impl<$($form: $crate::Form)?> ::core::cmp::PartialEq for $type<$($form)?> {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::prelude::equal(self, other)
            }
        }

        impl<$($form: $crate::Form)?> ::core::cmp::Eq for $type<$($form)?> {}

        impl<$($form: $crate::Form)?> ::core::hash::Hash for $type<$($form)?> {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                $crate::prelude::hash(self, state);
            }
        }

        impl<$($form: $crate::Form)?> ::core::fmt::Debug for $type<$($form)?> {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::prelude::debug(self, f)
            }
        }
    };
}

/// Implements `Clone` alone, for a struct; members as for [`impl_value`].
#[doc(hidden)]
#[macro_export]
macro_rules! impl_clone {
    ([$($form:ident)?] $type:ident { $($member:ident),* $(; $($plain:ident),*)? }) => {
        impl<$($form: $crate::Form)?> ::core::clone::Clone for $type<$($form)?> {
            #[inline]
            fn clone(&self) -> Self {
                Self {
                    $($member: ::core::clone::Clone::clone(&self.$member),)*
                    $($($plain: self.$plain,)*)?
                }
            }
        }
    };
}

/// Implements equality and `Hash` by the encoding, for the struct of a function that wraps the calls
/// named second.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_equal {
    ([$($form:ident)?] [$($call:ident),*] $type:ident) => {
        impl<$($form: $crate::Form,)? $($call: $crate::Encode),*> ::core::cmp::PartialEq
            for $type<$($form,)? $($call),*>
        {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::prelude::equal(self, other)
            }
        }

        impl<$($form: $crate::Form,)? $($call: $crate::Encode),*> ::core::cmp::Eq
            for $type<$($form,)? $($call),*>
        {
        }

        impl<$($form: $crate::Form,)? $($call: $crate::Encode),*> ::core::hash::Hash
            for $type<$($form,)? $($call),*>
        {
            // No call has a name like that of the parameter.
            #[inline]
            fn hash<__H: ::core::hash::Hasher>(&self, state: &mut __H) {
                $crate::prelude::hash(self, state);
            }
        }
    };
}

/// Whether two values have the same encoding.
pub fn equal<T: Encode>(a: &T, b: &T) -> bool {
    let mut record = Record(Vec::new());
    a.encode(&mut record);
    let mut matching = Matching {
        rest: &record.0,
        equal: true,
    };
    b.encode(&mut matching);
    matching.equal && matching.rest.is_empty()
}

/// Hashes the encoding.
pub fn hash<T: Encode, H: Hasher>(value: &T, state: &mut H) {
    value.encode(&mut Hashing(state));
}

/// Prints the value by the schema, in the terms of TL.
///
/// # Errors
///
/// Those of the formatter.
pub fn debug<T: Encode + Described>(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let bytes = match value.to_bytes() {
        Ok(bytes) => bytes,
        Err(error) => return write!(f, "({error})"),
    };
    match tree::read(&T::SHAPE, &bytes) {
        Some(tree) => fmt::Debug::fmt(&tree, f),
        None => f.write_str("(nested too deeply to be printed)"),
    }
}

impl fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "serde")]
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Number(value) | Self::Long(value) => value.fmt(f),
            Self::Double(value) => value.fmt(f),
            Self::Text(text) => text.fmt(f),
            Self::Bytes(bytes) => {
                f.write_str("0x")?;
                bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
            Self::List(elements) => f.debug_list().entries(elements).finish(),
            Self::Object(fields) => {
                let (name, fields) = match fields.split_first() {
                    Some(((_, Tree::Text(name)), fields)) => (&**name, fields),
                    _ => ("", fields.as_slice()),
                };
                let mut object = f.debug_struct(name);
                for (name, value) in fields {
                    object.field(name, value);
                }
                object.finish()
            }
        }
    }
}

/// The parts of a value one after the other, in a form that is never ambiguous, even of values
/// that have no encoding.
struct Record(Vec<u8>);

/// Compares the parts of a value with a record.
struct Matching<'r> {
    rest: &'r [u8],
    equal: bool,
}

struct Hashing<'h, H>(&'h mut H);

impl Sink for Record {
    fn word(&mut self, value: u32) {
        self.raw(&value.to_le_bytes());
    }

    fn long(&mut self, value: u64) {
        self.raw(&value.to_le_bytes());
    }

    fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.raw(bytes);
    }

    fn count(&mut self, count: usize) {
        self.long(count as u64);
    }
}

impl Sink for Matching<'_> {
    fn word(&mut self, value: u32) {
        self.raw(&value.to_le_bytes());
    }

    fn long(&mut self, value: u64) {
        self.raw(&value.to_le_bytes());
    }

    fn raw(&mut self, bytes: &[u8]) {
        match self.rest.strip_prefix(bytes) {
            Some(rest) => self.rest = rest,
            None => self.equal = false,
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.raw(bytes);
    }

    fn count(&mut self, count: usize) {
        self.long(count as u64);
    }
}

impl<H: Hasher> Sink for Hashing<'_, H> {
    fn word(&mut self, value: u32) {
        self.0.write_u32(value);
    }

    fn long(&mut self, value: u64) {
        self.0.write_u64(value);
    }

    fn raw(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.raw(bytes);
    }

    fn count(&mut self, count: usize) {
        self.0.write_u64(count as u64);
    }
}

impl Sealed for Record {}
impl Sealed for Matching<'_> {}
impl<H> Sealed for Hashing<'_, H> {}
