//! The six inputs, made from a fixed sequence of pseudo-random bytes.

use telegram_passport_tl::{Boxed, Encode, enums, types};

use crate::cases::Case;

/// The encoding that every contender reads, and has to write again.
pub(crate) fn bytes_of(case: Case) -> Vec<u8> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let bytes = match case {
        Case::InputSecureValue => enums::InputSecureValue::from(random.input_value()).to_bytes(),
        Case::AuthorizationForm => random.form().to_bytes(),
        Case::SecureValuesSentMe => Boxed(types::MessageActionSecureValuesSentMe {
            values: random.values(ALL),
            credentials: random.credentials(),
        })
        .to_bytes(),
        Case::SecureValues => {
            let kinds: Vec<_> = DOCUMENTS.iter().cycle().take(1000).cloned().collect();
            random.values(&kinds).to_bytes()
        }
        Case::UploadFile => random.upload(512 * 1024).to_bytes(),
        Case::SmallUploadFile => random.upload(1024).to_bytes(),
        Case::Password => random.password().to_bytes(),
    };
    bytes.expect("all strings are shorter than 2^24 bytes")
}

/// Marsaglia's xorshift: the same on any machine.
struct Random(u64);

impl Random {
    fn long(&mut self) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 as i64
    }

    fn int(&mut self) -> i32 {
        self.long() as i32
    }

    fn bytes(&mut self, len: usize) -> Vec<u8> {
        std::iter::repeat_with(|| self.long() as u8)
            .take(len)
            .collect()
    }

    /// An encrypted JSON document: the padding makes its length a multiple of 16.
    fn data(&mut self) -> enums::SecureData {
        let data = types::SecureData {
            data: self.bytes(304),
            data_hash: self.bytes(32),
            secret: self.bytes(32),
        };
        data.into()
    }

    fn file(&mut self) -> enums::SecureFile {
        let file = types::SecureFile {
            id: self.long(),
            access_hash: self.long(),
            size: 1 << 20,
            dc_id: 2,
            date: self.int(),
            file_hash: self.bytes(32),
            secret: self.bytes(32),
        };
        file.into()
    }

    fn files(&mut self, count: usize) -> Option<Vec<enums::SecureFile>> {
        Some((0..count).map(|_| self.file()).collect())
    }

    /// A stored value with every part that its type can have.
    fn value(&mut self, kind: Kind) -> enums::SecureValue {
        use enums::SecureValueType as Type;
        let mut value = types::SecureValue {
            r#type: kind,
            data: None,
            front_side: None,
            reverse_side: None,
            selfie: None,
            translation: None,
            files: None,
            plain_data: None,
            hash: self.bytes(32),
        };
        match kind {
            Type::PersonalDetails | Type::Address => value.data = Some(self.data()),
            Type::Phone => {
                let phone = "490001234567".into();
                value.plain_data = Some(types::SecurePlainPhone { phone }.into());
            }
            Type::Email => {
                let email = "somebody@example.org".into();
                value.plain_data = Some(types::SecurePlainEmail { email }.into());
            }
            Type::Passport | Type::DriverLicense | Type::IdentityCard | Type::InternalPassport => {
                value.data = Some(self.data());
                value.front_side = Some(self.file());
                if matches!(kind, Type::DriverLicense | Type::IdentityCard) {
                    value.reverse_side = Some(self.file());
                }
                value.selfie = Some(self.file());
                value.translation = self.files(3);
            }
            _ => {
                value.translation = self.files(3);
                value.files = self.files(5);
            }
        }
        value.into()
    }

    fn values(&mut self, kinds: &[Kind]) -> Vec<enums::SecureValue> {
        kinds.iter().map(|kind| self.value(*kind)).collect()
    }

    fn input_file(&mut self) -> enums::InputSecureFile {
        let uploaded = types::InputSecureFileUploaded {
            id: self.long(),
            parts: 4,
            md5_checksum: "0123456789abcdef0123456789abcdef".into(),
            file_hash: self.bytes(32),
            secret: self.bytes(32),
        };
        uploaded.into()
    }

    fn input_files(&mut self, count: usize) -> Option<Vec<enums::InputSecureFile>> {
        Some((0..count).map(|_| self.input_file()).collect())
    }

    fn input_value(&mut self) -> types::InputSecureValue {
        types::InputSecureValue {
            r#type: Kind::IdentityCard,
            data: Some(self.data()),
            front_side: Some(self.input_file()),
            reverse_side: Some(self.input_file()),
            selfie: Some(self.input_file()),
            translation: self.input_files(3),
            files: self.input_files(5),
            plain_data: None,
        }
    }

    fn credentials(&mut self) -> enums::SecureCredentialsEncrypted {
        let credentials = types::SecureCredentialsEncrypted {
            data: self.bytes(2048),
            hash: self.bytes(32),
            secret: self.bytes(256),
        };
        credentials.into()
    }

    /// One error of each kind, and the kind about files once more.
    fn errors(&mut self) -> Vec<enums::SecureValueError> {
        let r#type = Kind::IdentityCard;
        let text = || String::from("The picture is too dark to be read");
        let mut hashes = || vec![self.bytes(32), self.bytes(32)];
        let (files, translation_files) = (hashes(), hashes());
        let mut hash = || self.bytes(32);
        let file = |file_hash| types::SecureValueErrorFile {
            r#type: Kind::UtilityBill,
            file_hash,
            text: text(),
        };
        vec![
            types::SecureValueErrorData {
                r#type,
                data_hash: hash(),
                field: "birth_date".into(),
                text: text(),
            }
            .into(),
            types::SecureValueErrorFrontSide {
                r#type,
                file_hash: hash(),
                text: text(),
            }
            .into(),
            types::SecureValueErrorReverseSide {
                r#type,
                file_hash: hash(),
                text: text(),
            }
            .into(),
            types::SecureValueErrorSelfie {
                r#type,
                file_hash: hash(),
                text: text(),
            }
            .into(),
            file(hash()).into(),
            file(hash()).into(),
            types::SecureValueErrorFiles {
                r#type: Kind::UtilityBill,
                file_hash: files,
                text: text(),
            }
            .into(),
            types::SecureValueError {
                r#type,
                hash: hash(),
                text: text(),
            }
            .into(),
            types::SecureValueErrorTranslationFile {
                r#type,
                file_hash: hash(),
                text: text(),
            }
            .into(),
            types::SecureValueErrorTranslationFiles {
                r#type,
                file_hash: translation_files,
                text: text(),
            }
            .into(),
        ]
    }

    fn form(&mut self) -> enums::account::AuthorizationForm {
        let required = |r#type: &Kind| types::SecureRequiredType {
            native_names: *r#type == Kind::PersonalDetails,
            selfie_required: true,
            translation_required: true,
            r#type: *r#type,
        };
        let form = types::account::AuthorizationForm {
            required_types: ALL.iter().map(|kind| required(kind).into()).collect(),
            values: self.values(ALL),
            errors: self.errors(),
            users: Vec::new(),
            privacy_policy_url: Some("https://example.org/privacy".into()),
        };
        form.into()
    }

    fn upload(&mut self, len: usize) -> enums::upload::File {
        let file = types::upload::File {
            r#type: enums::storage::FileType::FileJpeg,
            mtime: self.int(),
            bytes: self.bytes(len),
        };
        file.into()
    }

    fn algorithm(&mut self, salt1: usize) -> enums::PasswordKdfAlgo {
        let algorithm = types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
            salt1: self.bytes(salt1),
            salt2: self.bytes(16),
            g: 3,
            p: self.bytes(256),
        };
        algorithm.into()
    }

    /// A password is set, and nothing is pending.
    fn password(&mut self) -> enums::account::Password {
        let secure = types::SecurePasswordKdfAlgoPbkdf2Hmacsha512iter100000 {
            salt: self.bytes(8),
        };
        let password = types::account::Password {
            has_recovery: true,
            has_secure_values: true,
            has_password: Some(types::account::PasswordHasPassword {
                current_algo: self.algorithm(40),
                srp_b: self.bytes(256),
                srp_id: self.long(),
            }),
            hint: Some("the usual".into()),
            email_unconfirmed_pattern: None,
            new_algo: self.algorithm(8),
            new_secure_algo: secure.into(),
            secure_random: self.bytes(256),
            pending_reset_date: None,
            login_email_pattern: Some("s******y@example.org".into()),
        };
        password.into()
    }
}

type Kind = enums::SecureValueType;

/// The types of values that have files.
const DOCUMENTS: &[Kind] = &[
    Kind::Passport,
    Kind::DriverLicense,
    Kind::IdentityCard,
    Kind::InternalPassport,
    Kind::UtilityBill,
    Kind::BankStatement,
    Kind::RentalAgreement,
    Kind::PassportRegistration,
    Kind::TemporaryRegistration,
];

const ALL: &[Kind] = &[
    Kind::PersonalDetails,
    Kind::Passport,
    Kind::DriverLicense,
    Kind::IdentityCard,
    Kind::InternalPassport,
    Kind::Address,
    Kind::UtilityBill,
    Kind::BankStatement,
    Kind::RentalAgreement,
    Kind::PassportRegistration,
    Kind::TemporaryRegistration,
    Kind::Phone,
    Kind::Email,
];
