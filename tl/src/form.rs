//! The two forms that a value with strings in it can take: owned, and borrowed from the input.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Debug;
use core::hash::Hash;
use core::marker::PhantomData;

use crate::{Decode, Encode};

/// Where the `string` and `bytes` fields of a value live.
///
/// Generated types take a form as their parameter: [`Owned`] makes `SecureData` hold `Vec<u8>`,
/// [`Borrowed`] makes it hold slices of the buffer it was decoded from. Most code never names
/// this trait: the modules `types`, `enums` and `functions` have the owned form, `borrowed` has
/// the other.
pub trait Form {
    /// The type of a `bytes` field.
    type Bytes: Encode + AsRef<[u8]> + Clone + Debug + Eq + Hash;
    /// The type of a `string` field.
    type Text: Encode + AsRef<str> + Clone + Debug + Eq + Hash;
}

/// A form that can be made from a buffer that lives for `'de`.
pub trait DecodeForm<'de>: Form<Bytes: Decode<'de> + From<&'de [u8]>, Text: Decode<'de>> {}

impl<'de, F> DecodeForm<'de> for F where
    F: Form<Bytes: Decode<'de> + From<&'de [u8]>, Text: Decode<'de>>
{
}

/// Strings are `String`, bytes are `Vec<u8>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owned {}

impl Form for Owned {
    type Bytes = Vec<u8>;
    type Text = String;
}

/// Strings and bytes are slices of the input; only vectors and boxes allocate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Borrowed<'a>(PhantomData<&'a ()>);

impl<'a> Form for Borrowed<'a> {
    type Bytes = &'a [u8];
    type Text = &'a str;
}
