//! Submissions that are put together here, part by part, so that each part can be changed before the
//! whole is sent through a door.
//!
//! Half of them are encrypted by the few lines here, straight from section 8.5 of the reference, half
//! by the crate: an error that both halves of the crate have in common would show.

use std::collections::BTreeMap;

use aes::Aes256;
use base64ct::{Base64, Encoding};
use cbc::cipher::{Block, BlockModeEncrypt, KeyIvInit};
use conformance::seeded::SeededRng;
use rand_core::Rng;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256, Sha512};
use telegram_passport::ElementType;
use telegram_passport::cipher::{Padding, encrypt_file};
use telegram_passport::key::{CredentialsKey, Refused};
use telegram_passport::secret::{CredentialsSecret, ValueSecret};
use telegram_passport::submission::{FilePart, Part};

/// What a person hands over, and what a service must see of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Content {
    pub(super) kind: ElementType,
    /// The value hash, which is Telegram's.
    pub(super) hash: Vec<u8>,
    /// The fields of the document that are not empty.
    pub(super) fields: Option<BTreeMap<String, String>>,
    /// Phone number or e-mail address.
    pub(super) text: Option<String>,
    /// The files; none for one that was refused after it was fetched.
    pub(super) files: BTreeMap<FilePart, Option<Vec<u8>>>,
}

/// Who encrypts, with which randomness, and how much padding there is.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    rng: SeededRng,
    by_the_crate: bool,
    padding: Amount,
}

/// How much padding.
#[derive(Clone, Copy, Debug)]
enum Amount {
    Random,
    Shortest,
    Exactly(usize),
}

/// Encrypted bytes with what opens them.
#[derive(Clone, Debug)]
pub(super) struct Sealed {
    pub(super) bytes: Vec<u8>,
    pub(super) hash: [u8; 32],
    pub(super) secret: [u8; 32],
}

/// A message as it travels, whichever door it will take.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Message {
    pub(super) data: Vec<u8>,
    pub(super) hash: Vec<u8>,
    pub(super) secret: Vec<u8>,
    pub(super) elements: Vec<Travelling>,
}

/// An element as it travels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Travelling {
    pub(super) kind: ElementType,
    pub(super) hash: Vec<u8>,
    pub(super) text: Option<String>,
    pub(super) parts: BTreeMap<Part, Carried>,
}

/// A part as it travels. The bytes of a file are not in the message: they are what a download gives.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Carried {
    pub(super) bytes: Vec<u8>,
    /// Over MTProto only.
    pub(super) hash: Vec<u8>,
}

/// A message with its plaintext credentials.
#[derive(Clone, Debug)]
pub(super) struct Submitted {
    pub(super) message: Message,
    pub(super) credentials: Value,
    sender: Sender,
}

impl Sender {
    pub(super) fn new(seed: u64, by_the_crate: bool) -> Self {
        Self {
            rng: SeededRng::new(seed),
            by_the_crate,
            padding: Amount::Random,
        }
    }

    /// All that it encrypts from now on has that much padding, which must fit.
    pub(super) fn with_padding(mut self, padding: usize) -> Self {
        self.padding = Amount::Exactly(padding);
        self
    }

    /// All that it encrypts from now on is as short as may be.
    pub(super) fn with_shortest_padding(mut self) -> Self {
        self.padding = Amount::Shortest;
        self
    }

