//! The door for services that use MTProto: TL types in.
//!
//! The bot receives a `messageService` whose action is `messageActionSecureValuesSentMe`. Give its
//! fields, or its bytes. What goes out as TL is in [`answer`](crate::answer).
//!
//! Source: protocol reference, sections 1.2, 3.2 and 6.

use telegram_passport_tl::{Boxed, Decode, enums, types};

use crate::container::{
    ContainerError, ElementHash, ElementName, EncryptedCredentials, EncryptedData,
    EncryptedElement, EncryptedFile, PassportData, Problem,
};
use crate::element::ElementType;
use crate::file::mtproto::RemoteFile;
use crate::hash::{CredentialsHash, DataHash, FileHash};
use crate::location::FileLocation;

/// Reads the action of the message.
///
/// The `secret` fields of values and files are of no use to a bot and are ignored.
///
/// # Errors
///
/// [`ContainerError`] with the path of the field that is wrong: a hash that is not 32 bytes, a type
/// that occurs twice, a phone number that holds no phone.
pub fn read_action(
    action: &types::MessageActionSecureValuesSentMe,
) -> Result<PassportData, ContainerError> {
    let credentials = EncryptedCredentials {
        data: action.credentials.data.clone(),
        hash: CredentialsHash::from_slice(&action.credentials.hash)
            .map_err(|_| ContainerError::new(Problem::HashLength, "credentials.hash"))?,
        secret: action.credentials.secret.clone(),
    };
    let mut elements: Vec<EncryptedElement> = Vec::new();
    for (index, value) in action.values.iter().enumerate() {
        let element = element(value, index)?;
        if elements.iter().any(|other| other.name == element.name) {
            return Err(ContainerError::new(
                Problem::Twice,
                format!("values[{index}]"),
            ));
        }
        elements.push(element);
    }
    Ok(PassportData {
        credentials,
        elements,
    })
}

/// Reads the bytes of the action, its constructor id first.
///
/// # Errors
///
/// As [`read_action`], and [`Problem::Tl`] if the bytes are not that constructor and nothing else.
///
/// ```
/// let error = telegram_passport::mtproto::read_action_bytes(&[1, 2, 3]).unwrap_err();
/// assert!(error.to_string().contains("messageActionSecureValuesSentMe"));
/// ```
pub fn read_action_bytes(bytes: &[u8]) -> Result<PassportData, ContainerError> {
    let action = Boxed::<types::MessageActionSecureValuesSentMe>::from_bytes(bytes);
    let action = action.map_err(|error| {
        let text = format!("this is no messageActionSecureValuesSentMe: {error}");
        ContainerError::new(Problem::Tl(text), "")
    })?;
    read_action(&action)
}

fn element(value: &types::SecureValue, index: usize) -> Result<EncryptedElement, ContainerError> {
    let at = |part: &str| format!("values[{index}].{part}");
    let kind = ElementType::from(&value.r#type);
    let mut element = EncryptedElement::new(ElementName::Known(kind));
    element.hash = ElementHash::from_raw(&value.hash);
    // TDLib writes an empty document where a type has none.
    let data = value.data.as_ref();
    let data = data.filter(|data| !(data.data.is_empty() && data.data_hash.is_empty()));
    if let Some(data) = data {
        let hash = DataHash::from_slice(&data.data_hash)
            .map_err(|_| ContainerError::new(Problem::HashLength, at("data.data_hash")))?;
        element.data = Some(EncryptedData {
            bytes: data.data.clone(),
            hash: Some(hash),
        });
    }
    for (name, from, to) in [
        ("front_side", &value.front_side, &mut element.front_side),
        (
            "reverse_side",
            &value.reverse_side,
            &mut element.reverse_side,
        ),
        ("selfie", &value.selfie, &mut element.selfie),
    ] {
        if let Some(from) = from {
            *to = file(from, || at(name))?;
        }
    }
    for (name, from, to) in [
        ("translation", &value.translation, &mut element.translation),
        ("files", &value.files, &mut element.files),
    ] {
        for (number, from) in from.iter().flatten().enumerate() {
            to.push(file(from, || format!("{}[{number}]", at(name)))?);
        }
    }
    match (kind, &value.plain_data) {
        (_, None) => {}
        (ElementType::PhoneNumber, Some(enums::SecurePlainData::SecurePlainPhone(plain))) => {
            element.phone_number = Some(plain.phone.clone());
        }
        (ElementType::Email, Some(enums::SecurePlainData::SecurePlainEmail(plain))) => {
            element.email = Some(plain.email.clone());
        }
        (ElementType::PhoneNumber, Some(_)) => {
            return Err(ContainerError::new(
                Problem::Expected("a phone number"),
                at("plain_data"),
            ));
        }
        (ElementType::Email, Some(_)) => {
            return Err(ContainerError::new(
                Problem::Expected("an e-mail"),
                at("plain_data"),
            ));
        }
        // Other types have none: ignored, like an unknown field of the Bot API.
        (_, Some(_)) => {}
    }
    Ok(element)
}

/// A file, or nothing for `secureFileEmpty`.
fn file(
    file: &enums::SecureFile,
    place: impl Fn() -> String,
) -> Result<Option<EncryptedFile>, ContainerError> {
    let enums::SecureFile::File(file) = file else {
        return Ok(None);
    };
    let hash = FileHash::from_slice(&file.file_hash)
        .map_err(|_| ContainerError::new(Problem::HashLength, format!("{}.file_hash", place())))?;
    let location = FileLocation::Mtproto(RemoteFile::from(file));
    Ok(Some(EncryptedFile {
        location,
        hash: Some(hash),
    }))
}

macro_rules! element_types {
    ($($ours:ident = $tl:ident,)*) => {
        impl From<&enums::SecureValueType> for ElementType {
            fn from(tl: &enums::SecureValueType) -> Self {
                match tl {
                    $(enums::SecureValueType::$tl => Self::$ours,)*
                }
            }
        }

        impl From<ElementType> for enums::SecureValueType {
            fn from(element: ElementType) -> Self {
                match element {
                    $(ElementType::$ours => Self::$tl,)*
                }
            }
        }
    };
}

element_types! {
    PersonalDetails = PersonalDetails,
    Passport = Passport,
    DriverLicense = DriverLicense,
    IdentityCard = IdentityCard,
    InternalPassport = InternalPassport,
    Address = Address,
    UtilityBill = UtilityBill,
    BankStatement = BankStatement,
    RentalAgreement = RentalAgreement,
    PassportRegistration = PassportRegistration,
    TemporaryRegistration = TemporaryRegistration,
    PhoneNumber = Phone,
    Email = Email,
}
