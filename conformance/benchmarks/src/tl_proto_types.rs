//! The types of the six cases as one would write them for `tl-proto`: borrowed, nothing checked
//! beyond what its derive checks, texts as bytes since it has no strings.

// The derive asks for a field `flags` that nothing reads.
#![allow(dead_code)]

use tl_proto::{TlRead, TlWrite};

#[derive(TlRead, TlWrite)]
#[tl(boxed, id = 0x1cb5c415)]
pub(crate) struct Vector<T> {
    items: Vec<T>,
}

#[derive(TlRead, TlWrite)]
#[tl(boxed)]
pub(crate) enum SecureValueType {
    #[tl(id = 0x9d2a81e3)]
    PersonalDetails,
    #[tl(id = 0x3dac6a00)]
    Passport,
    #[tl(id = 0x6e425c4)]
    DriverLicense,
    #[tl(id = 0xa0d0744b)]
    IdentityCard,
    #[tl(id = 0x99a48f23)]
    InternalPassport,
    #[tl(id = 0xcbe31e26)]
    Address,
    #[tl(id = 0xfc36954e)]
    UtilityBill,
    #[tl(id = 0x89137c0d)]
    BankStatement,
    #[tl(id = 0x8b883488)]
    RentalAgreement,
    #[tl(id = 0x99e3806a)]
    PassportRegistration,
    #[tl(id = 0xea02ec33)]
    TemporaryRegistration,
    #[tl(id = 0xb320aadb)]
    Phone,
    #[tl(id = 0x8e3ca7ee)]
    Email,
}

#[derive(TlRead, TlWrite)]
#[tl(boxed, id = 0x8aeabec3)]
pub(crate) struct SecureData<'tl> {
    data: &'tl [u8],
    data_hash: &'tl [u8],
    secret: &'tl [u8],
}

#[derive(TlRead, TlWrite)]
#[tl(boxed)]
pub(crate) enum SecureFile<'tl> {
    #[tl(id = 0x64199744)]
    Empty,
    #[tl(id = 0x7d09c27e)]
    File {
        id: i64,
        access_hash: i64,
        size: i64,
        dc_id: i32,
        date: i32,
        file_hash: &'tl [u8],
        secret: &'tl [u8],
    },
}

#[derive(TlRead, TlWrite)]
#[tl(boxed)]
pub(crate) enum SecurePlainData<'tl> {
    #[tl(id = 0x7d6099dd)]
    Phone { phone: &'tl [u8] },
    #[tl(id = 0x21ec5a5f)]
    Email { email: &'tl [u8] },
}

#[derive(TlRead, TlWrite)]
#[tl(boxed, id = 0x187fa0ca)]
pub(crate) struct SecureValue<'tl> {
    #[tl(flags)]
    flags: (),
    r#type: SecureValueType,
    #[tl(flags_bit = 0)]
    data: Option<SecureData<'tl>>,
    #[tl(flags_bit = 1)]
    front_side: Option<SecureFile<'tl>>,
    #[tl(flags_bit = 2)]
    reverse_side: Option<SecureFile<'tl>>,
    #[tl(flags_bit = 3)]
    selfie: Option<SecureFile<'tl>>,
    #[tl(flags_bit = 6)]
    translation: Option<Vector<SecureFile<'tl>>>,
    #[tl(flags_bit = 4)]
    files: Option<Vector<SecureFile<'tl>>>,
    #[tl(flags_bit = 5)]
    plain_data: Option<SecurePlainData<'tl>>,
    hash: &'tl [u8],
}

#[derive(TlRead, TlWrite)]
#[tl(boxed)]
pub(crate) enum InputSecureFile<'tl> {
    #[tl(id = 0x3334b0f0)]
    Uploaded {
        id: i64,
        parts: i32,
        md5_checksum: &'tl [u8],
        file_hash: &'tl [u8],
        secret: &'tl [u8],
    },
    #[tl(id = 0x5367e5be)]
    File { id: i64, access_hash: i64 },
}

