//! PEM as people have it: with other line ends, indented, between other text, in one line.
//!
//! Stricter where leniency could hide that it is the wrong key: there is one, it is closed, and its
//! base64 is canonical. What is inside is not looked at here.

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use super::KeyError;

/// The longest text that is looked at: 64 KiB.
pub(super) const MAXIMUM_TEXT: usize = 64 * 1024;

/// Columns of base64 in a line, as OpenSSL writes it.
const COLUMNS: usize = 64;

/// Which half of a key pair is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Private,
    Public,
}

/// The text with line ends where `\n` stood written out, as in environment variables.
pub(super) fn read(text: &[u8]) -> Result<Zeroizing<String>, KeyError> {
    if text.len() > MAXIMUM_TEXT {
        return Err(KeyError::TooLong);
    }
    // A SEQUENCE with a long length. The second byte may have become U+FFFD.
    if matches!(text, [0x30, 0x80..=0xff, ..]) {
        return Err(KeyError::Der);
    }
    let text = str::from_utf8(text).map_err(|_| KeyError::NotText)?;
    if text.contains('\0') {
        return Err(KeyError::NotText);
    }
    if text.trim().is_empty() {
        return Err(KeyError::Empty);
    }
    // It never grows, so no copy of a key is left behind.
    let mut copy = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        copy.push_str(before);
        rest = match after.strip_prefix('n') {
            Some(after) => {
                copy.push('\n');
                after
            }
            None => match after.strip_prefix('r') {
                Some(after) => after,
                None => {
                    copy.push('\\');
                    after
                }
            },
        };
    }
    copy.push_str(rest);
    Ok(copy)
}

/// The DER of the one key in a text that [`read`] has returned.
pub(super) fn decode(text: &str, wanted: Wanted) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let blocks = blocks(text)?;
    let fits = |block: &&Block<'_>| block.kind.fits(wanted);
    let mut fitting = blocks.iter().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(block), None) => block.der(),
        (Some(_), Some(_)) => Err(KeyError::Several),
        (None, _) => {
            // A key says more than the certificate or the parameters beside it.
            let telling = blocks.iter().find(|block| block.kind.is_private());
            let telling = telling.or(blocks.first()).map(|block| block.kind);
            Err(telling.map_or_else(|| no_block(text), |kind| kind.refusal(wanted)))
        }
    }
}

/// Writes DER as PEM: lines of 64 characters, LF, a final one too.
pub(super) fn encode(der: &[u8], wanted: Wanted) -> Zeroizing<String> {
    let label = match wanted {
        Wanted::Private => "PRIVATE KEY",
        Wanted::Public => "PUBLIC KEY",
    };
    let base64 = Zeroizing::new(Base64::encode_string(der));
    let lines = base64.len() / COLUMNS + 1;
    let mut text = Zeroizing::new(String::with_capacity(base64.len() + lines + 100));
    text.push_str(BEGIN);
    text.push_str(label);
    text.push_str("-----\n");
    let mut rest: &str = &base64;
    while !rest.is_empty() {
        let (line, after) = rest.split_at_checked(COLUMNS).unwrap_or((rest, ""));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str(END);
    text.push_str(label);
    text.push_str("-----\n");
    text
}

/// What stands between two markers.
struct Block<'a> {
    kind: Kind,
    body: &'a str,
}

impl Block<'_> {
    fn der(&self) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let mut base64 = Zeroizing::new(String::with_capacity(self.body.len()));
        for line in self.body.lines() {
            // Headers, as in `Proc-Type: 4,ENCRYPTED`, stand before the base64.
            if base64.is_empty() && line.contains(':') {
                continue;
            }
            line.split_ascii_whitespace()
                .for_each(|piece| base64.push_str(piece));
        }
        let mut der = Zeroizing::new(vec![0; base64.len()]);
        let decoded = Base64::decode(base64.as_str(), &mut der);
        let length = decoded.map_err(|_| KeyError::NotBase64)?.len();
        der.truncate(length);
        if der.is_empty() {
            Err(KeyError::Damaged)
        } else {
            Ok(der)
        }
    }
}

