//! The cryptography of the reference once more, without the crate under test: AES and SHA from their
//! own crates, MD5 from RFC 1321. What the crate seals is opened by this, and the reverse.

use aes::Aes256;
use cbc::cipher::{Block, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use sha2::{Digest, Sha256, Sha512};

/// Ciphertext and hash.
pub(super) struct Sealed {
    pub(super) bytes: Vec<u8>,
    pub(super) hash: [u8; 32],
}

/// Section 8.5, with padding as it is given, right or wrong.
pub(super) fn seal(secret: &[u8; 32], padding: &[u8], plain: &[u8]) -> Sealed {
    let mut bytes = [padding, plain].concat();
    let hash: [u8; 32] = Sha256::digest(&bytes).into();
    encrypt(secret, &hash, &mut bytes);
    Sealed { bytes, hash }
}

/// Section 8.8, steps 4 to 9.
pub(super) fn open(secret: &[u8], hash: &[u8], encrypted: &[u8]) -> Vec<u8> {
    assert!(encrypted.len() >= 32 && encrypted.len().is_multiple_of(16));
    let mut padded = encrypted.to_vec();
    decrypt(secret, hash, &mut padded);
    assert_eq!(Sha256::digest(&padded)[..], *hash, "the hash differs");
    let padding = usize::from(padded[0]);
    assert!(
        (32..=padded.len()).contains(&padding),
        "the padding is wrong"
    );
    padded.split_off(padding)
}

/// Section 8.5, the encrypted secret.
pub(super) fn wrap(passport_secret: &[u8; 32], hash: &[u8; 32], secret: &[u8; 32]) -> Vec<u8> {
    let mut bytes = secret.to_vec();
    encrypt(passport_secret, hash, &mut bytes);
    bytes
}

/// Section 8.9.
pub(super) fn unwrap(passport_secret: &[u8; 32], hash: &[u8], encrypted: &[u8]) -> [u8; 32] {
    let mut bytes = encrypted.to_vec();
    decrypt(passport_secret, hash, &mut bytes);
    let secret: [u8; 32] = bytes.try_into().expect("32 bytes");
    assert_eq!(
        secret.iter().map(|&byte| u32::from(byte)).sum::<u32>() % 255,
        239
    );
    secret
}

/// A secret whose checksum holds.
pub(super) fn secret(fill: u8) -> [u8; 32] {
    let mut secret = [fill; 32];
    secret[0] = 0;
    let sum = secret.iter().map(|&byte| u32::from(byte)).sum::<u32>() % 255;
    secret[0] = ((255 + 239 - sum) % 255) as u8;
    secret
}

/// The shortest padding for so many bytes.
pub(super) fn padding(length: usize) -> Vec<u8> {
    padding_of(32 + (16 - length % 16) % 16)
}

/// Padding of that length, whether it is allowed or not.
pub(super) fn padding_of(length: usize) -> Vec<u8> {
    let mut padding = vec![0xaa; length];
    padding[0] = length as u8;
    padding
}

/// RFC 1321, in lower-case hexadecimal.
pub(super) fn md5(message: &[u8]) -> String {
    const SHIFTS: [[u32; 4]; 4] = [
        [7, 12, 17, 22],
        [5, 9, 14, 20],
        [4, 11, 16, 23],
        [6, 10, 15, 21],
    ];
    let sines: Vec<u32> = (1..=64)
        .map(|i| (f64::from(i).sin().abs() * 4_294_967_296.0) as u32)
        .collect();
    let mut padded = message.to_vec();
    padded.push(0x80);
    padded.resize(padded.len().next_multiple_of(64), 0);
    if padded.len() - message.len() < 9 {
        padded.resize(padded.len() + 64, 0);
    }
    let end = padded.len();
    padded[end - 8..].copy_from_slice(&(message.len() as u64 * 8).to_le_bytes());
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in padded.chunks(64) {
        let words: Vec<u32> = block
            .chunks(4)
            .map(|word| u32::from_le_bytes(word.try_into().expect("4 bytes")))
            .collect();
        let [mut a, mut b, mut c, mut d] = state;
        for i in 0..64 {
            let (mixed, word) = match i / 16 {
                0 => ((b & c) | (!b & d), i),
                1 => ((d & b) | (!d & c), (5 * i + 1) % 16),
                2 => (b ^ c ^ d, (3 * i + 5) % 16),
                _ => (c ^ (b | !d), 7 * i % 16),
            };
            let sum = mixed
                .wrapping_add(a)
                .wrapping_add(sines[i])
                .wrapping_add(words[word]);
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(sum.rotate_left(SHIFTS[i / 16][i % 4]));
        }
        for (state, add) in state.iter_mut().zip([a, b, c, d]) {
            *state = state.wrapping_add(add);
        }
    }
    let bytes = state.iter().flat_map(|word| word.to_le_bytes());
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

/// The examples of RFC 1321, appendix A.5.
#[test]
fn the_md5_of_the_tests_is_that_of_the_rfc() {
    for (message, digest) in [
        ("", "d41d8cd98f00b204e9800998ecf8427e"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        (
            "abcdefghijklmnopqrstuvwxyz",
            "c3fcd3d76192e4007dfb496cca67e13b",
        ),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a",
        ),
    ] {
        assert_eq!(md5(message.as_bytes()), digest);
    }
}

fn key_and_iv(secret: &[u8], hash: &[u8]) -> ([u8; 32], [u8; 16]) {
    let material = Sha512::new()
        .chain_update(secret)
        .chain_update(hash)
        .finalize();
    let key = material[..32].try_into().expect("32 bytes");
    (key, material[32..48].try_into().expect("16 bytes"))
}

fn encrypt(secret: &[u8], hash: &[u8], bytes: &mut [u8]) {
    let (key, iv) = key_and_iv(secret, hash);
    let mut cipher = cbc::Encryptor::<Aes256>::new(&key.into(), &iv.into());
    let (blocks, rest) = Block::<Aes256>::slice_as_chunks_mut(bytes);
    assert!(rest.is_empty());
    cipher.encrypt_blocks(blocks);
}

fn decrypt(secret: &[u8], hash: &[u8], bytes: &mut [u8]) {
    let (key, iv) = key_and_iv(secret, hash);
    let mut cipher = cbc::Decryptor::<Aes256>::new(&key.into(), &iv.into());
    let (blocks, rest) = Block::<Aes256>::slice_as_chunks_mut(bytes);
    assert!(rest.is_empty());
    cipher.decrypt_blocks(blocks);
}