#[derive(TlRead, TlWrite)]
#[tl(boxed, id = 0xdb21d0a7)]
pub(crate) struct InputSecureValue<'tl> {
    #[tl(flags)]
    flags: (),
    r#type: SecureValueType,
    #[tl(flags_bit = 0)]
    data: Option<SecureData<'tl>>,
    #[tl(flags_bit = 1)]
    front_side: Option<InputSecureFile<'tl>>,
    #[tl(flags_bit = 2)]
    reverse_side: Option<InputSecureFile<'tl>>,
    #[tl(flags_bit = 3)]
    selfie: Option<InputSecureFile<'tl>>,
    #[tl(flags_bit = 6)]
    translation: Option<Vector<InputSecureFile<'tl>>>,
    #[tl(flags_bit = 4)]
    files: Option<Vector<InputSecureFile<'tl>>>,
    #[tl(flags_bit = 5)]
    plain_data: Option<SecurePlainData<'tl>>,
}

#[derive(TlRead, TlWrite)]
#[tl(boxed)]
pub(crate) enum SecureValueError<'tl> {
    #[tl(id = 0xe8a40bd9)]
    Data {
        r#type: SecureValueType,
        data_hash: &'tl [u8],
        field: &'tl [u8],
        text: &'tl [u8],
    },
    #[tl(id = 0xbe3dfa)]
    FrontSide {
        r#type: SecureValueType,
        file_hash: &'tl [u8],
        text: &'tl [u8],
    },
    #[tl(id = 0x868a2aa5)]
    ReverseSide {
        r#type: SecureValueType,
        file_hash: &'tl [u8],
        text: &'tl [u8],
    },
    #[tl(id = 0xe537ced6)]
    Selfie {
        r#type: SecureValueType,
        file_hash: &'tl [u8],
        text: &'tl [u8],
    },
    #[tl(id = 0x7a700873)]
    File {
        r#type: SecureValueType,
        file_hash: &'tl [u8],
        text: &'tl [u8],
    },
    #[tl(id = 0x666220e9)]
    Files {
        r#type: SecureValueType,
        file_hash: Vector<&'tl [u8]>,
        text: &'tl [u8],
    },
    #[tl(id = 0x869d758f)]
    Error {
        r#type: SecureValueType,
        hash: &'tl [u8],
        text: &'tl [u8],
    },
    #[tl(id = 0xa1144770)]
    TranslationFile {
        r#type: SecureValueType,
        file_hash: &'tl [u8],
        text: &'tl [u8],
    },
    #[tl(id = 0x34636dd8)]
    TranslationFiles {
        r#type: SecureValueType,
        file_hash: Vector<&'tl [u8]>,
        text: &'tl [u8],
    },
}

#[derive(TlRead, TlWrite)]
#[tl(boxed, id = 0x33f0ea47)]
pub(crate) struct SecureCredentialsEncrypted<'tl> {
    data: &'tl [u8],
    hash: &'tl [u8],
    secret: &'tl [u8],
}

#[derive(TlRead, TlWrite)]
#[tl(boxed)]
pub(crate) enum SecureRequiredType {
    #[tl(id = 0x829d99da)]
    Type {
        #[tl(flags)]
        flags: (),
        #[tl(flags_bit = 0)]
        native_names: Option<()>,
        #[tl(flags_bit = 1)]
        selfie_required: Option<()>,
        #[tl(flags_bit = 2)]
        translation_required: Option<()>,
        r#type: SecureValueType,
    },
    #[tl(id = 0x27477b4)]
    OneOf { types: Vector<SecureRequiredType> },
}

/// The form names no users in the benchmark, so the smallest one stands for them all.
#[derive(TlRead, TlWrite)]
#[tl(boxed, id = 0xd3bc4b7a)]
pub(crate) struct UserEmpty {
    id: i64,
}

#[derive(TlRead, TlWrite)]
#[tl(boxed, id = 0xad2e1cd8)]
pub(crate) struct AuthorizationForm<'tl> {
    #[tl(flags)]
    flags: (),
    required_types: Vector<SecureRequiredType>,
    values: Vector<SecureValue<'tl>>,
    errors: Vector<SecureValueError<'tl>>,
    users: Vector<UserEmpty>,
    #[tl(flags_bit = 0)]
    privacy_policy_url: Option<&'tl [u8]>,
}

