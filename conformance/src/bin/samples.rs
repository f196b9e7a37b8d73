//! Prints a few values of each definition of a TL file of Telegram's dialect: the definition, what
//! it is read as, and the bytes in hexadecimal, separated by tabs.
//!
//! `cargo run --bin samples -- FILE [RANDOM]` prints, of each definition, the shortest value, one
//! with every field, and so many random ones, six if not said.

use std::error::Error;
use std::io::{BufWriter, Write, stdout};
use std::{env, fs};

use conformance::dynamic::hex;
use conformance::samples::samples;
use conformance::schemas::checked;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let path = arguments.next().ok_or("which file?")?;
    let random = arguments.next().map_or(Ok(6), |count| count.parse())?;
    let schema = checked(&path, &fs::read_to_string(&path)?);
    let mut out = BufWriter::new(stdout().lock());
    for sample in samples(&schema, random) {
        let bytes = hex(&sample.bytes);
        writeln!(out, "{}\t{}\t{bytes}", sample.definition, sample.read_as)?;
    }
    out.flush()?;
    Ok(())
}