    /// Encrypts everything, with credentials that hold this nonce.
    pub(super) fn submit(mut self, contents: &[Content], nonce: &str) -> Submitted {
        let mut secure_data = Map::new();
        let mut elements = Vec::new();
        for content in contents {
            let mut credentials = Map::new();
            let mut parts = BTreeMap::new();
            let document = content.fields.as_ref().map(|fields| {
                let json = serde_json::to_vec(fields).expect("a map of texts is JSON");
                (Part::Data, json)
            });
            let files = content.files.iter();
            let files = files.filter_map(|(part, file)| Some((Part::File(*part), file.clone()?)));
            for (part, plaintext) in document.into_iter().chain(files) {
                let sealed = self.seal(&plaintext);
                enter(&mut credentials, part, &sealed);
                let (bytes, hash) = (sealed.bytes, sealed.hash.to_vec());
                parts.insert(part, Carried { bytes, hash });
            }
            if content.text.is_none() {
                secure_data.insert(content.kind.name().to_owned(), credentials.into());
            }
            elements.push(Travelling {
                kind: content.kind,
                hash: content.hash.clone(),
                text: content.text.clone(),
                parts,
            });
        }
        let credentials = json!({ "secure_data": secure_data, "nonce": nonce });
        let message = Message {
            data: Vec::new(),
            hash: Vec::new(),
            secret: Vec::new(),
            elements,
        };
        let submitted = Submitted {
            message,
            credentials,
            sender: self,
        };
        submitted.with_credentials(submitted.credentials.to_string().as_bytes())
    }

    /// Encrypts by section 8.5.
    pub(super) fn seal(&mut self, plaintext: &[u8]) -> Sealed {
        let shortest = 32 + (16 - plaintext.len() % 16) % 16;
        let choices = (255 - shortest) / 16 + 1;
        let length = match self.padding {
            Amount::Random => shortest + self.rng.next_u32() as usize % choices * 16,
            Amount::Shortest => shortest,
            Amount::Exactly(length) => length,
        };
        let mut padded = vec![0; length];
        self.rng.fill_bytes(&mut padded);
        padded[0] = padded.len() as u8;
        if self.by_the_crate {
            let padding = Padding::from_bytes(&padded).expect("it has the right form");
            let Ok(secret) = ValueSecret::generate(&mut self.rng);
            let sealed = encrypt_file(plaintext, &padding, &secret).expect("the padding fits");
            return Sealed {
                bytes: sealed.bytes,
                hash: *sealed.hash.as_bytes(),
                secret: *secret.expose(),
            };
        }
        padded.extend_from_slice(plaintext);
        self.seal_padded(&padded)
    }

    /// Encrypts whole blocks as they are, with a right hash: what only a sender can do.
    pub(super) fn seal_padded(&mut self, padded: &[u8]) -> Sealed {
        let mut secret = [0; 32];
        self.rng.fill_bytes(&mut secret);
        let place = self.rng.next_u32() as usize % 32;
        let sum = |secret: &[u8; 32]| secret.iter().map(|&byte| usize::from(byte)).sum::<usize>();
        while sum(&secret) % 255 != 239 {
            secret[place] = secret[place].wrapping_add(1);
        }
        let hash: [u8; 32] = Sha256::digest(padded).into();
        let material = Sha512::digest([secret, hash].concat());
        let (key, iv) = (&material[..32], &material[32..48]);
        let mut cipher = cbc::Encryptor::<Aes256>::new_from_slices(key, iv).expect("their lengths");
        let mut bytes = padded.to_vec();
        let (blocks, rest) = Block::<Aes256>::slice_as_chunks_mut(&mut bytes);
        assert!(rest.is_empty());
        cipher.encrypt_blocks(blocks);
        Sealed {
            bytes,
            hash,
            secret,
        }
    }
}

impl Submitted {
    /// The same elements with other credentials.
    pub(super) fn with_credentials(&self, plaintext: &[u8]) -> Self {
        let mut changed = self.clone();
        let sealed = changed.sender.seal(plaintext);
        changed.message.set_credentials(sealed);
        if let Ok(credentials) = serde_json::from_slice(plaintext) {
            changed.credentials = credentials;
        }
        changed
    }

    /// The same with credentials that were edited.
    pub(super) fn edited(&self, edit: impl FnOnce(&mut Value)) -> Message {
        let mut credentials = self.credentials.clone();
        edit(&mut credentials);
        self.with_credentials(credentials.to_string().as_bytes())
            .message
    }

