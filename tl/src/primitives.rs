//! The built-in types: numbers, strings, vectors, and what wraps other values.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::decode::{Decode, Reader, Stop};
use crate::encode::{Encode, Sink};
use crate::error::Fault;
use crate::inspect::{Described, Shape};

/// A vector without constructor id, `vector<T>` or `%Vector<T>`: a count and the elements.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct BareVec<T>(pub Vec<T>);

/// A boxed value of any type, `Object`: its bytes as they are, constructor id included.
///
/// Since nothing tells where such a value ends, it takes all that is left of the input: at least the
/// four bytes of an id, and a multiple of four, as all values of TL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Object<B>(pub B);

pub(crate) const VECTOR: u32 = 0x1cb5_c415;
const BOOL_TRUE: u32 = 0x9972_75b5;
const BOOL_FALSE: u32 = 0xbc79_9737;

macro_rules! number {
    ($type:ty, $shape:ident, |$value:ident, $sink:ident| $write:expr) => {
        impl Encode for $type {
            const FIXED_LEN: usize = size_of::<Self>();

            #[inline]
            fn encode<S: Sink>(&self, $sink: &mut S) {
                let $value = *self;
                $write
            }
        }

        impl Described for $type {
            const SHAPE: Shape = Shape::$shape;
        }

        impl<'de> Decode<'de> for $type {
            #[inline]
            fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop> {
                reader.array().map(Self::from_le_bytes)
            }
        }
    };
}

number!(i32, Int, |value, sink| sink.word(value as u32));
number!(u32, Word, |value, sink| sink.word(value));
number!(i64, Long, |value, sink| sink.long(value as u64));
number!(f64, Double, |value, sink| sink.long(value.to_bits()));

impl Encode for bool {
    const FIXED_LEN: usize = 4;

    #[inline]
    fn encode<S: Sink>(&self, sink: &mut S) {
        sink.word(if *self { BOOL_TRUE } else { BOOL_FALSE });
    }
}

impl Described for bool {
    const SHAPE: Shape = Shape::Bool;
}

impl<'de> Decode<'de> for bool {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop> {
        match reader.word()? {
            BOOL_TRUE => Ok(true),
            BOOL_FALSE => Ok(false),
            id => Err(reader.unexpected(id, "Bool")),
        }
    }
}

/// The bare `true`, which takes no bytes.
impl Encode for () {
    #[inline]
    fn encode<S: Sink>(&self, _: &mut S) {}
}

impl Described for () {
    const SHAPE: Shape = Shape::Raw(0);
}

impl<'de> Decode<'de> for () {
    #[inline]
    fn decode(_: &mut Reader<'de>) -> Result<Self, Stop> {
        Ok(())
    }
}

macro_rules! raw {
    ($($len:literal)*) => {$(
        impl Encode for [u8; $len] {
            const FIXED_LEN: usize = $len;

            #[inline]
            fn encode<S: Sink>(&self, sink: &mut S) {
                sink.raw(self);
            }
        }

        impl Described for [u8; $len] {
            const SHAPE: Shape = Shape::Raw($len);
        }

        impl<'de> Decode<'de> for [u8; $len] {
            #[inline]
            fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop> {
                reader.array()
            }
        }
    )*};
}

// int128, int256, int512
raw!(16 32 64);

macro_rules! string {
    ($type:ty, $shape:ident, $read:ident) => {
        impl Described for $type {
            const SHAPE: Shape = Shape::$shape;
        }

        impl<'de> Decode<'de> for $type {
            #[inline]
            fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop> {
                reader.$read().map(Into::into)
            }
        }
    };
}

string!(Vec<u8>, Bytes, bytes);
string!(String, Text, text);

impl Described for &[u8] {
    const SHAPE: Shape = Shape::Bytes;
}

impl<'de: 'a, 'a> Decode<'de> for &'a [u8] {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop> {
        reader.bytes()
    }
}

impl Described for &str {
    const SHAPE: Shape = Shape::Text;
}

impl<'de: 'a, 'a> Decode<'de> for &'a str {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop> {
        reader.text()
    }
}

