//! Files that were changed, cut, extended or exchanged: each is refused, and nothing is released.

use std::io;

use conformance::random::for_each;
use conformance::seeded::SeededRng;
use proptest::prelude::*;
use telegram_passport::Check;
use telegram_passport::file::{DEFAULT_LIMIT, Decryptor, FileCredentials, FileError};
use telegram_passport::hash::FileHash;
use telegram_passport::secret::{SecretError, ValueSecret};

use super::passport_files::{Sample, Watched, stream};

#[test]
fn every_bit_of_the_ciphertext() {
    let sample = Sample::new(1, 47, 65);
    for bit in 0..sample.encrypted.len() * 8 {
        let mut encrypted = sample.encrypted.clone();
        encrypted[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(refused(&sample.credentials, &encrypted), Check::Hash);
    }
}

/// Of a file so long that most of it was in the quarantine when the change was found.
#[test]
fn any_bit_of_a_long_ciphertext() {
    let sample = Sample::new(2, 240, 50_000);
    let bits = sample.encrypted.len() * 8;
    for_each(60, 0..bits, |bit| {
        let mut encrypted = sample.encrypted.clone();
        encrypted[bit / 8] ^= 1 << (bit % 8);
        prop_assert_eq!(refused(&sample.credentials, &encrypted), Check::Hash);
        Ok(())
    });
}

#[test]
fn every_bit_of_the_hash() {
    let sample = Sample::new(3, 32, 64);
    for bit in 0..256 {
        let mut hash = *sample.credentials.hash().as_bytes();
        hash[bit / 8] ^= 1 << (bit % 8);
        let hash = FileHash::from_slice(&hash).expect("it has 32 bytes");
        let credentials = FileCredentials::new(hash, sample.credentials.secret().clone());
        assert_eq!(refused(&credentials, &sample.encrypted), Check::Hash);
    }
}

/// The checksum refuses a single bit; a second change that mends the checksum gets further.
#[test]
fn every_bit_of_the_secret() {
    let sample = Sample::new(4, 32, 64);
    let secret = sample.credentials.secret().expose();
    let mut mended = 0;
    for bit in 0..256 {
        let mut changed = *secret;
        changed[bit / 8] ^= 1 << (bit % 8);
        let error = ValueSecret::from_slice(&changed).unwrap_err();
        assert_eq!(error, SecretError::Checksum);
        let opposite =
            |at: &usize| *at != bit / 8 && (secret[*at] ^ secret[bit / 8]) & 1 << (bit % 8) != 0;
        if let Some(at) = (0..32).find(opposite) {
            changed[at] ^= 1 << (bit % 8);
            let secret = ValueSecret::from_slice(&changed).expect("the checksum is mended");
            let credentials = FileCredentials::new(*sample.credentials.hash(), secret);
            assert_eq!(refused(&credentials, &sample.encrypted), Check::Hash);
            mended += 1;
        }
    }
    assert_eq!(mended, 256);
}

#[test]
fn cut_to_every_length() {
    let sample = Sample::new(5, 45, 83);
    for length in 0..sample.encrypted.len() {
        let cut = &sample.encrypted[..length];
        let expected = match length {
            0..32 => Check::Length,
            _ if length % 16 != 0 => Check::Length,
            _ => Check::Hash,
        };
        assert_eq!(refused(&sample.credentials, cut), expected, "{length}");
    }
}

#[test]
fn extended() {
    for length in [80, 16_384 - 48, 40_000] {
        let sample = Sample::new(6, 48, length);
        for more in 1..100 {
            let mut encrypted = sample.encrypted.clone();
            encrypted.extend_from_slice(&sample.encrypted[..more]);
            let expected = match more % 16 {
                0 => Check::Hash,
                _ => Check::Length,
            };
            assert_eq!(refused(&sample.credentials, &encrypted), expected, "{more}");
        }
    }
}

#[test]
fn blocks_left_out_repeated_or_exchanged() {
    let sample = Sample::new(7, 40, 184);
    let blocks: Vec<_> = sample.encrypted.chunks(16).collect();
    for at in 0..blocks.len() - 1 {
        let mut without = blocks.clone();
        without.remove(at);
        let mut twice = blocks.clone();
        twice.insert(at, blocks[at]);
        let mut exchanged = blocks.clone();
        exchanged.swap(at, at + 1);
        for blocks in [without, twice, exchanged] {
            assert_eq!(refused(&sample.credentials, &blocks.concat()), Check::Hash);
        }
    }
}

#[test]
fn the_credentials_of_another_file() {
    let (one, other) = (Sample::new(8, 40, 184), Sample::new(9, 40, 184));
    assert_eq!(refused(&one.credentials, &other.encrypted), Check::Hash);
    let mixed = [(&one, &other), (&other, &one)];
    for (hash, secret) in mixed.map(|(a, b)| (a.credentials.hash(), b.credentials.secret())) {
        let credentials = FileCredentials::new(*hash, secret.clone());
        assert_eq!(refused(&credentials, &one.encrypted), Check::Hash);
        assert_eq!(refused(&credentials, &other.encrypted), Check::Hash);
    }
}

/// The hash is right, so only a sender can make such a file.
#[test]
fn padding_that_is_not_allowed() {
    for padding in 0..32 {
        for length in [32, 48, 20_000] {
            let mut padded = vec![7; length];
            padded[0] = padding;
            let sample = Sample::of(u64::from(padding), padded, 0);
            assert_eq!(
                refused(&sample.credentials, &sample.encrypted),
                Check::Padding
            );
        }
    }
    for length in (32..255).step_by(16) {
        for padding in length + 1..=255 {
            let mut padded = vec![7; length];
            padded[0] = padding as u8;
            let sample = Sample::of(10, padded, 0);
            assert_eq!(
                refused(&sample.credentials, &sample.encrypted),
                Check::Padding
            );
        }
    }
}

#[test]
fn too_large() {
    let sample = Sample::new(11, 40, 40_008);
    let limit = sample.encrypted.len() as u64;
    let open = |limit| {
        let watched = Watched::default();
        let decryptor = Decryptor::new(&sample.credentials, watched.clone()).with_limit(limit);
        let outcome = decryptor.read_all(&*sample.encrypted, |_| {});
        (outcome, watched.calls())
    };
    let (outcome, calls) = open(limit);
    assert_eq!((outcome.is_ok(), calls), (true, (1, 0)));
    let (outcome, calls) = open(limit - 1);
    let error = outcome.expect_err("it is too large");
    assert!(matches!(error, FileError::TooLarge { limit: at } if at == limit - 1));
    assert_eq!(calls, (0, 1));

    // A server that never ends, with the limit that holds if none is given.
    let decryptor = Decryptor::new(&sample.credentials, Watched::default());
    let mut most = 0;
    let outcome = decryptor.read_all(io::repeat(0), |bytes| most = bytes);
    let limit = DEFAULT_LIMIT;
    assert!(matches!(outcome, Err(FileError::TooLarge { limit: at }) if at == limit));
    assert_eq!(most, limit);
}

#[test]
fn going_on_after_an_error() {
    let sample = Sample::new(12, 40, 40_008);
    let watched = Watched::default();
    let mut decryptor = Decryptor::new(&sample.credentials, watched.clone());
    decryptor
        .push(&sample.encrypted[..20_000])
        .expect("there is room");
    watched.0.borrow_mut().full = true;
    let error = decryptor.push(&sample.encrypted[20_000..]).unwrap_err();
    assert!(matches!(error, FileError::Write(error) if error.kind() == io::ErrorKind::StorageFull));
    assert_eq!(watched.calls(), (0, 1));
    watched.0.borrow_mut().full = false;
    let again = decryptor.push(&sample.encrypted[20_000..]).unwrap_err();
    assert!(matches!(again, FileError::Abandoned));
    assert!(matches!(decryptor.finish(), Err(FileError::Abandoned)));
    assert_eq!(watched.calls(), (0, 1));
}

#[test]
fn a_quarantine_that_is_full_at_the_end() {
    let sample = Sample::new(13, 40, 1000 - 40 + 8);
    let watched = Watched::default();
    watched.0.borrow_mut().full = true;
    let mut decryptor = Decryptor::new(&sample.credentials, watched.clone());
    decryptor
        .push(&sample.encrypted)
        .expect("nothing is written yet");
    assert!(matches!(decryptor.finish(), Err(FileError::Write(_))));
    assert_eq!(watched.calls(), (0, 1));
}

#[test]
fn a_reader_that_fails_or_lies() {
    struct Reader<'a>(&'a [u8], Option<io::Result<usize>>);

    impl io::Read for Reader<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return self.1.take().unwrap_or(Ok(0));
            }
            self.0.read(buffer)
        }
    }

    let sample = Sample::new(14, 40, 40_008);
    let open = |end: io::Result<usize>| {
        let watched = Watched::default();
        let decryptor = Decryptor::new(&sample.credentials, watched.clone());
        let outcome = decryptor.read_all(Reader(&sample.encrypted, Some(end)), |_| {});
        (outcome, watched.calls())
    };
    for end in [Err(io::ErrorKind::ConnectionReset.into()), Ok(usize::MAX)] {
        let (outcome, calls) = open(end);
        assert!(matches!(outcome, Err(FileError::Read(_))));
        assert_eq!(calls, (0, 1));
    }
    let (outcome, calls) = open(Err(io::ErrorKind::Interrupted.into()));
    assert!(outcome.expect("it is complete") == sample.plaintext());
    assert_eq!(calls, (1, 0));
}

