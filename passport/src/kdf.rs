//! PBKDF2-HMAC-SHA512 with 100 000 rounds and 64 bytes of output: the one slow function of the
//! protocol.
//!
//! Source: protocol reference, sections 8.3 and 9.2.

use pbkdf2::pbkdf2_hmac;
use sha2::Sha512;
use zeroize::Zeroizing;

/// PBKDF2-HMAC-SHA512(password, salt, 100 000, 64).
pub(crate) fn pbkdf2_hmac_sha512(password: &[u8], salt: &[u8]) -> Zeroizing<[u8; 64]> {
    let mut output = Zeroizing::new([0; 64]);
    pbkdf2_hmac::<Sha512>(password, salt, ITERATIONS, &mut *output);
    output
}

/// Rounds of PBKDF2.
const ITERATIONS: u32 = 100_000;
