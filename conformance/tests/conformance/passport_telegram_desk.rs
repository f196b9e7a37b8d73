//! A user and a bot who do everything wrong, by hand.

use telegram_passport::client::{Connection, Failure, wait};
use telegram_passport::key::PrivateKey;
use telegram_passport::secret::PassportSecret;
use telegram_passport::testing::{Bot, Meanwhile, Telegram};
use telegram_passport_tl::{Identifiable, RemoteCall, RpcError, enums, functions, types};

use super::passport_telegram_hand::{Answer, Hand, empty, save_part};

type Type = enums::SecureValueType;

/// A user with a password, a passport secret and a recovery e-mail, and a bot.
pub(super) struct Desk {
    pub(super) hand: Hand,
    telegram: Telegram,
    secret: PassportSecret,
    pub(super) bot: Bot,
    pub(super) key: String,
    /// The last refusal.
    pub(super) refused: Option<(&'static str, RpcError)>,
}

impl Desk {
    pub(super) fn new() -> Self {
        let telegram = Telegram::new();
        let (hand, secret) = Hand::with_secret(&telegram);
        hand.account.set_recovery_email("old@example.org");
        let pem = include_str!("../../../passport/examples/sample/private_key.pem");
        let key = PrivateKey::from_pem(pem).expect("a key");
        let key = key.public_key().text().to_owned();
        Self {
            bot: telegram.bot(&key),
            hand,
            telegram,
            secret,
            key,
            refused: None,
        }
    }

    pub(super) fn branch(&self) -> Self {
        let telegram = self.telegram.branch();
        let account = self.hand.account.in_world(&telegram);
        Self {
            hand: Hand {
                connection: account.connection(),
                account,
                random: self.hand.random.clone(),
            },
            bot: self.bot.in_world(&telegram),
            telegram,
            secret: self.secret.clone(),
            key: self.key.clone(),
            refused: None,
        }
    }

    /// A call of the user, refused or not.
    pub(super) fn call<F: RemoteCall + Identifiable>(&mut self, call: &F) -> Option<F::Return> {
        let answer = self.hand.call(call);
        self.note::<F>(answer)
    }

    fn bot_call<F: RemoteCall + Identifiable>(&mut self, call: &F) {
        let answer = wait(self.bot.connection().invoke(call));
        self.note::<F>(answer);
    }

    fn note<F: RemoteCall + Identifiable>(&mut self, answer: Answer<F>) -> Option<F::Return> {
        match answer {
            Ok(answer) => Some(answer),
            Err(Failure::Rpc(error)) => {
                self.refused = Some((F::NAME, error));
                None
            }
            Err(other) => panic!("this is no refusal: {other}"),
        }
    }

    pub(super) fn form(&mut self, bot_id: i64, scope: &str, public_key: &str) {
        self.call(&functions::account::GetAuthorizationForm {
            bot_id,
            scope: scope.to_owned(),
            public_key: public_key.to_owned(),
        });
    }

