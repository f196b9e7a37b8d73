//! Encrypted values and files, and what leads to them.

use std::io;

use telegram_passport::cipher::{decrypt_credentials, decrypt_data, decrypt_file};
use telegram_passport::file::{
    Decryptor, FileCredentials, FileError, ImageReport, Memory, Quarantine, Verified, bot_api,
};
use telegram_passport::hash::{CredentialsHash, DataHash, FileHash};
use telegram_passport::secret::{CredentialsSecret, ValueSecret};

use super::meter::bounded;
use super::seal::{OTHER, SECRET, seal};
use super::seeds;

/// A byte that says what is tampered with, and bytes that are encrypted as they are, with a right hash.
///
/// They open exactly if they are whole blocks with a padding of 32 to 255 bytes, in all three kinds of
/// values; what comes out is what stands behind the padding. A bit that differs in the encrypted bytes
/// or in the hash, or another secret, is refused with the one text.
pub fn value_decrypt(data: &[u8]) {
    let Some((&tampered, padded)) = data.split_first() else {
        return;
    };
    let (bytes, hash) = seal(padded, &SECRET);
    let expected = content(padded);
    for opened in decrypt_three_ways(&bytes, hash, SECRET) {
        assert_eq!(opened.as_deref(), expected);
    }
    let mut changed = bytes.clone();
    let at = usize::from(tampered) * 37 % (8 * bytes.len().max(1));
    if let Some(byte) = changed.get_mut(at / 8) {
        *byte ^= 1 << (at % 8);
        refused(&changed, hash, SECRET);
    }
    let mut other_hash = hash;
    other_hash[usize::from(tampered) / 8] ^= 1 << (tampered % 8);
    refused(&bytes, other_hash, SECRET);
    // The bytes of nothing are the same under any secret.
    if !bytes.is_empty() {
        refused(&bytes, hash, OTHER);
    }
}

/// What stands behind the padding, if there is a padding as section 8.5 has it.
fn content(padded: &[u8]) -> Option<&[u8]> {
    let &length = padded.first()?;
    if !padded.len().is_multiple_of(16) || length < 32 {
        return None;
    }
    padded.get(usize::from(length)..)
}

fn refused(bytes: &[u8], hash: [u8; 32], secret: [u8; 32]) {
    for opened in decrypt_three_ways(bytes, hash, secret) {
        assert_eq!(opened, None);
    }
}

/// As data, as a file from a slice, and as credentials; nothing if refused.
fn decrypt_three_ways(bytes: &[u8], hash: [u8; 32], secret: [u8; 32]) -> [Option<Vec<u8>>; 3] {
    let value_secret = ValueSecret::from_slice(&secret).expect("its checksum is right");
    let credentials_secret = CredentialsSecret::from_slice(&secret).expect("its checksum is right");
    let data_hash = DataHash::from_slice(&hash).expect("32 bytes");
    let file_hash = FileHash::from_slice(&hash).expect("32 bytes");
    let credentials_hash = CredentialsHash::from_slice(&hash).expect("32 bytes");
    let most = bytes.len() + 1024;
    let opened = [
        bounded(most, || {
            decrypt_data(&value_secret, &data_hash, bytes.to_vec())
        }),
        bounded(most, || decrypt_file(&value_secret, &file_hash, bytes)),
        bounded(most, || {
            decrypt_credentials(&credentials_secret, &credentials_hash, bytes)
        }),
    ];
    opened.map(|opened| match opened {
        Ok(plaintext) => Some(plaintext.as_bytes().to_vec()),
        Err(error) => {
            assert_eq!(error.to_string(), TEXT);
            None
        }
    })
}

