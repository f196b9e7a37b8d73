//! A client by hand, to test the simulated Telegram with: it knows nothing of the client flows of
//! the crate, and its arithmetic is the formula of the reference, section 9.4.

use std::collections::BTreeMap;
use std::sync::Mutex;

use num_bigint::BigUint;
use sha2::{Digest, Sha256, Sha512};
use telegram_passport::cipher::{Padding, encrypt_data, encrypt_file};
use telegram_passport::client::{Connection, Failure, wait};
use telegram_passport::secret::{PassportSecret, ValueSecret};
use telegram_passport::testing::{
    Account, Bot, Randomness, SimulatedConnection, SimulationError, Telegram,
};
use telegram_passport::wrap::{PasswordKdf, wrap_passport_secret, wrap_value_secret};
use telegram_passport_tl::{Identifiable, RemoteCall, enums, functions, types};

/// The user's client: a connection and nothing else.
pub(super) struct Hand {
    pub(super) account: Account,
    pub(super) connection: SimulatedConnection,
    pub(super) random: Randomness,
}

impl Hand {
    pub(super) fn new(telegram: &Telegram) -> Self {
        let account = telegram.account("+15550100");
        Self {
            connection: account.connection(),
            account,
            random: Randomness::new(77),
        }
    }

    /// With the password "passport" and a passport secret.
    pub(super) fn with_secret(telegram: &Telegram) -> (Self, PassportSecret) {
        let mut hand = Self::new(telegram);
        hand.set_password("passport");
        let secret = hand.set_secret("passport");
        (hand, secret)
    }

    pub(super) fn call<F: RemoteCall + Identifiable>(&self, call: &F) -> Answer<F> {
        wait(self.connection.invoke(call))
    }

    pub(super) fn password(&self) -> enums::account::Password {
        let state = self.call(&functions::account::GetPassword {});
        state.expect("it never fails")
    }

    /// The proof of a password for the next call.
    pub(super) fn proof(&mut self, password: &str) -> enums::InputCheckPasswordSrp {
        let state = self.password();
        let current = state.has_password.as_ref().expect("there is a password");
        let a = BigUint::from_bytes_be(&bytes(&mut self.random, 256));
        let (a, m1) = proof(password, &current.current_algo, &current.srp_b, &a);
        let srp_id = current.srp_id;
        types::InputCheckPasswordSrp { srp_id, a, m1 }.into()
    }

    pub(super) fn update(
        &self,
        password: enums::InputCheckPasswordSrp,
        new_settings: types::account::PasswordInputSettings,
    ) -> Answer<functions::account::UpdatePasswordSettings> {
        let new_settings = new_settings.into();
        self.call(&functions::account::UpdatePasswordSettings {
            password,
            new_settings,
        })
    }

    pub(super) fn set_password(&mut self, password: &str) {
        let settings = types::account::PasswordInputSettings {
            new_algo: Some(self.new_password(password)),
            ..nothing()
        };
        let empty = enums::InputCheckPasswordSrp::InputCheckPasswordEmpty;
        assert!(self.update(empty, settings).expect("it is set"));
    }

    /// What sets a password: salts extended, verifier computed.
    pub(super) fn new_password(
        &mut self,
        password: &str,
    ) -> types::account::PasswordInputSettingsNewAlgo {
        let state = self.password();
        let mut algorithm = mod_pow(&state.new_algo).clone();
        algorithm.salt1.extend(bytes(&mut self.random, 32));
        let x = x(password, &algorithm);
        let g = BigUint::from(u32::try_from(algorithm.g).expect("positive"));
        let p = BigUint::from_bytes_be(&algorithm.p);
        types::account::PasswordInputSettingsNewAlgo {
            new_password_hash: pad(&g.modpow(&x, &p)),
            new_algo: algorithm.into(),
            hint: "a hint".to_owned(),
        }
    }

    pub(super) fn set_secret(&mut self, password: &str) -> PassportSecret {
        let secret = PassportSecret::generate(&mut self.random).expect("never fails");
        let settings = types::account::PasswordInputSettings {
            new_secure_settings: Some(self.secret_settings(&secret, password).into()),
            ..nothing()
        };
        let proof = self.proof(password);
        assert!(self.update(proof, settings).expect("it is stored"));
        secret
    }