    pub(super) fn accept(&mut self, bot_id: i64, public_key: &str, hash: Vec<u8>) {
        let r#type = Type::Email;
        self.call(&functions::account::AcceptAuthorization {
            bot_id,
            scope: SCOPE.to_owned(),
            public_key: public_key.to_owned(),
            value_hashes: vec![types::SecureValueHash { r#type, hash }.into()],
            credentials: types::SecureCredentialsEncrypted {
                data: vec![],
                hash: vec![],
                secret: vec![],
            }
            .into(),
        });
    }

    /// Submits to the bot as it should be.
    pub(super) fn accept_here(&mut self, hash: Vec<u8>) {
        let (id, key) = (self.bot.id().get(), self.key.clone());
        self.accept(id, &key, hash);
    }

    pub(super) fn save(&mut self, value: types::InputSecureValue, secure_secret_id: i64) {
        let value = value.into();
        self.call(&functions::account::SaveSecureValue {
            value,
            secure_secret_id,
        });
    }

    pub(super) fn save_phone(&mut self, phone: &str) {
        let phone = phone.to_owned();
        let value = types::InputSecureValue {
            plain_data: Some(types::SecurePlainPhone { phone }.into()),
            ..empty(Type::Phone)
        };
        self.save(value, self.secret.id());
    }

    pub(super) fn save_email(&mut self, email: &str) {
        let email = email.to_owned();
        let value = types::InputSecureValue {
            plain_data: Some(types::SecurePlainEmail { email }.into()),
            ..empty(Type::Email)
        };
        self.save(value, self.secret.id());
    }

    /// Saves a bill of a file of which one part is there.
    pub(super) fn save_bill(&mut self, parts: i32, md5_checksum: &str) {
        self.call(&save_part(9, 0, &[7; 1024]));
        let file = types::InputSecureFileUploaded {
            id: 9,
            parts,
            md5_checksum: md5_checksum.to_owned(),
            file_hash: vec![1; 32],
            secret: vec![2; 32],
        };
        let value = types::InputSecureValue {
            files: Some(vec![file.into()]),
            ..empty(Type::UtilityBill)
        };
        self.save(value, self.secret.id());
    }

    pub(super) fn meanwhile(&mut self, event: Meanwhile) {
        self.hand.account.meanwhile(event);
    }

    /// Proofs that are none: of a wrong password, of a stale state, of an older password.
    pub(super) fn bad_proof(&mut self, which: Bad) -> enums::InputCheckPasswordSrp {
        match which {
            Bad::Password => self.hand.proof("wrong"),
            Bad::Id => {
                let proof = self.hand.proof("passport");
                self.hand.password();
                proof
            }
            Bad::Changed => {
                let proof = self.hand.proof("passport");
                self.meanwhile(Meanwhile::PasswordRemoved);
                proof
            }
        }
    }

    pub(super) fn settings(&mut self, which: Bad) {
        let password = self.bad_proof(which);
        self.call(&functions::account::GetPasswordSettings { password });
    }

    pub(super) fn check(&mut self, which: Bad) {
        let password = self.bad_proof(which);
        self.call(&functions::auth::CheckPassword { password });
    }

    pub(super) fn update(
        &mut self,
        password: enums::InputCheckPasswordSrp,
        new_settings: types::account::PasswordInputSettings,
    ) {
        self.call(&functions::account::UpdatePasswordSettings {
            password,
            new_settings: new_settings.into(),
        });
    }

    pub(super) fn update_with(
        &mut self,
        settings: impl FnOnce(&mut Hand) -> types::account::PasswordInputSettings,
    ) {
        let settings = settings(&mut self.hand);
        let proof = self.hand.proof("passport");
        self.update(proof, settings);
    }

    /// The code for a forgotten password.
    pub(super) fn recovery_code(&mut self) -> String {
        self.call(&functions::auth::RequestPasswordRecovery {});
        self.hand.account.code("old@example.org").expect("a code")
    }

    /// Has a code sent to a phone.
    pub(super) fn phone_code(&mut self) -> String {
        let call = send_to_phone(PHONE);
        match self.call(&call) {
            Some(enums::auth::SentCode::Code(sent)) => sent.phone_code_hash,
            other => panic!("no code: {other:?}"),
        }
    }

    pub(super) fn verify_phone(
        &mut self,
        phone_number: &str,
        phone_code_hash: &str,
        phone_code: &str,
    ) {
        self.call(&functions::account::VerifyPhone {
            phone_number: phone_number.to_owned(),
            phone_code_hash: phone_code_hash.to_owned(),
            phone_code: phone_code.to_owned(),
        });
    }

    pub(super) fn resend(&mut self, phone_number: &str, phone_code_hash: &str) {
        self.call(&functions::auth::ResendCode {
            phone_number: phone_number.to_owned(),
            phone_code_hash: phone_code_hash.to_owned(),
            reason: None,
        });
    }

    pub(super) fn cancel(&mut self, phone_number: &str, phone_code_hash: &str) {
        self.call(&functions::auth::CancelCode {
            phone_number: phone_number.to_owned(),
            phone_code_hash: phone_code_hash.to_owned(),
        });
    }

    pub(super) fn send_email_code(&mut self, purpose: enums::EmailVerifyPurpose, email: &str) {
        let email = email.to_owned();
        self.call(&functions::account::SendVerifyEmailCode { purpose, email });
    }

    pub(super) fn verify_email(&mut self, purpose: enums::EmailVerifyPurpose) {
        let code = "none".to_owned();
        self.call(&functions::account::VerifyEmail {
            purpose,
            verification: types::EmailVerificationCode { code }.into(),
        });
    }

    pub(super) fn part(&mut self, file_part: i32, length: usize) {
        self.call(&functions::upload::SaveFilePart {
            file_id: 1,
            file_part,
            bytes: vec![7; length],
        });
    }

    pub(super) fn big_part(&mut self, file_part: i32, file_total_parts: i32, length: usize) {
        self.call(&functions::upload::SaveBigFilePart {
            file_id: 1,
            file_part,
            file_total_parts,
            bytes: vec![7; length],
        });
    }

    /// Fetches the file of a saved passport.
    pub(super) fn fetch(&mut self, id: i64, offset: i64, limit: i32) {
        let secret = self.secret.clone();
        let saved = self.hand.save_passport(&secret);
        let Some(enums::SecureFile::File(file)) = &saved.front_side else {
            panic!("a front side");
        };
        let location = types::InputSecureFileLocation {
            id: file.id.wrapping_add(id),
            access_hash: file.access_hash,
        };
        self.call(&functions::upload::GetFile {
            precise: false,
            cdn_supported: false,
            location: location.into(),
            offset,
            limit,
        });
    }

    pub(super) fn set_errors(
        &mut self,
        id: enums::InputUser,
        errors: Vec<enums::SecureValueError>,
    ) {
        self.bot_call(&functions::users::SetSecureValueErrors { id, errors });
    }
}

#[derive(Clone, Copy)]
pub(super) enum Bad {
    Password,
    Id,
    Changed,
}

pub(super) fn send_to_phone(number: &str) -> functions::account::SendVerifyPhoneCode {
    let settings = types::CodeSettings {
        allow_flashcall: false,
        current_number: false,
        allow_app_hash: false,
        allow_missed_call: false,
        allow_firebase: false,
        unknown_number: false,
        logout_tokens: None,
        token: None,
    };
    functions::account::SendVerifyPhoneCode {
        phone_number: number.to_owned(),
        settings: settings.into(),
    }
}

pub(super) const SCOPE: &str = r#"{"v":1,"d":["pp","em"]}"#;

pub(super) const PHONE: &str = "+15550123";
