//! PBKDF2-HMAC-SHA512 with 100 000 rounds and 64 bytes of output: the one slow function of the
//! protocol.
//!
//! Written on the compression function of `sha2`, where the crate `pbkdf2` is generic: generic code
//! is compiled where it is used, so without optimisation in a debug build, and takes ten times as
//! long there. A debug build of this loop spends its time within `sha2`, which is optimised in every
//! profile. The keyed states, as good as the password, are overwritten here, too.
//!
//! Source: protocol reference, sections 8.3 and 9.2.

use sha2::block_api::compress512;
use sha2::{Digest, Sha512};
use zeroize::{Zeroize, Zeroizing};

/// PBKDF2-HMAC-SHA512(password, salt, 100 000, 64).
pub(crate) fn pbkdf2_hmac_sha512(password: &[u8], salt: &[u8]) -> Zeroizing<[u8; 64]> {
    let key = block_of_key(password);
    let (inner_pad, outer_pad) = (padded(&key, 0x36), padded(&key, 0x5c));
    let (inner_start, outer_start) = (started(&inner_pad), started(&outer_pad));

    // The first round is over the salt and the number of the block of output, which is the only one.
    let mut inner = Zeroizing::new([0; 64]);
    let digest = Sha512::new().chain_update(*inner_pad).chain_update(salt);
    let digest = digest.chain_update(1_u32.to_be_bytes());
    digest.finalize_into((&mut *inner).into());
    let mut output = Zeroizing::new([0; 64]);
    let digest = Sha512::new().chain_update(*outer_pad).chain_update(*inner);
    digest.finalize_into((&mut *output).into());

    // The others are over 64 bytes each. All of them fill one block, with the same padding.
    let mut block = Zeroizing::new([[0; 8]; BLOCK / 8]);
    let (mut state, mut sum) = (Zeroizing::new([0; 8]), Zeroizing::new([0; 8]));
    let (block, state, sum) = (&mut *block, &mut *state, &mut *sum);
    for ((word, bytes), start) in sum.iter_mut().zip(&mut *block).zip(output.chunks_exact(8)) {
        bytes.copy_from_slice(start);
        *word = u64::from_be_bytes(*bytes);
    }
    block[8] = [0x80, 0, 0, 0, 0, 0, 0, 0];
    block[15] = MESSAGE_BITS.to_be_bytes();
    for _ in 1..ITERATIONS {
        for start in [&inner_start, &outer_start] {
            *state = **start;
            compress512(state, block.as_flattened().as_chunks().0);
            // Iterators would take longer than the hashing in a debug build.
            let mut at = 0;
            while at < 8 {
                block[at] = state[at].to_be_bytes();
                at += 1;
            }
        }
        let mut at = 0;
        while at < 8 {
            sum[at] ^= state[at];
            at += 1;
        }
    }
    for (bytes, word) in output.chunks_exact_mut(8).zip(sum) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    output
}

/// The password as a key of one block: its hash if it is longer than that.
fn block_of_key(password: &[u8]) -> Zeroizing<[u8; BLOCK]> {
    let mut key = Zeroizing::new([0; BLOCK]);
    if password.len() <= BLOCK {
        for (to, from) in key.iter_mut().zip(password) {
            *to = *from;
        }
    } else {
        let mut hash: [u8; 64] = Sha512::digest(password).into();
        for (to, from) in key.iter_mut().zip(hash) {
            *to = from;
        }
        hash.zeroize();
    }
    key
}

fn padded(key: &[u8; BLOCK], pad: u8) -> Zeroizing<[u8; BLOCK]> {
    let mut padded = Zeroizing::new(*key);
    padded.iter_mut().for_each(|byte| *byte ^= pad);
    padded
}

/// The state of SHA-512 after this block.
fn started(block: &[u8; BLOCK]) -> Zeroizing<[u64; 8]> {
    let mut state = Zeroizing::new(INITIAL);
    compress512(&mut state, core::slice::from_ref(block));
    state
}

/// Rounds of PBKDF2.
const ITERATIONS: u32 = 100_000;

/// Length of a block of SHA-512, in bytes.
const BLOCK: usize = 128;

/// What SHA-512 hashes in one half of a round: the padded key and a hash, in bits.
const MESSAGE_BITS: u64 = 8 * (128 + 64);

/// The initial state of SHA-512 (FIPS 180-4, section 5.3.5).
const INITIAL: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];