    pub(super) fn secret_settings(
        &mut self,
        secret: &PassportSecret,
        password: &str,
    ) -> types::SecureSecretSettings {
        let state = self.password();
        let enums::SecurePasswordKdfAlgo::Pbkdf2Hmacsha512iter100000(algorithm) =
            &state.new_secure_algo
        else {
            panic!("an algorithm that cannot be used");
        };
        let mut salt = algorithm.salt.clone();
        salt.extend(bytes(&mut self.random, 32));
        let kdf = PasswordKdf::Pbkdf2 { salt: salt.clone() };
        types::SecureSecretSettings {
            secure_algo: types::SecurePasswordKdfAlgoPbkdf2Hmacsha512iter100000 { salt }.into(),
            secure_secret: wrap_passport_secret(secret, password, &kdf).to_vec(),
            secure_secret_id: secret.id(),
        }
    }

    /// Sealed data.
    pub(super) fn data(&mut self, secret: &PassportSecret, json: &str) -> enums::SecureData {
        let random = &mut self.random;
        let value = ValueSecret::generate(random).expect("never fails");
        let padding = Padding::random(random, json.len()).expect("never fails");
        let sealed = encrypt_data(json.as_bytes(), &padding, &value).expect("it fits");
        types::SecureData {
            data: sealed.bytes,
            data_hash: sealed.hash.as_bytes().to_vec(),
            secret: wrap_value_secret(secret, &sealed.hash, &value).to_vec(),
        }
        .into()
    }

    /// A sealed file, uploaded in parts of 1 KiB.
    pub(super) fn file(&mut self, secret: &PassportSecret, plain: &[u8]) -> enums::InputSecureFile {
        let random = &mut self.random;
        let value = ValueSecret::generate(random).expect("never fails");
        let padding = Padding::random(random, plain.len()).expect("never fails");
        let sealed = encrypt_file(plain, &padding, &value).expect("it fits");
        let id = i64::from_le_bytes(bytes(random, 8).try_into().expect("8 bytes"));
        let parts = self.upload(id, &sealed.bytes, 1024);
        types::InputSecureFileUploaded {
            id,
            parts,
            md5_checksum: String::new(),
            file_hash: sealed.hash.as_bytes().to_vec(),
            secret: wrap_value_secret(secret, &sealed.hash, &value).to_vec(),
        }
        .into()
    }

    pub(super) fn upload(&self, id: i64, content: &[u8], size: usize) -> i32 {
        for (number, part) in content.chunks(size).enumerate() {
            let part = save_part(id, number, part);
            assert!(self.call(&part).expect("the part is taken"));
        }
        i32::try_from(content.chunks(size).count()).expect("few parts")
    }

    pub(super) fn save(
        &self,
        value: types::InputSecureValue,
        secret_id: i64,
    ) -> Answer<functions::account::SaveSecureValue> {
        self.call(&functions::account::SaveSecureValue {
            value: value.into(),
            secure_secret_id: secret_id,
        })
    }