    /// Another part for the same place, and credentials for it.
    pub(super) fn with_part(&self, element: usize, part: Part, sealed: Sealed) -> Self {
        let mut changed = self.clone();
        let name = changed.message.elements[element].kind.name();
        let secure_data = changed.credentials["secure_data"].as_object_mut();
        let credentials = secure_data.and_then(|it| it[name].as_object_mut());
        enter(credentials.expect("an object"), part, &sealed);
        let (bytes, hash) = (sealed.bytes, sealed.hash.to_vec());
        let parts = &mut changed.message.elements[element].parts;
        parts.insert(part, Carried { bytes, hash });
        let plaintext = changed.credentials.to_string();
        changed.with_credentials(plaintext.as_bytes())
    }

    /// Whoever holds the plaintext credentials: their secret, for another key than [`PlainKey`].
    pub(super) fn secret(&self) -> CredentialsSecret {
        CredentialsSecret::from_slice(&self.message.secret[..32]).expect("it is sound")
    }
}

impl Message {
    pub(super) fn set_credentials(&mut self, sealed: Sealed) {
        self.data = sealed.bytes;
        self.hash = sealed.hash.to_vec();
        self.secret = PlainKey::block(&sealed.secret);
    }

    /// The position of an element.
    pub(super) fn position(&self, kind: ElementType) -> usize {
        let position = self.elements.iter().position(|it| it.kind == kind);
        position.expect("it was sent")
    }

    pub(super) fn part(&mut self, kind: ElementType, part: Part) -> &mut Carried {
        let position = self.position(kind);
        let part = self.elements[position].parts.get_mut(&part);
        part.expect("it was sent")
    }

    /// Exchanges something of two parts.
    pub(super) fn exchange<T: Clone>(
        &mut self,
        one: (ElementType, Part),
        other: (ElementType, Part),
        of: fn(&mut Carried) -> &mut T,
    ) {
        let first = of(self.part(one.0, one.1)).clone();
        let second = std::mem::replace(of(self.part(other.0, other.1)), first);
        *of(self.part(one.0, one.1)) = second;
    }
}

/// Stands in for RSA where thousands of submissions are opened: a block is the secret, its SHA-256,
/// and zeros up to 256 bytes.
#[derive(Debug)]
pub(super) struct PlainKey;

impl PlainKey {
    pub(super) fn block(secret: &[u8]) -> Vec<u8> {
        let mut block = [secret, Sha256::digest(secret).as_slice()].concat();
        block.resize(256, 0);
        block
    }
}

impl CredentialsKey for PlainKey {
    fn open(&self, encrypted: &[u8]) -> Result<CredentialsSecret, Refused> {
        let secret = encrypted.get(..32).ok_or(Refused)?;
        if Self::block(secret) != encrypted {
            return Err(Refused);
        }
        Ok(CredentialsSecret::from_slice(secret)?)
    }
}

/// Writes hash and secret of a part into the credentials of its element.
fn enter(credentials: &mut Map<String, Value>, part: Part, sealed: &Sealed) {
    let (hash, secret) = (base64(&sealed.hash), base64(&sealed.secret));
    match part {
        Part::Data => {
            let value = json!({ "data_hash": hash, "secret": secret });
            credentials.insert("data".into(), value);
        }
        Part::File(part) => {
            let value = json!({ "file_hash": hash, "secret": secret });
            put(credentials, part, value);
        }
    }
}

/// Puts a file into its place: the credentials and the Bot API have the same names for it.
pub(super) fn put(object: &mut Map<String, Value>, part: FilePart, value: Value) {
    let (name, index) = match part {
        FilePart::FrontSide => ("front_side", None),
        FilePart::ReverseSide => ("reverse_side", None),
        FilePart::Selfie => ("selfie", None),
        FilePart::Translation(index) => ("translation", Some(index)),
        FilePart::Files(index) => ("files", Some(index)),
    };
    let Some(index) = index else {
        object.insert(name.into(), value);
        return;
    };
    let list = object.entry(name).or_insert_with(|| json!([]));
    let list = list.as_array_mut().expect("a list");
    match list.get_mut(index) {
        Some(place) => *place = value,
        None => list.push(value),
    }
}

pub(super) fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}