/// A byte and two for the length and the pieces of a file, and the start of its padded content, which is
/// repeated up to that length.
///
/// What comes out of the stream, whatever the pieces it comes in, is what comes out of the file as a
/// whole; what is refused as a whole releases nothing. The decryptor holds 16 KiB and a bit, whatever
/// the size. A limit that is exceeded ends it.
pub fn file_stream(data: &[u8]) {
    let Some((&[tampered, blocks, rhythm], start)) = data.split_first_chunk() else {
        return;
    };
    let length = start.len().max(usize::from(blocks) * 272);
    let mut padded: Vec<u8> = start.iter().copied().cycle().take(length).collect();
    // Two of three are whole blocks: the others are refused early.
    if rhythm % 3 > 0 {
        padded.truncate(padded.len() / 16 * 16);
    }
    let (mut bytes, hash) = seal(&padded, &SECRET);
    let mut expected = content(&padded).map(<[u8]>::to_vec);
    if tampered > 0
        && let Some(byte) = bytes.get_mut(usize::from(tampered - 1) * 131 % length.max(1))
    {
        *byte ^= tampered;
        expected = None;
    }
    let hash = FileHash::from_slice(&hash).expect("32 bytes");
    let secret = ValueSecret::from_slice(&SECRET).expect("its checksum is right");
    let credentials = FileCredentials::new(hash, secret);
    let whole = credentials.decrypt(&*bytes).ok();
    assert_eq!(whole.map(|it| it.as_bytes().to_vec()), expected);

    let stream = stream(&credentials, &bytes, rhythm, Memory::new(), u64::MAX);
    assert_eq!(stream.ok().map(|it| it.as_bytes().to_vec()), expected);
    let sink = Sink::default();
    let held = bounded(24 * 1024, || {
        self::stream(&credentials, &bytes, rhythm, sink, u64::MAX).ok()
    });
    assert_eq!(held, expected.as_ref().map(Vec::len));
    let read = Decryptor::new(&credentials, Sink::default()).read_all(&*bytes, |_| {});
    assert_eq!(read.ok(), held);

    if let Some(limit) = (bytes.len() as u64).checked_sub(1) {
        let limited = self::stream(&credentials, &bytes, rhythm, Sink::default(), limit);
        assert!(
            matches!(limited, Err(FileError::TooLarge { .. })),
            "{limited:?}"
        );
    }
}

/// Pushes pieces whose lengths follow from `rhythm`; some of them are empty.
fn stream<Q: Quarantine>(
    credentials: &FileCredentials,
    mut bytes: &[u8],
    rhythm: u8,
    quarantine: Q,
    limit: u64,
) -> Result<Q::Released, FileError> {
    let mut decryptor = Decryptor::new(credentials, quarantine).with_limit(limit);
    let mut step = u32::from(rhythm) + 1;
    while !bytes.is_empty() {
        step = step.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        let length = (step >> 16) as usize % [1, 17, 700, 40_000][usize::from(rhythm % 4)];
        let piece = if rhythm.is_multiple_of(4) {
            1 + length
        } else {
            length
        };
        let (now, later) = bytes.split_at(piece.min(bytes.len()));
        decryptor.push(now)?;
        bytes = later;
    }
    decryptor.finish()
}

/// Counts what it is given, and keeps none of it.
#[derive(Default)]
struct Sink {
    written: usize,
}

impl Quarantine for Sink {
    type Released = usize;

    fn write(&mut self, plaintext: &[u8]) -> io::Result<()> {
        self.written += plaintext.len();
        Ok(())
    }

    fn release(self, _: Verified) -> io::Result<usize> {
        Ok(self.written)
    }

    fn discard(self) {}
}

/// A file as a picture.
///
/// What its start says is never another thing than what the whole says; nothing is held for it.
pub fn image(data: &[u8]) {
    let whole = bounded(0, || ImageReport::of(data));
    assert_eq!(whole.length(), data.len() as u64);
    assert_eq!(whole.is_jpeg(), data.starts_with(&[0xff, 0xd8, 0xff]));
    for kept in [data.len() / 2, data.len().saturating_sub(1), 12] {
        let start = data.get(..kept).unwrap_or(data);
        let report = ImageReport::of_start(start, data.len() as u64);
        assert!(report.size().is_none() || report.size() == whole.size());
        if start.len() >= 12 {
            assert_eq!(report.format(), whole.format());
        }
    }
    if let Some(size) = whole.size() {
        assert!(size.width() > 0 && size.height() > 0);
        let behind = [data, data].concat();
        assert_eq!(ImageReport::of(&behind).size(), Some(size));
    }
    assert!(whole.findings().all(|it| !it.to_string().is_empty()));
}

