//! What Telegram's server answers to a user's client that asks for a form.

use std::sync::OnceLock;

use telegram_passport::ElementType;
use telegram_passport::client::{Form, PassportConfig};
use telegram_passport::link::RequestLink;
use telegram_passport_tl::{Boxed, Decode, Encode, enums, types};

use super::seeds;
use crate::sealed::Vault;

/// The bytes of an `account.authorizationForm`, read for a fixed link and opened with a fixed passport
/// secret.
///
/// Each stored value is either there or reported as unusable. What is chosen fills every row, by an
/// alternative that lacks nothing; what is not, names rows that lack something in every alternative.
pub fn form(data: &[u8]) {
    let Ok(Boxed(form)) = Boxed::<types::account::AuthorizationForm>::from_bytes(data) else {
        return;
    };
    let values = form.values.len();
    let rows = form.required_types.len();
    let (link, vault) = fixed();
    let form = match Form::read(link, form) {
        Ok(form) => form,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    let is_page = |url: &str| url.to_ascii_lowercase().starts_with("http");
    assert!(form.privacy_policy_url().is_none_or(is_page));
    assert_eq!(form.rows().len(), rows);
    let review = form.review(vault.unlocked(), &PassportConfig::unknown());
    let usable = ElementType::ALL
        .into_iter()
        .filter(|it| review.value(*it).is_some());
    assert_eq!(usable.count() + review.unusable().len(), values);
    let rows = review.form().rows();
    match review.choose() {
        Ok(choice) => {
            let chosen: Vec<_> = choice.elements().collect();
            assert_eq!(chosen.len(), rows.len());
            for row in rows {
                let mut alternatives = row.alternatives().iter();
                let filled = alternatives
                    .any(|it| chosen.contains(&it.element) && review.lacks(*it).is_empty());
                assert!(filled, "{row:?}");
            }
        }
        Err(incomplete) => {
            assert!(!incomplete.rows().is_empty());
            for row in incomplete.rows() {
                let alternatives = rows[row.row].alternatives();
                assert!(alternatives.iter().all(|it| !review.lacks(*it).is_empty()));
            }
            assert!(!incomplete.to_string().is_empty());
        }
    }
}

fn fixed() -> &'static (RequestLink, Vault) {
    static FIXED: OnceLock<(RequestLink, Vault)> = OnceLock::new();
    FIXED.get_or_init(|| {
        let url = "tg://passport?bot_id=1&scope=%7B%22v%22%3A1%2C%22d%22%3A%5B%22em%22%5D%7D&public_key=k&nonce=n";
        let link = RequestLink::parse(url).expect("it is a link");
        (link, Vault::new(1))
    })
}

/// Forms that can be filled, each of one row and all in one, with complaints; and those of the vectors.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let mut vault = Vault::new(1);
    let mut all = empty();
    let mut seeds = Vec::new();
    for element in ElementType::ALL {
        let mut value = vault.plainest(element);
        if element.is_identity_document() {
            value.selfie = Some(vault.file());
            value.translation = Some(vec![vault.file(), vault.file()]);
        }
        let row: enums::SecureRequiredType = types::SecureRequiredType {
            native_names: element == ElementType::PersonalDetails,
            selfie_required: element.is_identity_document(),
            translation_required: element.is_identity_document(),
            r#type: element.into(),
        }
        .into();
        let one_of = types::SecureRequiredTypeOneOf {
            types: vec![row.clone()],
        };
        let mut one = empty();
        one.required_types = vec![one_of.into()];
        one.values = vec![value.clone().into()];
        let mut blamed = one.clone();
        let error = types::SecureValueError {
            r#type: element.into(),
            hash: value.hash.clone(),
            text: "wrong".to_owned(),
        };
        blamed.errors = vec![error.into()];
        seeds.extend([bytes(one), bytes(blamed)]);
        all.required_types.push(row);
        all.values.push(value.into());
    }
    seeds.push(bytes(all));
    let forms = seeds::hex_fields("tl_wire", "bytes");
    let is_form = |it: &Vec<u8>| Boxed::<types::account::AuthorizationForm>::from_bytes(it).is_ok();
    seeds.extend(forms.into_iter().filter(is_form));
    seeds
}

fn empty() -> types::account::AuthorizationForm {
    types::account::AuthorizationForm {
        required_types: vec![],
        values: vec![],
        errors: vec![],
        users: vec![],
        privacy_policy_url: Some("https://a.example/privacy".to_owned()),
    }
}

fn bytes(form: types::account::AuthorizationForm) -> Vec<u8> {
    Boxed(form).to_bytes().expect("it is short")
}