impl Encode for Vec<u8> {
    #[inline]
    fn encode<S: Sink>(&self, sink: &mut S) {
        sink.bytes(self);
    }
}

impl Encode for &[u8] {
    #[inline]
    fn encode<S: Sink>(&self, sink: &mut S) {
        sink.bytes(self);
    }
}

impl Encode for String {
    #[inline]
    fn encode<S: Sink>(&self, sink: &mut S) {
        sink.bytes(self.as_bytes());
    }
}

impl Encode for &str {
    #[inline]
    fn encode<S: Sink>(&self, sink: &mut S) {
        sink.bytes(self.as_bytes());
    }
}

/// The boxed `Vector<T>`.
impl<T: Encode> Encode for Vec<T> {
    #[inline]
    fn encode<S: Sink>(&self, sink: &mut S) {
        sink.word(VECTOR);
        write_elements(self, sink);
    }
}

impl<T: Described> Described for Vec<T> {
    const SHAPE: Shape = Shape::Vector(&T::SHAPE);
}

impl<'de, T: Decode<'de>> Decode<'de> for Vec<T> {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop> {
        reader.expect(VECTOR, "Vector")?;
        read_elements(reader)
    }
}

impl<T: Encode> Encode for BareVec<T> {
    #[inline]
    fn encode<S: Sink>(&self, sink: &mut S) {
        write_elements(&self.0, sink);
    }
}

impl<T: Described> Described for BareVec<T> {
    const SHAPE: Shape = Shape::BareVector(&T::SHAPE);
}

impl<'de, T: Decode<'de>> Decode<'de> for BareVec<T> {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop> {
        read_elements(reader).map(Self)
    }
}

/// The repetition `n*[ T ]`: elements without a count.
impl<T: Encode, const N: usize> Encode for [T; N] {
    #[inline]
    fn encode<S: Sink>(&self, sink: &mut S) {
        for element in self {
            element.encode(sink);
        }
    }
}

impl<T: Described, const N: usize> Described for [T; N] {
    const SHAPE: Shape = Shape::Repeat(N, &T::SHAPE);
}

impl<'de, T: Decode<'de>, const N: usize> Decode<'de> for [T; N] {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop> {
        reader.charge(size_of::<Self>())?;
        let mut elements = Vec::with_capacity(N);
        for _ in 0..N {
            elements.push(T::decode(reader)?);
        }
        // There are as many as asked for, so this cannot fail.
        Self::try_from(elements).map_err(|_| reader.stop(Fault::UnexpectedEnd))
    }
}

fn write_elements<T: Encode, S: Sink>(elements: &[T], sink: &mut S) {
    sink.count(elements.len());
    for element in elements {
        element.encode(sink);
    }
}

fn read_elements<'de, T: Decode<'de>>(reader: &mut Reader<'de>) -> Result<Vec<T>, Stop> {
    let count = reader.count::<T>()?;
    let mut elements = Vec::with_capacity(count);
    for _ in 0..count {
        elements.push(T::decode(reader)?);
    }
    Ok(elements)
}

impl<T: Encode> Encode for Box<T> {
    #[inline]
    fn encode<S: Sink>(&self, sink: &mut S) {
        (**self).encode(sink);
    }
}

impl<T: Described> Described for Box<T> {
    const SHAPE: Shape = T::SHAPE;
}

impl<'de, T: Decode<'de>> Decode<'de> for Box<T> {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop> {
        reader.charge(size_of::<T>())?;
        T::decode(reader).map(Box::new)
    }
}

impl<B: AsRef<[u8]>> Encode for Object<B> {
    #[inline]
    fn encode<S: Sink>(&self, sink: &mut S) {
        sink.object(self.0.as_ref());
    }
}

impl<B> Described for Object<B> {
    const SHAPE: Shape = Shape::Rest;
}

impl<'de, B: From<&'de [u8]>> Decode<'de> for Object<B> {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop> {
        match reader.rest().len() {
            len if len >= 4 && len % 4 == 0 => Ok(Self(B::from(reader.take_rest()))),
            _ => Err(reader.stop(Fault::UnexpectedEnd)),
        }
    }
}
