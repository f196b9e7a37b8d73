//! The JSON documents of a Passport: read with leniency, then held to the rules.

use serde_json::{Map, Value, json};
use telegram_passport::ElementType;
use telegram_passport::document::{
    AddressField, IdDocumentData, IdDocumentField, NativeNames, PersonalDetails,
    PersonalDetailsField, ResidentialAddress,
};

use super::Refusal;
use super::fields::{hex, text};

/// The fields that are there, each as text.
pub(super) fn read(request: &Value) -> Result<Value, Refusal> {
    let document = Document::read(request)?;
    let fields: Map<String, Value> = match &document {
        Document::PersonalDetails(it) => {
            let fields = PersonalDetailsField::ALL.into_iter();
            fields
                .filter_map(|field| Some((field.name().into(), it.get(field)?.into())))
                .collect()
        }
        Document::Address(it) => {
            let fields = AddressField::ALL.into_iter();
            fields
                .filter_map(|field| Some((field.name().into(), it.get(field)?.into())))
                .collect()
        }
        Document::Identity(it) => {
            let fields = IdDocumentField::ALL.into_iter();
            fields
                .filter_map(|field| Some((field.name().into(), it.get(field)?.into())))
                .collect()
        }
    };
    Ok(json!({"fields": fields}))
}

/// Refuses a document that breaks a rule.
pub(super) fn check(request: &Value) -> Result<Value, Refusal> {
    let native_names = match request["nativeNames"] == true {
        true => NativeNames::Required,
        false => NativeNames::NotRequired,
    };
    match Document::read(request)? {
        Document::PersonalDetails(it) => it.validate(native_names)?,
        Document::Address(it) => it.validate()?,
        Document::Identity(it) => it.validate()?,
    }
    Ok(true.into())
}

enum Document {
    PersonalDetails(PersonalDetails),
    Address(ResidentialAddress),
    Identity(IdDocumentData),
}

impl Document {
    fn read(request: &Value) -> Result<Self, Refusal> {
        let bytes = match request.get("documentHex") {
            Some(_) => hex(request, "documentHex")?,
            None => text(request, "document")?.as_bytes().to_vec(),
        };
        Ok(match text(request, "elementType")?.parse()? {
            ElementType::PersonalDetails => {
                Self::PersonalDetails(PersonalDetails::from_json(&bytes)?)
            }
            ElementType::Address => Self::Address(ResidentialAddress::from_json(&bytes)?),
            it if it.is_identity_document() => Self::Identity(IdDocumentData::from_json(&bytes)?),
            _ => return Err(Refusal::Unsupported),
        })
    }
}
