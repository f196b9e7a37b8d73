//! Samples published with the protocol, built field by field.

use telegram_passport_tl::{Decode, Encode, RemoteCall, enums, functions, types};

#[test]
fn get_secure_value() {
    let call = functions::account::GetSecureValue {
        types: vec![enums::SecureValueType::Passport],
    };
    is_written(&call, "c25b6673 15c4b51c 01000000 006aac3d");
}

#[test]
fn secure_required_type() {
    let required = types::SecureRequiredType {
        native_names: true,
        selfie_required: true,
        translation_required: false,
        r#type: enums::SecureValueType::Passport,
    };
    let required = enums::SecureRequiredType::from(required);
    is_written(&required, "da999d82 03000000 006aac3d");
}

#[test]
fn get_authorization_form() {
    let call = functions::account::GetAuthorizationForm {
        bot_id: 543_260_180,
        scope: r#"{"v":1,"d":["pd"]}"#.into(),
        public_key: "key".into(),
    };
    let scope = "127b2276223a312c2264223a5b227064225d7d00";
    is_written(
        &call,
        &format!("7a5929a9 147e612000000000 {scope} 036b6579"),
    );
}

#[test]
fn save_secure_value() {
    let call = functions::account::SaveSecureValue {
        value: types::InputSecureValue {
            r#type: enums::SecureValueType::Phone,
            data: None,
            front_side: None,
            reverse_side: None,
            selfie: None,
            translation: None,
            files: None,
            plain_data: Some(
                types::SecurePlainPhone {
                    phone: "123".into(),
                }
                .into(),
            ),
        }
        .into(),
        secure_secret_id: 545_721_962_416_044_289,
    };
    let phone = "20000000 dbaa20b3 dd99607d 03313233";
    is_written(
        &call,
        &format!("1de39f89 a7d021db {phone} 01f9efc33bcb9207"),
    );
}

/// Of the three fields under bits 4 to 6 the last bit is written first: the order of the wire is
/// that of the schema.
#[test]
fn translation_before_files() {
    let value = types::SecureValue {
        r#type: enums::SecureValueType::UtilityBill,
        data: None,
        front_side: None,
        reverse_side: None,
        selfie: None,
        translation: Some(vec![enums::SecureFile::Empty]),
        files: Some(vec![]),
        plain_data: None,
        hash: vec![1],
    };
    let vectors = "15c4b51c 01000000 44971964 15c4b51c 00000000";
    let bytes = format!("caa07f18 50000000 4e9536fc {vectors} 01010000");
    is_written(&enums::SecureValue::from(value), &bytes);
}

#[test]
fn printed_in_the_terms_of_tl() {
    let value = types::SecureValue {
        r#type: enums::SecureValueType::Phone,
        data: None,
        front_side: Some(enums::SecureFile::Empty),
        reverse_side: None,
        selfie: None,
        translation: Some(vec![]),
        files: None,
        plain_data: Some(
            types::SecurePlainPhone {
                phone: "123".into(),
            }
            .into(),
        ),
        hash: vec![0xAB, 0xCD],
    };
    let expected = "secureValue { type: secureValueTypePhone, front_side: secureFileEmpty, \
         translation: [], plain_data: securePlainPhone { phone: \"123\" }, hash: 0xabcd }";
    assert_eq!(format!("{value:?}"), expected);
}

#[test]
fn what_calls_return() {
    fn returns<F: RemoteCall<Return = R>, R>() {}
    returns::<functions::account::SaveSecureValue, enums::SecureValue>();
    returns::<functions::account::GetAllSecureValues, Vec<enums::SecureValue>>();
    returns::<functions::users::SetSecureValueErrors, bool>();
    returns::<functions::upload::GetFile, enums::upload::File>();
}

fn is_written<T: Encode + for<'de> Decode<'de> + PartialEq + std::fmt::Debug>(
    value: &T,
    hex: &str,
) {
    let hex = hex.replace(' ', "");
    let bytes = value.to_bytes().expect("it can be written");
    assert_eq!(conformance::dynamic::hex(&bytes), hex);
    assert_eq!(T::from_bytes(&bytes).as_ref(), Ok(value));
}
