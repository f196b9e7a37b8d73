//! Answers that are sound TL and make no sense: more rows than there are types, more complaints and
//! files than anybody has, a value under another's name.

use telegram_passport::ElementType;
use telegram_passport::client::{
    Form, FormError, LoadError, PassportConfig, StoredProblem, StoredValues, stored_values, wait,
};
use telegram_passport::link::RequestLink;
use telegram_passport::scope::{AddressDocument, Scope};
use telegram_passport::testing::{Document, Fault};
use telegram_passport_tl::{Encode, enums, types};

use super::passport_story_documents::{contents, draft};
use super::passport_story_world::{Service, World};

type Type = enums::SecureValueType;

#[test]
fn ten_thousand_rows() {
    let (world, link) = world();
    let rows = |count: usize| -> Vec<enums::SecureRequiredType> {
        (0..count).map(|_| required(Type::UtilityBill)).collect()
    };
    let one_of = types::SecureRequiredTypeOneOf {
        types: rows(10_000),
    };
    for (required_types, row) in [(rows(10_000), 1), (vec![one_of.into()], 0)] {
        let error = load(&world, &link, form(required_types, vec![], vec![])).expect_err("a lie");
        let element = ElementType::UtilityBill;
        assert_eq!(error, FormError::Repeated { row, element });
    }
}

/// As many complaints as files: no one may be compared with every other.
#[test]
fn fifty_thousand_files_and_complaints() {
    let (mut world, link) = world();
    let (_, unlocked) = World::unlocked();
    let bill = Document::sample(ElementType::UtilityBill);
    let saved = world.save(&unlocked, draft(&bill)).expect("saved");
    let mut stored = world.anna.stored(ElementType::UtilityBill).expect("stored");
    let file = stored.files.as_ref().expect("files")[0].clone();
    let enums::SecureFile::File(file) = file else {
        panic!("a file");
    };
    let hash = |number: u32| [&number.to_le_bytes()[..], &[7; 28]].concat();
    let other = |number| -> enums::SecureFile {
        types::SecureFile {
            file_hash: hash(number),
            ..file.clone()
        }
        .into()
    };
    stored.files = Some((0..MANY).map(other).collect());
    let complaint = |number| -> enums::SecureValueError {
        types::SecureValueErrorFile {
            r#type: Type::UtilityBill,
            file_hash: hash(number),
            text: String::new(),
        }
        .into()
    };
    // Every second one is about a file that is there.
    let errors = (MANY / 2..MANY * 3 / 2).map(complaint).collect();
    let lie = form(
        vec![required(Type::UtilityBill)],
        vec![stored.into()],
        errors,
    );
    let form = load(&world, &link, lie).expect("a form");
    assert_eq!(form.blames().len(), MANY as usize / 2);
    let mut review = form.review(&unlocked, &PassportConfig::unknown());
    // Their secrets are not those of their hashes.
    assert_eq!(review.unusable().len(), 1);
    review.put(saved);
    assert_eq!(review.blames(), [], "nothing of it is there any more");
    assert_eq!(world.stored(&unlocked), contents([&bill]));
}

/// The answer to a save or a question that is another value, though a sound one.
#[test]
fn a_value_of_another_type() {
    let (mut world, unlocked) = World::unlocked();
    let documents = [ElementType::Email, ElementType::Address].map(Document::sample);
    for document in &documents {
        world.save(&unlocked, draft(document)).expect("saved");
    }
    let [email, address] = documents.clone().map(|it| {
        let stored = world.anna.stored(it.element_type()).expect("stored");
        enums::SecureValue::from(stored)
    });
    let faults = world.telegram.faults();
    let bytes = email.to_bytes().expect("TL");
    faults.next("account.saveSecureValue", Fault::Answered(bytes));
    let error = world
        .save(&unlocked, draft(&documents[1]))
        .expect_err("a lie");
    assert!(format!("{error:?}").starts_with("NotAsSent"), "{error:?}");

    // Asked for the e-mail, the server sends the address.
    let bytes = vec![address.clone()].to_bytes().expect("TL");
    faults.next("account.getSecureValue", Fault::Answered(bytes));
    let kinds = [ElementType::Email];
    let connection = world.anna.connection();
    let stored = stored_values(&connection, &unlocked, &kinds);
    let stored = wait(stored).expect("an answer");
    assert!(stored.values.is_empty() && stored.unusable.is_empty());

    // Its parts do not belong to that name.
    let mut renamed = address.into_inner();
    for r#type in [Type::Email, Type::Passport, Type::UtilityBill] {
        renamed.r#type = r#type;
        let opened = StoredValues::open([renamed.clone().into()], &unlocked);
        assert!(opened.values.is_empty());
        let problem = opened.unusable[0].problem();
        assert!(
            matches!(problem, StoredProblem::Unexpected | StoredProblem::Missing),
            "{problem}"
        );
    }
    let two = vec![email.clone(), email];
    let opened = StoredValues::open(two, &unlocked);
    assert_eq!((opened.values.len(), opened.unusable.len()), (1, 1));
    assert_eq!(world.stored(&unlocked), contents(&documents));
}

fn world() -> (World, RequestLink) {
    let (world, _) = World::unlocked();
    let scope = Scope::builder().address_document(AddressDocument::UtilityBill);
    let link = Service::new(&world, 1).ask(&scope.build().expect("a scope"));
    (world, link)
}

/// Loads a form that the server makes up.
fn load(
    world: &World,
    link: &RequestLink,
    form: types::account::AuthorizationForm,
) -> Result<Form, FormError> {
    let bytes = enums::account::AuthorizationForm::from(form).to_bytes();
    let faults = world.telegram.faults();
    let answered = Fault::Answered(bytes.expect("TL"));
    faults.next("account.getAuthorizationForm", answered);
    match wait(Form::load(&world.anna.connection(), link)) {
        Ok(form) => Ok(form),
        Err(LoadError::Form(error)) => Err(error),
        Err(error) => panic!("{error}"),
    }
}

fn form(
    required_types: Vec<enums::SecureRequiredType>,
    values: Vec<enums::SecureValue>,
    errors: Vec<enums::SecureValueError>,
) -> types::account::AuthorizationForm {
    types::account::AuthorizationForm {
        required_types,
        values,
        errors,
        users: vec![],
        privacy_policy_url: None,
    }
}

fn required(r#type: Type) -> enums::SecureRequiredType {
    types::SecureRequiredType {
        native_names: false,
        selfie_required: false,
        translation_required: false,
        r#type,
    }
    .into()
}

const MANY: u32 = 50_000;