#[derive(TlRead, TlWrite)]
#[tl(boxed, id = 0x1b287353)]
pub(crate) struct MessageActionSecureValuesSentMe<'tl> {
    values: Vector<SecureValue<'tl>>,
    credentials: SecureCredentialsEncrypted<'tl>,
}

#[derive(TlRead, TlWrite)]
#[tl(boxed)]
pub(crate) enum PasswordKdfAlgo<'tl> {
    #[tl(id = 0xd45ab096)]
    Unknown,
    #[tl(id = 0x3a912d4a)]
    ModPow {
        salt1: &'tl [u8],
        salt2: &'tl [u8],
        g: i32,
        p: &'tl [u8],
    },
}

#[derive(TlRead, TlWrite)]
#[tl(boxed)]
pub(crate) enum SecurePasswordKdfAlgo<'tl> {
    #[tl(id = 0x4a8537)]
    Unknown,
    #[tl(id = 0xbbf2dda0)]
    Pbkdf2 { salt: &'tl [u8] },
    #[tl(id = 0x86471d92)]
    Sha512 { salt: &'tl [u8] },
}

#[derive(TlRead, TlWrite)]
#[tl(boxed, id = 0x957b50fb)]
pub(crate) struct Password<'tl> {
    #[tl(flags)]
    flags: (),
    #[tl(flags_bit = 0)]
    has_recovery: Option<()>,
    #[tl(flags_bit = 1)]
    has_secure_values: Option<()>,
    #[tl(flags_bit = 2)]
    has_password: Option<()>,
    #[tl(flags_bit = 2)]
    current_algo: Option<PasswordKdfAlgo<'tl>>,
    #[tl(flags_bit = 2)]
    srp_b: Option<&'tl [u8]>,
    #[tl(flags_bit = 2)]
    srp_id: Option<i64>,
    #[tl(flags_bit = 3)]
    hint: Option<&'tl [u8]>,
    #[tl(flags_bit = 4)]
    email_unconfirmed_pattern: Option<&'tl [u8]>,
    new_algo: PasswordKdfAlgo<'tl>,
    new_secure_algo: SecurePasswordKdfAlgo<'tl>,
    secure_random: &'tl [u8],
    #[tl(flags_bit = 5)]
    pending_reset_date: Option<i32>,
    #[tl(flags_bit = 6)]
    login_email_pattern: Option<&'tl [u8]>,
}

#[derive(TlRead, TlWrite)]
#[tl(boxed)]
pub(crate) enum StorageFileType {
    #[tl(id = 0xaa963b05)]
    Unknown,
    #[tl(id = 0x40bc6f52)]
    Partial,
    #[tl(id = 0x7efe0e)]
    Jpeg,
    #[tl(id = 0xcae1aadf)]
    Gif,
    #[tl(id = 0xa4f63c0)]
    Png,
    #[tl(id = 0xae1e508d)]
    Pdf,
    #[tl(id = 0x528a0677)]
    Mp3,
    #[tl(id = 0x4b09ebbc)]
    Mov,
    #[tl(id = 0xb3cea0e4)]
    Mp4,
    #[tl(id = 0x1081464c)]
    Webp,
}

#[derive(TlRead, TlWrite)]
#[tl(boxed, id = 0xf39b035c)]
pub(crate) struct FileHash<'tl> {
    offset: i64,
    limit: i32,
    hash: &'tl [u8],
}

#[derive(TlRead, TlWrite)]
#[tl(boxed)]
pub(crate) enum UploadFile<'tl> {
    #[tl(id = 0x96a18d5)]
    File {
        r#type: StorageFileType,
        mtime: i32,
        bytes: &'tl [u8],
    },
    #[tl(id = 0xf18cda44)]
    CdnRedirect {
        dc_id: i32,
        file_token: &'tl [u8],
        encryption_key: &'tl [u8],
        encryption_iv: &'tl [u8],
        file_hashes: Vector<FileHash<'tl>>,
    },
}
