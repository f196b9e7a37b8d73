//! A form beside what is stored: what is ready, what is lacking, what is chosen.

use conformance::random::for_each;
use conformance::sealed::{Vault, hash_of};
use proptest::prelude::*;
use telegram_passport::ElementType::{
    self, Address, BankStatement, Email, IdentityCard, Passport, PersonalDetails, PhoneNumber,
    UtilityBill,
};
use telegram_passport::client::{Form, Lack, PassportConfig, Review, StoredValue};
use telegram_passport::document::Rule;
use telegram_passport::fulfilment::Ingredient;
use telegram_passport::link::RequestLink;
use telegram_passport_tl::{enums, types};

/// Everything is stored and valid: one value for each row, in the order of the form.
#[test]
fn everything_is_there() {
    let mut vault = Vault::new(1);
    let elements = [
        PersonalDetails,
        Passport,
        Address,
        UtilityBill,
        PhoneNumber,
        Email,
    ];
    let values = elements.map(|element| vault.plainest(element));
    let rows = elements.map(|element| vec![Asked::of(element)]);
    let review = review(&vault, &rows, values.into(), vec![]);
    let choice = review.choose().expect("nothing is lacking");
    assert_eq!(choice.elements().collect::<Vec<_>>(), elements);
    assert!(review.unusable().is_empty());
}

/// What was not stored, what is damaged, and what an invalid document breaks.
#[test]
fn what_is_lacking() {
    let mut vault = Vault::new(2);
    let mut damaged = vault.plainest(Address);
    if let Some(data) = &mut damaged.data {
        data.data[40] ^= 1;
    }
    let mut details = vault.plainest(PersonalDetails);
    details.data = Some(vault.data(
        r#"{"birth_date":"30.02.1990","country_code":"DE","first_name":"Anna","gender":"female","residence_country_code":"DE"}"#,
    ));
    let mut email = Vault::empty(Email);
    let address = "nothing at all".to_owned();
    email.plain_data = Some(types::SecurePlainEmail { email: address }.into());
    let asked = [
        PersonalDetails,
        Address,
        Passport,
        UtilityBill,
        PhoneNumber,
        Email,
    ];
    let rows = asked.map(|element| vec![Asked::of(element)]);
    let review = review(&vault, &rows, vec![damaged, details, email], vec![]);

    let incomplete = review.choose().expect_err("much is lacking");
    let lacks: Vec<_> = incomplete
        .rows()
        .iter()
        .map(|row| (row.row, row.alternatives.clone()))
        .collect();
    let invalid = |field: &str, rule| Lack::Invalid {
        field: field.to_owned(),
        rule,
    };
    assert_eq!(
        lacks,
        [
            (
                0,
                vec![(
                    PersonalDetails,
                    vec![
                        invalid("last_name", Rule::Missing),
                        invalid("birth_date", Rule::NotACalendarDate),
                    ]
                )]
            ),
            (1, vec![(Address, vec![Lack::Unusable])]),
            (
                2,
                vec![(Passport, vec![Lack::Missing(Ingredient::FrontSide)])]
            ),
            (
                3,
                vec![(UtilityBill, vec![Lack::Missing(Ingredient::Files)])]
            ),
            (
                4,
                vec![(PhoneNumber, vec![Lack::Missing(Ingredient::Text)])]
            ),
            (
                5,
                vec![(Email, vec![invalid("email", Rule::NotAnEmailAddress)])]
            ),
        ]
    );
    assert_eq!(
        incomplete.to_string(),
        "the form is not complete: personal_details (`last_name` must not be empty, `birth_date` \
         must be a day that the calendar has); address (what is stored does not open: save it \
         anew); passport (front_side is missing); utility_bill (files is missing); phone_number \
         (text is missing); email (`email` must be an e-mail address)"
    );
    assert_eq!(review.unusable().len(), 1);
    assert!(review.value(Address).is_none());
}

/// Selfie and translation count where they are asked for, and only there.
#[test]
fn selfies_and_translations() {
    let mut vault = Vault::new(3);
    let plain = vault.plainest(Passport);
    let mut full = vault.plainest(Passport);
    full.selfie = Some(vault.file());
    full.translation = Some(vec![vault.file()]);
    for (value, selfie, translation, lacks) in [
        (&plain, false, false, vec![]),
        (&plain, true, false, vec![Ingredient::Selfie]),
        (&plain, false, true, vec![Ingredient::Translation]),
        (
            &plain,
            true,
            true,
            vec![Ingredient::Selfie, Ingredient::Translation],
        ),
        (&full, true, true, vec![]),
        (&full, false, false, vec![]),
    ] {
        let asked = Asked {
            selfie,
            translation,
            ..Asked::of(Passport)
        };
        let review = review(&vault, &[vec![asked]], vec![value.clone()], vec![]);
        let required = review.form().rows()[0].alternatives()[0];
        let lacks: Vec<_> = lacks.into_iter().map(Lack::Missing).collect();
        assert_eq!(review.lacks(required), lacks);
    }
}

