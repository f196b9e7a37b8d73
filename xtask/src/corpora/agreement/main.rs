//! Holds the two implementations together: for each sample of the file named, both read it and
//! write exactly its bytes again, so that each reads what the other one writes.
//!
//! A sample is a line: the definition, what it is read as, and hexadecimal, separated by tabs.
//! Prints a line for each that is not so, then how many definitions and samples are.
#![forbid(unsafe_code)]
#![deny(warnings)]

use std::collections::{BTreeSet, HashMap};
use std::{env, fs};

type Again = fn(&[u8]) -> Result<Vec<u8>, String>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = env::args().nth(1).ok_or("which file?")?;
    let text = fs::read_to_string(path)?;
    let both: [(&str, HashMap<&str, Again>); 2] = [
        ("this generator", ours::TABLE.iter().copied().collect()),
        ("the peer", theirs::TABLE.iter().copied().collect()),
    ];
    let (mut definitions, mut samples) = (BTreeSet::new(), 0);
    let (mut wrong, mut problems) = (BTreeSet::new(), 0);
    for line in text.lines() {
        let mut columns = line.split('\t');
        let (Some(definition), Some(read_as), Some(hex)) =
            (columns.next(), columns.next(), columns.next())
        else {
            return Err(format!("{line} is no sample").into());
        };
        let bytes = unhex(hex)?;
        let mut agreed = true;
        for (who, table) in &both {
            let again = table.get(read_as).map(|again| again(&bytes));
            let problem = match again {
                Some(Ok(again)) if again == bytes => continue,
                Some(Ok(again)) => format!("{who} writes other {} bytes", again.len()),
                Some(Err(error)) => format!("{who} refuses it: {error}"),
                None => format!("{who} does not have it"),
            };
            let (size, start) = (bytes.len(), hex.get(..SHOWN).unwrap_or(hex));
            println!("{definition} as {read_as}, {size} bytes, {start}: {problem}");
            agreed = false;
        }
        if agreed {
            samples += 1;
            definitions.insert(definition);
        } else {
            problems += 1;
            wrong.insert(definition);
        }
    }
    let definitions = definitions.difference(&wrong).count();
    println!("{definitions}\t{samples}\t{problems}");
    Ok(())
}

fn unhex(text: &str) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let pairs = text.as_bytes().chunks(2);
    let bytes = pairs.map(|pair| Ok(u8::from_str_radix(std::str::from_utf8(pair)?, 16)?));
    bytes.collect()
}

/// Digits of a sample that are shown.
const SHOWN: usize = 100;