    /// A saved passport: data and front side.
    pub(super) fn save_passport(&mut self, secret: &PassportSecret) -> enums::SecureValue {
        let value = types::InputSecureValue {
            data: Some(self.data(secret, r#"{"document_no":"AB123456"}"#)),
            front_side: Some(self.file(secret, b"front side")),
            ..empty(enums::SecureValueType::Passport)
        };
        self.save(value, secret.id()).expect("it is saved")
    }
}

pub(super) type Answer<F> = Result<<F as RemoteCall>::Return, Failure<SimulationError>>;

/// Code and name of the error, with the number in its place.
pub(super) fn refusal<T>(answer: Result<T, Failure<SimulationError>>) -> String {
    match answer {
        Ok(_) => panic!("it was not refused"),
        Err(Failure::Rpc(error)) => match error.value() {
            Some(value) => format!("{} {} {value}", error.code(), error.name()),
            None => format!("{} {}", error.code(), error.name()),
        },
        Err(other) => panic!("this is no refusal: {other}"),
    }
}

pub(super) fn bot_call<F: RemoteCall + Identifiable>(bot: &Bot, call: &F) -> Answer<F> {
    wait(bot.connection().invoke(call))
}

/// Settings that change nothing.
pub(super) fn nothing() -> types::account::PasswordInputSettings {
    types::account::PasswordInputSettings {
        new_algo: None,
        email: None,
        new_secure_settings: None,
    }
}

/// A value without parts.
pub(super) fn empty(r#type: enums::SecureValueType) -> types::InputSecureValue {
    types::InputSecureValue {
        r#type,
        data: None,
        front_side: None,
        reverse_side: None,
        selfie: None,
        translation: None,
        files: None,
        plain_data: None,
    }
}

pub(super) fn save_part(
    file_id: i64,
    number: usize,
    part: &[u8],
) -> functions::upload::SaveFilePart {
    functions::upload::SaveFilePart {
        file_id,
        file_part: i32::try_from(number).expect("few parts"),
        bytes: part.to_vec(),
    }
}

pub(super) fn bytes(random: &mut Randomness, length: usize) -> Vec<u8> {
    use rand_core::TryRng;
    let mut bytes = vec![0; length];
    random.try_fill_bytes(&mut bytes).expect("never fails");
    bytes
}

/// `A` and `M1` for the secret number `a`.
pub(super) fn proof(
    password: &str,
    algorithm: &enums::PasswordKdfAlgo,
    srp_b: &[u8],
    a: &BigUint,
) -> (Vec<u8>, Vec<u8>) {
    let algorithm = mod_pow(algorithm);
    let p = BigUint::from_bytes_be(&algorithm.p);
    let g = BigUint::from(u32::try_from(algorithm.g).expect("positive"));
    let x = x(password, algorithm);
    let b = BigUint::from_bytes_be(srp_b);
    let big_a = g.modpow(a, &p);
    let k = number(&[&pad(&p), &pad(&g)]);
    let u = number(&[&pad(&big_a), &pad(&b)]);
    let t = (&b + &p - k * g.modpow(&x, &p) % &p) % &p;
    let s = t.modpow(&(a + u * x), &p);
    let mixed: Vec<u8> = hash(&[&pad(&p)])
        .iter()
        .zip(hash(&[&pad(&g)]))
        .map(|(p, g)| p ^ g)
        .collect();
    let m1 = hash(&[
        &mixed,
        &hash(&[&algorithm.salt1]),
        &hash(&[&algorithm.salt2]),
        &pad(&big_a),
        &pad(&b),
        &hash(&[&pad(&s)]),
    ]);
    (pad(&big_a), m1.to_vec())
}

type ModPow = types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow;

fn mod_pow(algorithm: &enums::PasswordKdfAlgo) -> &ModPow {
    match algorithm {
        enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(it) => it,
        enums::PasswordKdfAlgo::Unknown => panic!("an algorithm that cannot be used"),
    }
}

/// Slow, so what was computed once is kept.
fn x(password: &str, algorithm: &ModPow) -> BigUint {
    static KNOWN: Mutex<BTreeMap<Vec<u8>, BigUint>> = Mutex::new(BTreeMap::new());
    let (salt1, salt2) = (&algorithm.salt1, &algorithm.salt2);
    let key = [password.as_bytes(), salt1, salt2].concat();
    if let Some(known) = KNOWN.lock().expect("nothing panics").get(&key) {
        return known.clone();
    }
    let ph1 = hash(&[salt1, password.as_bytes(), salt1]);
    let ph1 = hash(&[salt2, &ph1, salt2]);
    let mut stretched = [0; 64];
    pbkdf2::pbkdf2_hmac::<Sha512>(&ph1, salt1, 100_000, &mut stretched);
    let x = number(&[salt2, &stretched, salt2]);
    KNOWN.lock().expect("nothing panics").insert(key, x.clone());
    x
}

fn number(parts: &[&[u8]]) -> BigUint {
    BigUint::from_bytes_be(&hash(parts))
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    Sha256::digest(parts.concat()).into()
}

pub(super) fn pad(number: &BigUint) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    [vec![0; 256 - bytes.len()], bytes].concat()
}
