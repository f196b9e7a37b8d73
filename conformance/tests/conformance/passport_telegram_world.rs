//! A user whose passport secret is known, a bot that asks, and what passes between them: for tests
//! of the simulated Telegram.

use std::sync::OnceLock;

use base64ct::{Base64, Encoding};
use serde_json::json;
use telegram_passport::cipher::{Padding, encrypt_credentials};
use telegram_passport::client::{Connection, wait};
use telegram_passport::file::mtproto::Download;
use telegram_passport::hash::{DataHash, FileHash};
use telegram_passport::key::{PrivateKey, PublicKey};
use telegram_passport::link::RequestLink;
use telegram_passport::nonce::Nonce;
use telegram_passport::scope::Scope;
use telegram_passport::secret::{CredentialsSecret, PassportSecret};
use telegram_passport::testing::{Bot, Randomness, Telegram};
use telegram_passport::wrap::{PartHash, unwrap_value_secret};
use telegram_passport_tl::{enums, functions, types};

use super::passport_telegram_hand::{Answer, Hand, empty};

pub(super) const SCOPE: &str = r#"{"v":1,"d":["pp","em"]}"#;

pub(super) type Type = enums::SecureValueType;

/// A user with a passport secret, and a bot.
pub(super) struct World {
    pub(super) hand: Hand,
    pub(super) secret: PassportSecret,
    pub(super) bot: Bot,
    pub(super) private: PrivateKey,
    pub(super) nonce: Nonce,
}

impl World {
    pub(super) fn new() -> Self {
        static KEY: OnceLock<String> = OnceLock::new();
        let pem = KEY.get_or_init(|| {
            let key = PrivateKey::generate(&mut Randomness::new(1)).expect("a key");
            key.to_pem().as_str().to_owned()
        });
        let private = PrivateKey::from_pem(pem).expect("a key");
        let telegram = Telegram::new();
        let bot = telegram.bot(private.public_key().text());
        let mut hand = Hand::new(&telegram);
        hand.account.set_password("passport");
        let secret = PassportSecret::generate(&mut hand.random).expect("never fails");
        // Stored without a password at all: no test here opens it.
        let algorithm = types::SecurePasswordKdfAlgoSha512 { salt: vec![] };
        hand.account.set_secret(Some(types::SecureSecretSettings {
            secure_algo: algorithm.into(),
            secure_secret: vec![0; 32],
            secure_secret_id: secret.id(),
        }));
        let nonce = Nonce::generate(&mut hand.random).expect("never fails");
        Self {
            hand,
            secret,
            bot,
            private,
            nonce,
        }
    }

    pub(super) fn key(&self) -> &'static str {
        static TEXT: OnceLock<String> = OnceLock::new();
        TEXT.get_or_init(|| self.private.public_key().text().to_owned())
    }

    pub(super) fn link(&self, scope: &str) -> RequestLink {
        let link = RequestLink::verbatim(self.bot.id(), scope, self.key(), &self.nonce);
        assert!(Scope::parse(scope).is_ok());
        link.expect("a link")
    }

    pub(super) fn form(&self, scope: &str) -> Answer<functions::account::GetAuthorizationForm> {
        self.hand.call(&functions::account::GetAuthorizationForm {
            bot_id: self.bot.id().get(),
            scope: scope.to_owned(),
            public_key: self.key().to_owned(),
        })
    }

    /// Stores what the scope asks for.
    pub(super) fn store(&mut self) -> Vec<enums::SecureValue> {
        let passport = self.hand.save_passport(&self.secret);
        let email = "anna@example.org".to_owned();
        self.hand.account.verify(&email);
        let email = types::InputSecureValue {
            plain_data: Some(types::SecurePlainEmail { email }.into()),
            ..empty(Type::Email)
        };
        let email = self.hand.save(email, self.secret.id()).expect("saved");
        vec![passport, email]
    }

    pub(super) fn accept(
        &mut self,
        values: &[enums::SecureValue],
    ) -> Answer<functions::account::AcceptAuthorization> {
        let call = self.accept_call(values);
        self.hand.call(&call)
    }

    pub(super) fn accept_call(
        &mut self,
        values: &[enums::SecureValue],
    ) -> functions::account::AcceptAuthorization {
        let hashes = values.iter().map(|value| {
            types::SecureValueHash {
                r#type: value.r#type,
                hash: value.hash.clone(),
            }
            .into()
        });
        functions::account::AcceptAuthorization {
            bot_id: self.bot.id().get(),
            scope: SCOPE.to_owned(),
            public_key: self.key().to_owned(),
            value_hashes: hashes.collect(),
            credentials: self.credentials(&values[0]).into(),
        }
    }

    /// The credentials for data and front side of a passport.
    pub(super) fn credentials(
        &mut self,
        passport: &types::SecureValue,
    ) -> types::SecureCredentialsEncrypted {
        let mut entry = json!({});
        if let Some(data) = &passport.data {
            let hash = DataHash::from_slice(&data.data_hash).expect("32 bytes");
            entry["data"] = json!({
                "data_hash": hash.to_base64(), "secret": self.opened(&hash, &data.secret),
            });
        }
        if let Some(enums::SecureFile::File(file)) = &passport.front_side {
            let hash = FileHash::from_slice(&file.file_hash).expect("32 bytes");
            entry["front_side"] = json!({
                "file_hash": hash.to_base64(), "secret": self.opened(&hash, &file.secret),
            });
        }
        let json = json!({ "nonce": self.nonce.as_str(), "secure_data": { "passport": entry } });
        let json = json.to_string();
        let random = &mut self.hand.random;
        let secret = CredentialsSecret::generate(random).expect("never fails");
        let padding = Padding::random(random, json.len()).expect("never fails");
        let sealed = encrypt_credentials(json.as_bytes(), &padding, &secret).expect("it fits");
        let key = PublicKey::from_pem(self.private.public_key().text()).expect("a key");
        types::SecureCredentialsEncrypted {
            data: sealed.bytes,
            hash: sealed.hash.as_bytes().to_vec(),
            secret: key.encrypt(random, &secret).expect("never fails"),
        }
    }

    pub(super) fn opened(&self, hash: &impl PartHash, secret: &[u8]) -> String {
        let opened = unwrap_value_secret(&self.secret, hash, secret).expect("it opens");
        Base64::encode_string(opened.expose())
    }

    pub(super) fn download(&self, mut download: Download) -> Vec<u8> {
        let connection = self.bot.connection();
        let mut whole = Vec::new();
        while let Some(request) = download.next_request() {
            let answer = wait(connection.invoke_in(Some(download.dc_id()), &request));
            let piece = download.accept(answer.expect("a piece"));
            whole.extend(piece.expect("of that file"));
        }
        whole
    }
}