/// An answer to `getFile`.
///
/// The path stays below the folder that it is added to, however often it is decoded, and needs no
/// further encoding.
pub fn file_path(data: &[u8]) {
    let Ok(path) = bounded(256 * data.len() + 64 * 1024, || bot_api::file_path(data)) else {
        return;
    };
    let plain = |it: u8| it.is_ascii_alphanumeric() || b"/-._~%".contains(&it);
    assert!(path.bytes().all(plain), "{path}");
    let mut decoded = path.clone();
    for _ in 0..3 {
        assert!(!decoded.starts_with('/'), "{path}");
        for segment in decoded.split(['/', '\\']) {
            assert!(!matches!(segment, "" | "." | ".."), "{path}");
        }
        decoded = undo_percent(&decoded);
    }
}

/// Decodes percent signs as a careless server does.
fn undo_percent(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|it| str::from_utf8(it).ok());
        let digits = digits.filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
        match digits.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

pub(super) fn seeds_of_values() -> Vec<Vec<u8>> {
    let padded = padded_values().into_iter().enumerate();
    padded
        .map(|(at, it)| [vec![at as u8], it].concat())
        .collect()
}

pub(super) fn seeds_of_streams() -> Vec<Vec<u8>> {
    let padded = padded_values().into_iter().enumerate();
    let head = |at: usize| vec![(at % 3) as u8, (at * 29) as u8, at as u8];
    padded.map(|(at, it)| [head(at), it].concat()).collect()
}

/// Those of the vectors, and one for each edge of what a padding may be.
fn padded_values() -> Vec<Vec<u8>> {
    let mut padded = seeds::hex_fields("value", "padded");
    for claimed in [0, 1, 15, 16, 31, 32, 33, 48, 254, 255] {
        for length in [16, 31, 32, 48, 255, 256, 512] {
            let mut value: Vec<u8> = (0..length).map(|it: u32| it as u8).collect();
            value[0] = claimed;
            padded.push(value);
        }
    }
    padded
}

pub(super) fn seeds_of_images() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = [
        &b"%PDF-1.7\n"[..],
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\0\0\0\x18ftypheic\0\0\0\0",
    ]
    .map(<[u8]>::to_vec)
    .into();
    // Start of image, a segment of an application, the frame header, start of scan.
    let frame = b"\xff\xc0\0\x11\x08\x02\x58\x03\x20\x03\x01\x22\0\x02\x11\x01\x03\x11\x01";
    let app = b"\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0";
    let scan = b"\xff\xda\0\x0c\x03\x01\0\x02\x11\x03\x11\0\x3f\0\x12\x34\xff\xd9";
    seeds.push([b"\xff\xd8", &app[..], frame, scan].concat());
    seeds.push([b"\xff\xd8", &frame[..]].concat());
    seeds.push([b"\xff\xd8\xff\xff", &app[..], app, &frame[..7]].concat());
    seeds
}

pub(super) fn seeds_of_paths() -> Vec<Vec<u8>> {
    let paths = [
        "passport/file_7.jpg",
        "passport/file 7",
        "passport/%2e%2e/token",
        "../x",
        "/var/lib/file",
        "a\\\\b",
        "\\u00e4/\\ud83d\\ude00",
    ];
    let answer = |path| format!(r#"{{"ok":true,"result":{{"file_id":"A","file_path":"{path}"}}}}"#);
    let mut seeds: Vec<_> = paths.into_iter().map(answer).collect();
    seeds.push(
        r#"{"ok":false,"error_code":429,"description":"wait","parameters":{"retry_after":5}}"#
            .to_owned(),
    );
    seeds.into_iter().map(String::into_bytes).collect()
}

/// The one text of everything that does not open.
pub(super) const TEXT: &str = "the Telegram Passport data could not be opened";
