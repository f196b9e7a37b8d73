//! Decryption of files, whole and as they come in: test vectors, and the laws of lengths and
//! chunks. What is encrypted here is encrypted by other code than the crate's.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use aes::Aes256;
use allocation_counter::measure;
use base64ct::{Base64, Encoding};
use cbc::cipher::{Block, BlockModeEncrypt, KeyIvInit};
use conformance::random::for_each;
use conformance::seeded::SeededRng;
use conformance::vectors::{self, File, FileVector, Verdict};
use proptest::prelude::*;
use rand_core::Rng;
use serde::Deserialize as _;
use sha2::{Digest, Sha256, Sha512};
use telegram_passport::cipher::{Padding, encrypt_file};
use telegram_passport::file::{
    Decryptor, FileCredentials, FileError, Memory, Quarantine, Verified, decrypt_to_path,
};
use telegram_passport::hash::FileHash;
use telegram_passport::secret::ValueSecret;

use super::passport_files_disk::Folder;

include!(concat!(env!("OUT_DIR"), "/vectors/files.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/files_chunks.rs"));

/// What the folder named by `PASSPORT_VECTORS` holds; without it there is nothing to do.
#[test]
fn further_files() {
    let mut failures = Vec::new();
    let files = vectors::further().expect("the further files can be read");
    for (path, vector) in file_vectors(&files) {
        if let Err(error) = run(path, &vector) {
            failures.push(format!("{} {}: {error}", path.display(), vector.tc_id));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_wrong_expectation_is_noticed() {
    let files = vectors::committed().expect("the committed files can be read");
    let mut noticed = 0;
    let first = |path: &Path| path.file_stem().is_some_and(|it| it == "files");
    for (path, vector) in file_vectors(&files).filter(|(path, _)| first(path)) {
        let wrong = match vector.result {
            Verdict::Valid => vec![
                FileVector {
                    result: Verdict::Invalid,
                    ..vector.clone()
                },
                FileVector {
                    plaintext_size: Some(2),
                    ..vector.clone()
                },
                FileVector {
                    plaintext_sha256: Some("00".repeat(32)),
                    ..vector
                },
            ],
            Verdict::Invalid => vec![FileVector {
                result: Verdict::Valid,
                ..vector
            }],
            Verdict::Acceptable => vec![],
        };
        for vector in wrong {
            assert!(run(path, &vector).is_err(), "{vector:?}");
            noticed += 1;
        }
    }
    assert_eq!(noticed, 3 * 3 + 4);
}

#[test]
fn every_length_and_every_padding() {
    let mut paddings = BTreeSet::new();
    for length in 0..=4096 {
        let shortest = 32 + (16 - length % 16) % 16;
        // Of the 14 that fit, another one each time round.
        let padding = shortest + length / 16 % 14 * 16;
        paddings.insert(padding);
        let sample = Sample::new(length as u64, padding, length);
        sample.opens(&[length / 3 + 1]);
    }
    assert_eq!(paddings, (32..=255).collect());
}

#[test]
fn any_length_padding_and_chunks() {
    let chunk = prop_oneof![0..40_usize, 0..70_000_usize, Just(16_384_usize)];
    let chunks = prop::collection::vec(chunk, 1..20);
    let samples = (any::<u64>(), 0..14_usize, 0..70_000_usize, chunks);
    for_each(100, samples, |(seed, more, length, chunks)| {
        let padding = 32 + (16 - length % 16) % 16 + 16 * more;
        Sample::new(seed, padding, length).opens(&chunks);
        Ok(())
    });
}

/// Around the edges of the pieces in which it is decrypted.
#[test]
fn lengths_around_a_piece() {
    for blocks in [1023, 1024, 1025, 2047, 2048, 2049] {
        for padding in [32, 47, 255] {
            let sample = Sample::new(blocks, padding, blocks as usize * 16 - padding);
            for chunk in [1, 16_383, 16_384, 16_385, 100_000] {
                sample.opens(&[chunk]);
            }
        }
    }
}

#[test]
fn it_is_encrypted_as_others_do() {
    for padding in 32..=255 {
        let sample = Sample::new(padding as u64, padding, 1000 - padding % 16 + 8);
        let encrypted = &sample.padded[..padding];
        let encrypted = Padding::from_bytes(encrypted).expect("it has the right form");
        let secret = sample.credentials.secret();
        let sealed = encrypt_file(sample.plaintext(), &encrypted, secret);
        let sealed = sealed.expect("it is a multiple of 16");
        assert_eq!(sealed.bytes, sample.encrypted);
        assert_eq!(sealed.hash, *sample.credentials.hash());
    }
}

/// A small file is verified before any of it leaves the decryptor.
#[test]
fn up_to_a_piece_nothing_is_written_unverified() {
    for (blocks, written) in [(1024, 0), (1025, 16_384 - 40)] {
        let sample = Sample::new(7, 40, blocks * 16 - 40);
        let watched = Watched::default();
        let mut decryptor = Decryptor::new(&sample.credentials, watched.clone());
        decryptor
            .push(&sample.encrypted)
            .expect("it is not too large");
        assert_eq!(watched.0.borrow().written.len(), written);
        drop(decryptor);
        assert_eq!(watched.calls(), (0, 1));
    }
}

#[test]
fn in_memory() {
    for blocks in [2, 3, 1024, 1025, 5000] {
        let sample = Sample::new(blocks, 32, blocks as usize * 16 - 32);
        let mut decryptor = Decryptor::new(&sample.credentials, Memory::new());
        for chunk in sample.encrypted.chunks(100_000) {
            decryptor.push(chunk).expect("it is not too large");
        }
        let plaintext = decryptor.finish().expect("it is sound");
        assert!(plaintext.as_bytes() == sample.plaintext());
        let printed = format!("{plaintext:?}");
        assert_eq!(
            printed,
            format!("Plaintext(..; {})", sample.plaintext().len())
        );
    }
}

#[test]
fn ten_mebibytes_need_at_most_256_kib() {
    let sample = Sample::ten_mebibytes();
    let mut released = None;
    let pushing = measure(|| {
        let mut decryptor = Decryptor::new(&sample.credentials, Discarded);
        for chunk in sample.encrypted.chunks(1_000_000) {
            decryptor.push(chunk).expect("it is not too large");
        }
        released = Some(decryptor.finish().is_ok());
    });
    assert_eq!(released, Some(true));
    assert!(
        pushing.bytes_max <= 256 * 1024,
        "{} bytes",
        pushing.bytes_max
    );

    let folder = Folder::new();
    let path = folder.path("front_side.jpg");
    let mut length = 0;
    let mut progress = (0, 0);
    let reading = measure(|| {
        let written = decrypt_to_path(&*sample.encrypted, &path, &sample.credentials, |bytes| {
            assert!(bytes > progress.1);
            progress = (progress.0 + 1, bytes);
        });
        length = written.expect("it is sound").length();
    });
    assert_eq!(length, sample.plaintext().len() as u64);
    assert!(progress.0 >= 640);
    assert_eq!(progress.1, sample.encrypted.len() as u64);
    assert!(
        reading.bytes_max <= 256 * 1024,
        "{} bytes",
        reading.bytes_max
    );
    let content = fs::read(path).expect("it was written");
    assert!(content == sample.plaintext());
}

/// The buffer that was given becomes the plaintext, so there is no copy of it at any time.
#[test]
fn ten_mebibytes_in_memory_need_at_most_256_kib() {
    let sample = Sample::ten_mebibytes();
    let encrypted = sample.encrypted.clone();
    let mut plaintext = None;
    let whole = measure(|| plaintext = sample.credentials.decrypt(encrypted).ok());
    assert!(whole.bytes_max <= 256 * 1024, "{} bytes", whole.bytes_max);
    let plaintext = plaintext.expect("it is sound");
    assert!(plaintext.as_bytes() == sample.plaintext());
}

fn check(file: &str, tc_id: u32) {
    let (_, vector) = vectors::one(file, tc_id);
    let vector = FileVector::deserialize(vector).expect("it has the fields of its kind");
    // What it names is in the folder of the file.
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/any.json"));
    if let Err(error) = run(path, &vector) {
        panic!("{}: {error}", vector.comment);
    }
}

fn file_vectors(files: &[(PathBuf, File)]) -> impl Iterator<Item = (&Path, FileVector)> {
    let files = files
        .iter()
        .filter(|(_, file)| file.algorithm == "PassportFile");
    files.flat_map(|(path, file)| {
        let vectors = file.test_groups.iter().flat_map(|group| {
            assert_eq!(group.kind, "FileDecrypt");
            vectors::parse::<FileVector>(group).expect("each has the fields of its kind")
        });
        vectors.map(move |vector| (path.as_path(), vector))
    })
}

/// Holds the crate against one vector: whole, and in chunks of all sizes.
fn run(path: &Path, vector: &FileVector) -> Result<(), String> {
    let encrypted = fs::read(path.with_file_name("").join(&vector.file));
    let encrypted = encrypted.map_err(|error| error.to_string())?;
    let secret = Base64::decode_vec(&vector.secret).map_err(|error| error.to_string())?;
    let secret = ValueSecret::from_slice(&secret).map_err(|error| error.to_string())?;
    let hash = FileHash::from_base64(&vector.file_hash).map_err(|error| error.to_string())?;
    let credentials = FileCredentials::new(hash, secret);

    let whole = credentials.decrypt(&*encrypted);
    expected(vector, whole.as_ref().ok().map(|it| it.as_bytes()))?;
    for chunk in [1, 15, 16, 17, 255, 256, 4096, usize::MAX] {
        let (outcome, watched) = stream(&credentials, &encrypted, &[chunk]);
        let calls = if outcome.is_ok() { (1, 0) } else { (0, 1) };
        if watched.calls() != calls {
            return Err(format!("released and discarded: {:?}", watched.calls()));
        }
        if outcome.as_ref().ok().map(Vec::as_slice) != whole.as_ref().ok().map(|it| it.as_bytes()) {
            return Err(format!(
                "in chunks of {chunk} it is not what it is as a whole"
            ));
        }
    }
    Ok(())
}

fn expected(vector: &FileVector, plaintext: Option<&[u8]>) -> Result<(), String> {
    let Some(plaintext) = plaintext else {
        return match vector.result {
            Verdict::Valid => Err("it was refused".into()),
            Verdict::Invalid | Verdict::Acceptable => Ok(()),
        };
    };
    let hash = Sha256::digest(plaintext);
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    match vector.result {
        Verdict::Invalid => Err("it was accepted".into()),
        _ if vector.plaintext_size != Some(plaintext.len()) => Err("the size differs".into()),
        _ if vector.plaintext_sha256 != Some(hash) => Err("the content differs".into()),
        _ => Ok(()),
    }
}

/// Decrypts a file in chunks of these lengths, over and over.
pub(super) fn stream(
    credentials: &FileCredentials,
    mut encrypted: &[u8],
    chunks: &[usize],
) -> (Result<Vec<u8>, FileError>, Watched) {
    let watched = Watched::default();
    let mut decryptor = Decryptor::new(credentials, watched.clone());
    // At least one byte each time round, for chunks may all be empty.
    for &length in chunks.iter().chain([&1]).cycle() {
        let (chunk, rest) = encrypted.split_at(length.min(encrypted.len()));
        if let Err(error) = decryptor.push(chunk) {
            return (Err(error), watched);
        }
        encrypted = rest;
        if encrypted.is_empty() {
            break;
        }
    }
    (decryptor.finish(), watched)
}

/// A file that was encrypted here.
pub(super) struct Sample {
    pub(super) credentials: FileCredentials,
    pub(super) encrypted: Vec<u8>,
    padded: Vec<u8>,
    padding: usize,
}

impl Sample {
    /// Random content and padding of these lengths.
    pub(super) fn new(seed: u64, padding: usize, length: usize) -> Self {
        let mut padded = vec![0; padding + length];
        SeededRng::new(seed).fill_bytes(&mut padded);
        padded[0] = padding as u8;
        Self::of(seed, padded, padding)
    }

    /// A large one, with no two pieces alike, so that none can stand in for another.
    fn ten_mebibytes() -> Self {
        let padded = (0..10 * 1024 * 1024 + 112_u32).map(|at| (at ^ at >> 8 ^ at >> 16) as u8);
        let mut padded: Vec<_> = padded.collect();
        padded[0] = 101;
        Self::of(1, padded, 101)
    }

    /// Encrypts anything, right or wrong, by reference 8.5.
    pub(super) fn of(seed: u64, padded: Vec<u8>, padding: usize) -> Self {
        let Ok(secret) = ValueSecret::generate(&mut SeededRng::new(!seed));
        let hash = Sha256::digest(&padded);
        let material = Sha512::new()
            .chain_update(secret.expose())
            .chain_update(hash);
        let material = material.finalize();
        let (key, iv) = (&material[..32], &material[32..48]);
        let mut cipher = cbc::Encryptor::<Aes256>::new_from_slices(key, iv).expect("their lengths");
        let mut encrypted = padded.clone();
        let (blocks, _) = Block::<Aes256>::slice_as_chunks_mut(&mut encrypted);
        cipher.encrypt_blocks(blocks);
        let hash = FileHash::from_slice(&hash).expect("it has 32 bytes");
        Self {
            credentials: FileCredentials::new(hash, secret),
            encrypted,
            padded,
            padding,
        }
    }

    pub(super) fn plaintext(&self) -> &[u8] {
        &self.padded[self.padding..]
    }

    fn opens(&self, chunks: &[usize]) {
        let whole = self.credentials.decrypt(&*self.encrypted);
        let whole = whole.expect("it is sound");
        assert!(whole.as_bytes() == self.plaintext());
        let (outcome, watched) = stream(&self.credentials, &self.encrypted, chunks);
        assert!(outcome.expect("it is sound") == self.plaintext());
        assert_eq!(watched.calls(), (1, 0));
    }
}

/// A quarantine that can be looked into.
#[derive(Clone, Default)]
pub(super) struct Watched(pub(super) Rc<RefCell<Events>>);

/// What happened to a quarantine.
#[derive(Default)]
pub(super) struct Events {
    pub(super) written: Vec<u8>,
    pub(super) full: bool,
    releases: usize,
    discards: usize,
}

impl Watched {
    /// How often it was released and discarded.
    pub(super) fn calls(&self) -> (usize, usize) {
        let events = self.0.borrow();
        (events.releases, events.discards)
    }
}

impl Quarantine for Watched {
    type Released = Vec<u8>;

    fn write(&mut self, unverified: &[u8]) -> io::Result<()> {
        let mut events = self.0.borrow_mut();
        if events.full {
            return Err(io::ErrorKind::StorageFull.into());
        }
        events.written.extend(unverified);
        Ok(())
    }

    fn release(self, _: Verified) -> io::Result<Vec<u8>> {
        let mut events = self.0.borrow_mut();
        events.releases += 1;
        Ok(events.written.clone())
    }

    fn discard(self) {
        self.0.borrow_mut().discards += 1;
    }
}

/// Keeps nothing, so that what is measured is the decryptor's.
struct Discarded;

impl Quarantine for Discarded {
    type Released = ();

    fn write(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn release(self, _: Verified) -> io::Result<()> {
        Ok(())
    }

    fn discard(self) {}
}
