//! Files that are there twice.

use std::io::{self, Read};

use zeroize::Zeroizing;

use super::{DraftFile, DraftProblem, NewFile};
use crate::submission::FilePart;

/// Whether two files are the same. A stored and a new one are not compared: the content of the one
/// is not at hand, and their hashes differ by their padding.
pub(super) fn is_same(one: &DraftFile, other: &DraftFile) -> io::Result<bool> {
    match (one, other) {
        (DraftFile::New(one), DraftFile::New(other)) => has_same_content(one, other),
        (DraftFile::Stored(one), DraftFile::Stored(other)) => {
            Ok(one.remote().id == other.remote().id)
        }
        _ => Ok(false),
    }
}

/// Refuses that any two of these are the same file.
pub(super) fn refuse_same(files: &[(FilePart, &DraftFile)]) -> Result<(), DraftProblem> {
    for (index, (part, file)) in files.iter().enumerate() {
        for (earlier_part, earlier) in files.iter().take(index) {
            if is_same(earlier, file).map_err(|error| DraftProblem::source(*part, error))? {
                return Err(DraftProblem::SameFile(*earlier_part, *part));
            }
        }
    }
    Ok(())
}

/// Keeps the first of equal files of a list, and none that is among `others`.
pub(super) fn keep_first(
    list: &mut Vec<DraftFile>,
    part: fn(usize) -> FilePart,
    others: &[&DraftFile],
) -> Result<(), DraftProblem> {
    let mut kept: Vec<DraftFile> = Vec::new();
    for (at, file) in list.iter().enumerate() {
        let mut is_new = true;
        for other in others.iter().copied().chain(&kept) {
            if is_same(other, file).map_err(|error| DraftProblem::source(part(at), error))? {
                is_new = false;
                break;
            }
        }
        if is_new {
            kept.push(file.clone());
        }
    }
    *list = kept;
    Ok(())
}

fn has_same_content(one: &NewFile, other: &NewFile) -> io::Result<bool> {
    if one.length() != other.length() {
        return Ok(false);
    }
    let (mut one, mut other) = (one.open()?, other.open()?);
    let mut pieces = [
        Zeroizing::new(vec![0; PIECE]),
        Zeroizing::new(vec![0; PIECE]),
    ];
    let [left, right] = &mut pieces;
    loop {
        let from_one = fill(&mut one, left)?;
        let from_other = fill(&mut other, right)?;
        if left.get(..from_one) != right.get(..from_other) {
            return Ok(false);
        }
        if from_one < PIECE {
            return Ok(true);
        }
    }
}

/// Reads until the piece is full or the file ends.
fn fill(reader: &mut impl Read, piece: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(room) = piece.get_mut(filled..).filter(|room| !room.is_empty()) {
        match reader.read(room) {
            Ok(0) => break,
            Ok(count) => filled += count.min(room.len()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

const PIECE: usize = 16 * 1024;
