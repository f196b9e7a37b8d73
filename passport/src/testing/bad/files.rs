//! Spoiling files.

use super::super::seal::{Sealed, SealedFile};
use super::super::submission::{Plain, Submission};
use super::{BadSubmission, flip, padding_too_long, padding_too_short, truncate};

pub(super) fn spoil(submission: &Submission, bad: BadSubmission) -> Option<Submission> {
    use BadSubmission as Bad;
    let mut submission = submission.clone();
    let mut plain = submission.plain.clone();
    match bad {
        Bad::WrongFileHash => {
            return sealed_file(plain, |file, _| flip(&mut file.hash));
        }
        Bad::WrongFileSecret => {
            return sealed_file(plain, |file, plain| {
                file.secret = Sealed::new(b"", &mut plain.random).secret;
            });
        }
        Bad::FilePaddingTooShort => {
            return sealed_file(plain, |file, plain| {
                *file = Sealed::of_padded(padding_too_short(b"picture"), &mut plain.random);
            });
        }
        Bad::FilePaddingTooLong => {
            return sealed_file(plain, |file, plain| {
                *file = Sealed::of_padded(padding_too_long(), &mut plain.random);
            });
        }
        Bad::NoPicture => {
            return sealed_file(plain, |file, plain| {
                *file = Sealed::new(b"#!/bin/sh\necho hello\n", &mut plain.random);
            });
        }
        Bad::SwappedFiles => {
            let documents = submission.documents.iter_mut();
            let mut files = documents.flat_map(|it| it.opened_files_mut());
            let (one, other) = (files.next()?, files.next()?);
            core::mem::swap(&mut one.sealed.bytes, &mut other.sealed.bytes);
        }
        Bad::DamagedFile => flip(&mut sent_file(&mut submission)?.sealed.bytes),
        Bad::TruncatedFile => truncate(&mut sent_file(&mut submission)?.sealed.bytes),
        Bad::EmptyFile => sent_file(&mut submission)?.sealed.bytes.clear(),
        Bad::MissingFile => {
            let documents = submission.documents.iter_mut();
            let mut lists = documents.filter_map(|it| it.opened_list_mut());
            lists.find(|list| list.len() > 1)?.pop();
        }
        _ => {
            let documents = submission.documents.iter_mut();
            let mut lists = documents.filter_map(|it| it.opened_list_mut());
            let extra = SealedFile::new(b"one more", &mut plain.random);
            lists.next()?.push(extra);
        }
    }
    Some(submission)
}

/// The first file as it is sent.
fn sent_file(submission: &mut Submission) -> Option<&mut SealedFile> {
    let documents = submission.documents.iter_mut();
    documents.flat_map(|it| it.opened_files_mut()).next()
}

/// Another file for the first one, with the credentials for it.
fn sealed_file(
    mut plain: Plain,
    spoil: impl FnOnce(&mut Sealed, &mut Plain),
) -> Option<Submission> {
    let first = |plain: &mut Plain| {
        let mut documents = plain.documents.iter_mut();
        documents.position(|document| document.opened_files_mut().next().is_some())
    };
    let at = first(&mut plain)?;
    let mut sealed = {
        let document = plain.documents.get_mut(at)?;
        document.opened_files_mut().next()?.sealed.clone()
    };
    spoil(&mut sealed, &mut plain);
    let document = plain.documents.get_mut(at)?;
    document.opened_files_mut().next()?.sealed = sealed;
    Some(plain.seal())
}
