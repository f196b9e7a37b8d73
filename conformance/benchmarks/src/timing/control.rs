//! Pairs of classes whose outcome is known: without them, "none seen" would mean nothing.

use std::error::Error;
use std::hint::black_box;

use subtle::ConstantTimeEq;

use super::measure::{Subject, random};
use super::oaep;
use super::statistics::Verdict;

/// What is to be seen, and what is not.
pub(crate) fn subjects() -> Result<Vec<(Subject, Verdict)>, Box<dyn Error>> {
    let early = Subject {
        name: format!("control: `==` of {LENGTH} bytes"),
        classes: ["differ in the first byte", "in the last byte"],
        make: Box::new(|is_last| pair(if is_last { LENGTH - 1 } else { 0 })),
        run: Box::new(|input| {
            let (one, other) = input.split_at(LENGTH);
            black_box(black_box(one) == black_box(other));
        }),
    };
    let constant = Subject {
        name: format!("control: `subtle`, {LENGTH} bytes"),
        classes: ["differ in the first byte", "the same again"],
        make: Box::new(|_| pair(0)),
        run: Box::new(|input| {
            let (one, other) = input.split_at(LENGTH);
            black_box(bool::from(black_box(one).ct_eq(black_box(other))));
        }),
    };
    Ok(vec![
        (early, Verdict::Difference),
        (constant, Verdict::Nothing),
        (oaep::same_class()?, Verdict::Nothing),
    ])
}

/// Random bytes, and the same with a bit changed at one place.
fn pair(place: usize) -> Vec<u8> {
    let one: [u8; LENGTH] = random();
    let mut both = [one, one].concat();
    both[LENGTH + place] ^= 1;
    both
}

const LENGTH: usize = 4096;