/// Native names are asked for by the country of residence.
#[test]
fn native_names() {
    let config = PassportConfig::from_json(1, r#"{"DE":"de","US":"en"}"#).expect("an object");
    let mut vault = Vault::new(4);
    let mut lacks = |residence: &str, native: &str| {
        let json = format!(
            r#"{{"birth_date":"01.02.1990","country_code":"DE","first_name":"Anna","gender":"female","last_name":"Smith","residence_country_code":"{residence}"{native}}}"#
        );
        let mut value = Vault::empty(PersonalDetails);
        value.data = Some(vault.data(&json));
        let asked = Asked {
            native: true,
            ..Asked::of(PersonalDetails)
        };
        let review = form(&[vec![asked]], vec![value], vec![]).review(vault.unlocked(), &config);
        let required = review.form().rows()[0].alternatives()[0];
        review.lacks(required)
    };
    let native = || Lack::Missing(Ingredient::NativeNames);
    assert_eq!(lacks("DE", ""), [native()]);
    assert_eq!(lacks("US", ""), [native()]);
    assert_eq!(lacks("ZZ", ""), [native()]);
    let one = r#","first_name_native":"Anna""#;
    assert_eq!(lacks("DE", one), [native()]);
    let both = r#","first_name_native":"Anna","last_name_native":"Schmidt""#;
    assert_eq!(lacks("DE", both), []);
}

/// The first alternative that is ready, or the user's own choice.
#[test]
fn alternatives() {
    let mut vault = Vault::new(5);
    let mut card = vault.plainest(IdentityCard);
    card.selfie = Some(vault.file());
    let values = vec![vault.plainest(Passport), card];
    let asked = |element, selfie| Asked {
        selfie,
        ..Asked::of(element)
    };
    let chosen = |rows: &[Vec<Asked>]| {
        let review = review(&vault, rows, values.clone(), vec![]);
        let choice = review.choose().expect("one is ready");
        choice.elements().collect::<Vec<_>>()
    };
    assert_eq!(
        chosen(&[vec![asked(Passport, false), asked(IdentityCard, false)]]),
        [Passport]
    );
    assert_eq!(
        chosen(&[vec![asked(IdentityCard, false), asked(Passport, false)]]),
        [IdentityCard]
    );
    assert_eq!(
        chosen(&[vec![asked(Passport, true), asked(IdentityCard, true)]]),
        [IdentityCard]
    );
    let rows = [vec![asked(Passport, false), asked(IdentityCard, false)]];
    let review = review(&vault, &rows, values.clone(), vec![]);
    let choice = review.choose_among(&[IdentityCard]).expect("it is ready");
    assert_eq!(choice.elements().collect::<Vec<_>>(), [IdentityCard]);
    assert!(review.choose_among(&[BankStatement]).is_err());
}

/// A complaint is over when what it blames has changed, and not before.
#[test]
fn complaints_and_what_resolves_them() {
    let mut vault = Vault::new(6);
    let old = vault.plainest(Passport);
    let front = old.front_side.as_ref().map(hash_of).expect("a front side");
    let r#type = || enums::SecureValueType::Passport;
    let text = || "mend it".to_owned();
    let errors: Vec<enums::SecureValueError> = vec![
        types::SecureValueErrorData {
            r#type: r#type(),
            data_hash: vec![0; 32],
            field: "document_no".to_owned(),
            text: text(),
        }
        .into(),
        types::SecureValueErrorFrontSide {
            r#type: r#type(),
            file_hash: front,
            text: text(),
        }
        .into(),
        types::SecureValueError {
            r#type: r#type(),
            hash: vec![],
            text: text(),
        }
        .into(),
    ];
    let rows = [vec![Asked::of(Passport)]];
    let blamed = |change: &mut dyn FnMut(&mut types::SecureValue, &mut Vault)| {
        let mut vault = Vault::new(6);
        let mut value = vault.plainest(Passport);
        let mut review = review(&vault, &rows, vec![old.clone()], errors.clone());
        assert_eq!(review.blames().len(), 3);
        assert!(review.choose().is_err());
        change(&mut value, &mut vault);
        review.put(StoredValue::open(value, vault.unlocked()).expect("it opens"));
        let ready = review.choose().is_ok();
        (review.blames().len(), ready)
    };
    // Saved anew as it was: only the complaint about the whole is over.
    assert_eq!(blamed(&mut |_, _| ()), (2, false));
    let number = r#"{"document_no":"ZZ999999"}"#;
    assert_eq!(
        blamed(&mut |value, vault| value.data = Some(vault.data(number))),
        (1, false)
    );
    assert_eq!(
        blamed(&mut |value, vault| value.front_side = Some(vault.file())),
        (1, false)
    );
    assert_eq!(
        blamed(&mut |value, vault| {
            value.data = Some(vault.data(number));
            value.front_side = Some(vault.file());
        }),
        (0, true)
    );
}

/// Complaints about an alternative do not stand against another one.
#[test]
fn another_alternative_than_the_blamed_one() {
    let mut vault = Vault::new(7);
    let values = vec![vault.plainest(Passport), vault.plainest(IdentityCard)];
    let error = types::SecureValueError {
        r#type: enums::SecureValueType::Passport,
        hash: vec![],
        text: "expired".to_owned(),
    };
    let rows = [vec![Asked::of(Passport), Asked::of(IdentityCard)]];
    let review = review(&vault, &rows, values, vec![error.into()]);
    let choice = review.choose().expect("one is ready");
    assert_eq!(choice.elements().collect::<Vec<_>>(), [IdentityCard]);
}

/// Random forms and vaults against a model of the rule.
#[test]
fn the_choice_by_a_model() {
    let mut vault = Vault::new(8);
    let documents = ElementType::ALL.map(|element| {
        let plain = vault.plainest(element);
        let mut full = plain.clone();
        full.selfie = element.may_have_selfie().then(|| vault.file());
        full.translation = element.may_have_translation().then(|| vec![vault.file()]);
        (plain, full)
    });
    // For each type: not stored, plain, full; whether selfie and translation are asked for.
    let types = proptest::collection::vec((0_u8..3, any::<bool>(), any::<bool>()), 13);
    let order = Just((0..13_usize).collect::<Vec<_>>()).prop_shuffle();
    let breaks = proptest::collection::vec(any::<bool>(), 13);
    for_each(200, (types, order, breaks), |(types, order, breaks)| {
        let mut rows: Vec<Vec<Asked>> = Vec::new();
        for &at in &order {
            let element = ElementType::ALL[at];
            let (_, selfie, translation) = types[at];
            let asked = Asked {
                selfie: selfie && element.may_have_selfie(),
                translation: translation && element.may_have_translation(),
                ..Asked::of(element)
            };
            let joins = element.may_have_translation() && !breaks[at];
            match rows.last_mut() {
                Some(row) if joins && row[0].element.may_have_translation() => row.push(asked),
                _ => rows.push(vec![asked]),
            }
        }
        let mut values = Vec::new();
        for (at, (plain, full)) in documents.iter().enumerate() {
            match types[at].0 {
                0 => {}
                1 => values.push(plain.clone()),
                _ => values.push(full.clone()),
            }
        }
        let ready = |asked: &Asked| {
            let at = ElementType::ALL.iter().position(|it| *it == asked.element);
            match types[at.expect("one of them")].0 {
                0 => false,
                1 => !asked.selfie && !asked.translation,
                _ => true,
            }
        };
        let expected: Vec<Option<ElementType>> = rows
            .iter()
            .map(|row| row.iter().find(|it| ready(it)).map(|it| it.element))
            .collect();
        let review = review(&vault, &rows, values, vec![]);
        match review.choose() {
            Ok(choice) => {
                let chosen: Vec<_> = choice.elements().map(Some).collect();
                prop_assert_eq!(chosen, expected);
            }
            Err(incomplete) => {
                let missing: Vec<_> = incomplete.rows().iter().map(|row| row.row).collect();
                let rows = expected.iter().enumerate();
                let model: Vec<_> = rows
                    .filter(|(_, it)| it.is_none())
                    .map(|(at, _)| at)
                    .collect();
                prop_assert_eq!(missing, model);
            }
        }
        Ok(())
    });
}

#[derive(Clone, Copy)]
struct Asked {
    element: ElementType,
    selfie: bool,
    translation: bool,
    native: bool,
}

impl Asked {
    fn of(element: ElementType) -> Self {
        Self {
            element,
            selfie: false,
            translation: false,
            native: false,
        }
    }
}

fn review(
    vault: &Vault,
    rows: &[Vec<Asked>],
    values: Vec<types::SecureValue>,
    errors: Vec<enums::SecureValueError>,
) -> Review {
    form(rows, values, errors).review(vault.unlocked(), &PassportConfig::unknown())
}

fn form(
    rows: &[Vec<Asked>],
    values: Vec<types::SecureValue>,
    errors: Vec<enums::SecureValueError>,
) -> Form {
    let one = |asked: &Asked| {
        enums::SecureRequiredType::from(types::SecureRequiredType {
            native_names: asked.native,
            selfie_required: asked.selfie,
            translation_required: asked.translation,
            r#type: enums::SecureValueType::from(asked.element),
        })
    };
    let row = |row: &Vec<Asked>| match row.as_slice() {
        [asked] => one(asked),
        several => types::SecureRequiredTypeOneOf {
            types: several.iter().map(one).collect(),
        }
        .into(),
    };
    let link = "tg://passport?bot_id=123&scope=%7B%7D&public_key=key&nonce=n";
    let form = types::account::AuthorizationForm {
        required_types: rows.iter().map(row).collect(),
        values: values.into_iter().map(Into::into).collect(),
        errors,
        users: vec![],
        privacy_policy_url: None,
    };
    Form::read(&RequestLink::parse(link).expect("a link"), form).expect("a form")
}
