//! PEM.

use telegram_passport::key::{KeyError, PrivateKey, PublicKey};

use super::meter::bounded;
use super::seeds;

/// PEM, or the DER that is to stand in one: if there is no marker in it, the body writes the markers
/// around the base64 itself, of a private key in both forms and of a public key.
///
/// A key that is taken is written, and what is written is read again as the same key and written the
/// same. Nothing is both a private key and a public one. The text of an error says what to do.
pub fn pem(data: &[u8]) {
    if data.windows(6).any(|it| it == b"-----B") {
        one(data);
        return;
    }
    for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "PUBLIC KEY"] {
        one(wrap(label, data).as_bytes());
    }
}

fn one(text: &[u8]) {
    let most = 16 * text.len() + 64 * 1024;
    let private = bounded(most, || PrivateKey::from_pem_allowing_small(text, 592));
    let public = bounded(most, || PublicKey::from_pem_allowing_small(text, 592));
    assert!(private.is_err() || public.is_err() || several(text));
    if let Some(private) = checked(private) {
        let (pem, half) = (private.to_pem(), private.public_key());
        let again = PrivateKey::from_pem_allowing_small(pem.as_str(), 592);
        let again = again.expect("what is written can be read");
        assert_eq!(again.to_pem().as_str(), pem.as_str());
        assert_eq!(again.public_key(), half);
        let half = PublicKey::from_pem_allowing_small(half.to_pem(), 592);
        assert_eq!(half, Ok(private.public_key()));
    }
    if let Some(public) = checked(public) {
        assert!((592..=16_384).contains(&public.bits()), "{}", public.bits());
        let again = PublicKey::from_pem_allowing_small(public.to_pem(), 592);
        let again = again.expect("what is written can be read");
        assert_eq!(
            (again.to_pem(), again.fingerprint()),
            (public.to_pem(), public.fingerprint())
        );
        // The text is what was given, so that it is what was registered.
        let same = PublicKey::from_pem_allowing_small(public.text(), 592);
        assert_eq!(same, Ok(public));
    }
}

fn checked<T>(read: Result<T, KeyError>) -> Option<T> {
    read.map_err(|error| assert!(!error.to_string().is_empty()))
        .ok()
}

/// A private and a public key may stand in one text, each to be had by who asks for it.
fn several(text: &[u8]) -> bool {
    text.windows(10).filter(|it| it == b"-----BEGIN").count() > 1
}

fn wrap(label: &str, der: &[u8]) -> String {
    use base64ct::{Base64, Encoding};

    let base64 = Base64::encode_string(der);
    format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n")
}

/// Whole texts, and what stands in them.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    use base64ct::{Base64, Encoding};

    let mut seeds = seeds::text_fields("pem", "pem");
    let der = |text: &Vec<u8>| {
        let text = String::from_utf8_lossy(text).replace("\\n", "\n");
        let lines = text.lines().filter(|it| !it.contains(['-', ':']));
        let base64: String = lines.map(str::trim).collect();
        Base64::decode_vec(&base64).ok()
    };
    let ders: Vec<_> = seeds.iter().filter_map(der).collect();
    seeds.extend(ders.into_iter().filter(|it| !it.is_empty()));
    seeds
}