/// What a PEM holds by its label.
#[derive(Clone, Copy)]
enum Kind {
    Private,
    Encrypted,
    OpenSsh,
    OtherPrivate(&'static str),
    Public,
    Pkcs1Public,
    Certificate,
    Unknown,
}

impl Kind {
    fn of(label: &str, body: &str) -> Self {
        match label {
            "PRIVATE KEY" | "RSA PRIVATE KEY" => {
                let encrypted = |line: &str| {
                    let header = line.trim_start().strip_prefix("Proc-Type:");
                    header.is_some_and(|value| value.contains("ENCRYPTED"))
                };
                if body.lines().any(encrypted) {
                    Self::Encrypted
                } else {
                    Self::Private
                }
            }
            "ENCRYPTED PRIVATE KEY" => Self::Encrypted,
            "OPENSSH PRIVATE KEY" => Self::OpenSsh,
            "EC PRIVATE KEY" | "EC PARAMETERS" => Self::OtherPrivate("elliptic-curve"),
            "DSA PRIVATE KEY" | "DSA PARAMETERS" => Self::OtherPrivate("DSA"),
            "PUBLIC KEY" => Self::Public,
            "RSA PUBLIC KEY" => Self::Pkcs1Public,
            "CERTIFICATE"
            | "X509 CERTIFICATE"
            | "TRUSTED CERTIFICATE"
            | "CERTIFICATE REQUEST"
            | "NEW CERTIFICATE REQUEST" => Self::Certificate,
            _ => Self::Unknown,
        }
    }

    fn fits(self, wanted: Wanted) -> bool {
        match wanted {
            Wanted::Private => matches!(self, Self::Private),
            Wanted::Public => matches!(self, Self::Public),
        }
    }

    fn is_private(self) -> bool {
        matches!(
            self,
            Self::Private | Self::Encrypted | Self::OpenSsh | Self::OtherPrivate(_)
        )
    }

    fn refusal(self, wanted: Wanted) -> KeyError {
        match self {
            Self::OtherPrivate(found) => KeyError::NotRsa { found },
            Self::Certificate => KeyError::Certificate {
                private_wanted: wanted == Wanted::Private,
            },
            Self::Unknown => KeyError::NoKey,
            Self::Public | Self::Pkcs1Public if wanted == Wanted::Private => KeyError::PublicKey,
            Self::Pkcs1Public => KeyError::Pkcs1Public,
            Self::Encrypted if wanted == Wanted::Private => KeyError::Encrypted,
            Self::OpenSsh if wanted == Wanted::Private => KeyError::OpenSsh,
            Self::Private | Self::Public | Self::Encrypted | Self::OpenSsh => KeyError::PrivateKey,
        }
    }
}

/// Every block, each from its `BEGIN` line to the `END` line of the same label.
fn blocks(text: &str) -> Result<Vec<Block<'_>>, KeyError> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(BEGIN) {
        let (label, after) = after.split_once("-----").ok_or(KeyError::Unclosed)?;
        let (body, after) = after.split_once(END).ok_or(KeyError::Unclosed)?;
        let after = after.strip_prefix(label).ok_or(KeyError::Unclosed)?;
        rest = after.strip_prefix("-----").ok_or(KeyError::Unclosed)?;
        if body.contains(BEGIN) {
            return Err(KeyError::Unclosed);
        }
        let kind = Kind::of(label, body);
        blocks.push(Block { kind, body });
    }
    Ok(blocks)
}

fn no_block(text: &str) -> KeyError {
    match text.trim_start().starts_with("ssh-") {
        true => KeyError::OpenSshPublic,
        false => KeyError::NoMarkers,
    }
}

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