#[test]
fn nothing_secret_is_printed() {
    let Ok(secret) = ValueSecret::generate(&mut SeededRng::new(15));
    let hash = FileHash::from_slice(&[7; 32]).expect("it has 32 bytes");
    let credentials = FileCredentials::new(hash, secret);
    let printed = format!("{credentials:?}");
    let text = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
    let expected = format!("FileCredentials {{ hash: FileHash({text}), secret: ValueSecret(..) }}");
    assert_eq!(printed, expected);
    let decryptor = Decryptor::new(&credentials, Watched::default());
    let expected = format!("Decryptor {{ hash: FileHash({text}), length: 0, .. }}");
    assert_eq!(format!("{decryptor:?}"), expected);
}

/// Refuses a file, whole and in chunks, and tells by which check. To everybody else all look alike.
fn refused(credentials: &FileCredentials, encrypted: &[u8]) -> Check {
    let whole = credentials.decrypt(encrypted).expect_err("it is not sound");
    for chunks in [&[1000][..], &[usize::MAX], &[0, 15, 17, 16_384]] {
        let (outcome, watched) = stream(credentials, encrypted, chunks);
        let Err(FileError::Open(error)) = outcome else {
            panic!("it was accepted, or refused by the machine");
        };
        assert_eq!(error.detail(), whole.detail());
        let texts = (format!("{error} {error:?}"), FileError::Open(error));
        let same = "the Telegram Passport data could not be opened";
        assert_eq!(texts.0, format!("{same} OpenError"));
        assert_eq!(
            format!("{0} {0:?}", texts.1),
            format!("{same} Open(OpenError)")
        );
        assert_eq!(watched.calls(), (0, 1));
    }
    whole.detail().check()
}
