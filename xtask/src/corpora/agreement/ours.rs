//! The layer as it is generated here.
#![forbid(unsafe_code)]
#![deny(warnings)]

use telegram_passport_tl::{DecodeOwned, Encode};

/// What is done with some bytes.
pub type Again = fn(&[u8]) -> Result<Vec<u8>, String>;

/// Every boxed type and function by its TL name.
pub static TABLE: &[(&str, Again)] = include!("table.rs");

/// Reads a value of a type and writes it again.
fn value<T: DecodeOwned + Encode>(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let value = T::from_bytes(bytes).map_err(|error| error.to_string())?;
    value.to_bytes().map_err(|error| error.to_string())
}

/// The same for a function.
fn call<T: DecodeOwned + Encode>(bytes: &[u8]) -> Result<Vec<u8>, String> {
    value::<T>(bytes)
}

/// What stands for a call inside of another one.
type Inner<T> = T;
