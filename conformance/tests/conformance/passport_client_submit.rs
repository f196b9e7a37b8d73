//! Submitting: the service opens what it asked for and nothing else.

use std::sync::LazyLock;

use conformance::seeded::SeededRng;
use serde_json::{Value, json};
use telegram_passport::ElementType;
use telegram_passport::client::{
    Asked, Disclosure, NotStored, StoredValue, SubmitError, credentials_json, submit, wait,
};
use telegram_passport::file::FileCredentials;
use telegram_passport::hash::{DataHash, FileHash};
use telegram_passport::key::PrivateKey;
use telegram_passport::link::{BotId, RequestLink};
use telegram_passport::mtproto;
use telegram_passport::nonce::{Nonce, NonceKey};
use telegram_passport::secret::ValueSecret;
use telegram_passport::submission::{Element, FilePart, Finding, Part, Submission};
use telegram_passport_tl::types;

use super::passport_client_by_hand as by_hand;
use super::passport_client_samples::{drafts, passport, picture, saved};
use super::passport_client_shelf::{Fault, Shelf};

const EVERYTHING: Asked = Asked {
    selfie: true,
    translation: true,
};

/// Anchor 15.5: the text of the credentials as the reference prints it.
#[test]
fn the_credentials_of_the_reference() {
    let hash = DataHash::from_base64("dnjwUNRpwEfdAP/rg/3+2cRFR0j9Id6/ezaOgCG0JiA=");
    let data = (hash.expect("a hash"), value_secret(0));
    let passport = passport_of(data);
    let json = credentials_json(&[passport], &nonce("n-1"), NonceKey::Nonce);
    assert_eq!(
        json.as_str(),
        "{\"secure_data\":{\"passport\":{\"data\":{\"data_hash\":\
         \"dnjwUNRpwEfdAP/rg/3+2cRFR0j9Id6/ezaOgCG0JiA=\",\"secret\":\
         \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAO8=\"}}},\"nonce\":\"n-1\"}",
    );
    assert_eq!(json.as_str().len(), 168);
}

/// What the RSA step does not reach is the rest of the anchor.
#[test]
fn the_encryption_of_the_reference() {
    use telegram_passport::cipher::{Padding, encrypt_credentials};
    use telegram_passport::secret::CredentialsSecret;

    let mut padding = [0xbb; 40];
    padding[0] = 40;
    let mut secret = [0; 32];
    secret[0] = 0xef;
    let hash = DataHash::from_base64("dnjwUNRpwEfdAP/rg/3+2cRFR0j9Id6/ezaOgCG0JiA=");
    let data = (hash.expect("a hash"), value_secret(0));
    let passport = passport_of(data);
    let json = credentials_json(&[passport], &nonce("n-1"), NonceKey::Nonce);
    let sealed = encrypt_credentials(
        json.as_bytes(),
        &Padding::from_bytes(&padding).expect("padding"),
        &CredentialsSecret::from_slice(&secret).expect("a secret"),
    );
    let sealed = sealed.expect("it fits");
    let digits = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|it| format!("{it:02x}"))
            .collect::<String>()
    };
    assert_eq!(
        digits(sealed.hash.as_bytes()),
        "b3d9bb2d9ac293b76b6454a32dbee56b49c9470ca02f1ff0d81c50a442a2ef7f",
    );
    assert_eq!(
        digits(&sealed.bytes),
        "a9c7f70c897eaa7e199ea199b36e9735bdecd7579f831eaea81ab29b402c6ad5\
         6f6bd5cae53cdd6beaed7f3e3dc95376e38d2f04214336713159dc6a585d537c\
         d0ffe0db4eecadde37fbee0b429deba11ad3af276b1f5ba37e9220d429ef35bd\
         2edd27b891f7109ab95905336f7bc6a02c674ad6ff35cbc826f33ed737494d7c\
         1ace3c2187d6bd0217b9b6e5bb518060355c94105e027f8a7e61a36acd688bc7\
         f63af8afefc8e5b04bd001c095b606c47dcce4f7f986e02461654eab4baa0d8e\
         68ac023fba16a76ffab87d199ba81349",
    );
}

#[test]
fn the_service_opens_all_13_kinds() {
    let shelf = Shelf::new();
    let values: Vec<_> = drafts()
        .into_iter()
        .map(|draft| saved(&shelf, draft))
        .collect();
    let (submission, call) = submitted(&shelf, &values, EVERYTHING);
    assert_eq!(submission.elements().len(), 13);
    assert_eq!(submission.findings(), []);
    assert_eq!(
        submission
            .personal_details()
            .and_then(|it| it.data()?.document().first_name_native()),
        Some("Άννα \"\u{1f642}\""),
    );
    assert_eq!(
        submission
            .address()
            .and_then(|it| it.data()?.document().street_line1()),
        Some("Straße 1"),
    );
    assert_eq!(
        submission.phone_number().map(|it| it.text().as_str()),
        Some("4930123456")
    );
    assert_eq!(
        submission.email().map(|it| it.text().as_str()),
        Some("anna@example.org")
    );
    let passport = submission
        .identity_document(ElementType::Passport)
        .expect("a passport");
    let number = passport.data().and_then(|it| it.document().document_no());
    assert_eq!(number, Some("AB123456"));
    let contents: Vec<_> = passport_contents(&shelf, &submission);
    assert_eq!(
        contents,
        [
            picture(1, 40_000),
            picture(2, 33_000),
            picture(3, 100),
            picture(4, 1)
        ]
    );
    let files: usize = submission
        .elements()
        .iter()
        .map(|it| it.files().count())
        .sum();
    assert_eq!(files, 4 + 1 + 2 * 4 + 5 * 3);
    // Every value with the hash of the server, phone number and e-mail address included.
    let hashes = call
        .value_hashes
        .iter()
        .map(|it| (ElementType::from(&it.r#type), &it.hash[..]));
    let expected = values.iter().map(|it| (it.element_type(), it.hash()));
    assert!(hashes.eq(expected));
}

#[test]
fn the_call_has_the_texts_of_the_link() {
    let shelf = Shelf::new();
    let email = vec![saved(&shelf, drafts().remove(5))];
    let (_, call) = submitted(&shelf, &email, EVERYTHING);
    assert_eq!(call.bot_id, 543_260_180);
    assert_eq!(call.scope, SCOPE);
    assert_eq!(call.public_key, KEY.public_key().text());
    assert_eq!(
        credentials_of(&call),
        json!({ "secure_data": {}, "nonce": "no\"nce\n\u{e9}" })
    );
}

#[test]
fn what_was_not_asked_for_stays_closed() {
    let shelf = Shelf::new();
    let values = [saved(&shelf, passport())];
    for (selfie, translation) in [(false, false), (true, false), (false, true), (true, true)] {
        let (submission, call) = submitted(
            &shelf,
            &values,
            Asked {
                selfie,
                translation,
            },
        );
        let document = submission
            .identity_document(ElementType::Passport)
            .expect("a passport");
        assert!(document.front_side().is_some() && document.data().is_some());
        assert_eq!(document.selfie().is_some(), selfie);
        assert_eq!(
            document.translation().map(|it| it.len()),
            translation.then_some(2)
        );
        let keys = &credentials_of(&call)["secure_data"]["passport"];
        let keys: Vec<_> = keys
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect();
        let mut expected = vec!["data", "front_side"];
        expected.extend(selfie.then_some("selfie"));
        expected.extend(translation.then_some("translation"));
        assert_eq!(keys, expected);
        let closed = Finding::NoCredentials(ElementType::Passport, Part::File(FilePart::Selfie));
        assert_eq!(submission.findings().contains(&closed), !selfie);
    }
}

#[test]
fn what_is_asked_for_and_not_stored_is_told() {
    let shelf = Shelf::new();
    let mut bare = passport();
    *bare.selfie_mut() = None;
    bare.translation_mut().clear();
    let stored = saved(&shelf, bare);
    let element = ElementType::Passport;
    for (asked, part) in [
        (
            Asked {
                selfie: true,
                translation: false,
            },
            FilePart::Selfie,
        ),
        (
            Asked {
                selfie: false,
                translation: true,
            },
            FilePart::Translation(0),
        ),
    ] {
        let missing = Disclosure::of(&stored, asked).expect_err("it is not stored");
        assert_eq!(missing, NotStored { element, part });
    }
    assert!(Disclosure::of(&stored, Asked::default()).is_ok());
    // Kinds that have neither are asked for neither.
    let email = saved(&shelf, drafts().remove(5));
    assert!(Disclosure::of(&email, EVERYTHING).is_ok());
}

#[test]
fn a_request_of_version_1_0_has_a_payload() {
    let shelf = Shelf::new();
    let stored = saved(&shelf, passport());
    let values = [Disclosure::of(&stored, Asked::default()).expect("stored")];
    let link = RequestLink::verbatim(
        bot(),
        "[\"passport\"]",
        KEY.public_key().text(),
        &nonce("p"),
    );
    let link = link.expect("a link");
    wait(submit(&shelf, &link, &values, &mut SeededRng::new(1))).expect("accepted");
    let call = shelf.state().submitted[0].clone();
    let data = passport_data(&shelf, &call);
    assert!(data.open(&*KEY, |_: &str| true).is_err());
    assert!(data.open_version_1_0(&*KEY, &nonce("p")).is_ok());
    assert_eq!(credentials_of(&call)["payload"], "p");
    assert_eq!(credentials_of(&call).get("nonce"), None);
}

#[test]
fn files_of_a_list_stay_in_their_order() {
    let file = |at: u8| {
        let hash = FileHash::from_slice(&[at; 32]).expect("a hash");
        FileCredentials::new(hash, value_secret(at))
    };
    let part = FilePart::Files;
    let bill = Disclosure::from_keys(
        ElementType::UtilityBill,
        b"h",
        None,
        [
            (part(1), file(1)),
            (FilePart::Translation(0), file(7)),
            (part(0), file(0)),
            (part(1), file(9)),
            (FilePart::Translation(1), file(8)),
        ],
        EVERYTHING,
    );
    let bill = bill.expect("a translation is there");
    let json = credentials_json(&[bill], &nonce("n"), NonceKey::Payload);
    let json: Value = serde_json::from_str(json.as_str()).expect("JSON");
    let bill = &json["secure_data"]["utility_bill"];
    let hash = |at: u8| FileHash::from_slice(&[at; 32]).expect("a hash").to_base64();
    let hashes = |list: &str| {
        let list = bill[list].as_array().expect("a list").iter();
        list.map(|it| it["file_hash"].as_str().expect("text").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(hashes("files"), [hash(0), hash(1)]);
    assert_eq!(hashes("translation"), [hash(7), hash(8)]);
}

#[test]
fn any_nonce_comes_through() {
    for text in [
        "n",
        "\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f}",
        "\u{2028}é\u{1f642}",
        "nonce\"}",
    ] {
        let json = credentials_json(&[], &nonce(text), NonceKey::Nonce);
        let json: Value = serde_json::from_str(json.as_str()).expect("JSON");
        assert_eq!(json["nonce"], text);
    }
}

#[test]
fn nothing_is_sent_that_cannot_be_right() {
    let shelf = Shelf::new();
    let stored = saved(&shelf, drafts().remove(5));
    let email = Disclosure::of(&stored, Asked::default()).expect("stored");
    let before = shelf.state().methods.len();
    let run = |link: &RequestLink, values: &[Disclosure]| {
        wait(submit(&shelf, link, values, &mut SeededRng::new(1))).expect_err("it is refused")
    };
    assert!(matches!(run(&link(), &[]), SubmitError::Nothing));
    let twice = [email.clone(), email.clone()];
    assert!(matches!(
        run(&link(), &twice),
        SubmitError::Twice(ElementType::Email)
    ));
    let no_key = RequestLink::verbatim(bot(), SCOPE, "BEGIN PUBLIC KEY", &nonce("n"));
    let error = run(&no_key.expect("a link"), &[email]);
    assert!(matches!(error, SubmitError::PublicKey(_)), "{error}");
    assert_eq!(shelf.state().methods.len(), before);
}

#[test]
fn refusals_say_what_to_do() {
    let shelf = Shelf::new();
    let stored = saved(&shelf, drafts().remove(5));
    let email = [Disclosure::of(&stored, Asked::default()).expect("stored")];
    let refused = |fault: fn() -> Fault| {
        shelf.fault_at(0, fault);
        wait(submit(&shelf, &link(), &email, &mut SeededRng::new(1))).expect_err("refused")
    };
    macro_rules! refusals {
        ($($name:literal => $variant:pat,)*) => {$(
            let error = refused(|| Fault::Refused(400, $name));
            assert!(matches!(error, $variant), "{}: {error}", $name);
        )*};
    }
    refusals! {
        "SECURE_VALUE_EMPTY" => SubmitError::ValueChanged,
        "SECURE_VALUE_HASH_INVALID" => SubmitError::ValueChanged,
        "BOT_INVALID" => SubmitError::BotInvalid,
        "PUBLIC_KEY_INVALID" => SubmitError::PublicKeyInvalid,
        "PUBLIC_KEY_REQUIRED" => SubmitError::PublicKeyInvalid,
        "PASSWORD_REQUIRED" => SubmitError::PasswordRequired,
        "SECURE_SECRET_REQUIRED" => SubmitError::SecretRequired,
        "APP_VERSION_OUTDATED" => SubmitError::AppVersionOutdated,
        "FLOOD_WAIT_9" => SubmitError::Wait { seconds: 9 },
        "INTERNAL" => SubmitError::Failed(_),
    }
    assert!(matches!(refused(|| Fault::False), SubmitError::NotAccepted));
    assert!(matches!(
        refused(|| Fault::LostAnswer),
        SubmitError::Failed(_)
    ));
}

#[test]
fn a_disclosure_prints_no_key() {
    let shelf = Shelf::new();
    let stored = saved(&shelf, passport());
    let disclosure = Disclosure::of(&stored, EVERYTHING).expect("stored");
    assert_eq!(
        format!("{disclosure:?}"),
        "Disclosure { element_type: Passport, files: [FrontSide, Selfie, Translation(0), \
         Translation(1)], .. }",
    );
}

const SCOPE: &str = r#"{"v":1,"d":["pp","em"]}"#;

static KEY: LazyLock<PrivateKey> =
    LazyLock::new(|| PrivateKey::generate(&mut SeededRng::new(5)).expect("a key"));

fn bot() -> BotId {
    BotId::new(543_260_180).expect("an id")
}

fn nonce(text: &str) -> Nonce {
    Nonce::from_text(text).expect("a nonce")
}

fn link() -> RequestLink {
    let nonce = nonce("no\"nce\n\u{e9}");
    RequestLink::verbatim(bot(), SCOPE, KEY.public_key().text(), &nonce).expect("a link")
}

/// Submits, of what is asked all that is there, and opens at the service what the server would
/// deliver.
fn submitted(
    shelf: &Shelf,
    values: &[StoredValue],
    asked: Asked,
) -> (
    Submission,
    telegram_passport_tl::functions::account::AcceptAuthorization,
) {
    let disclosures: Vec<_> = values
        .iter()
        .map(|value| {
            let asked = Asked {
                selfie: asked.selfie && value.selfie().is_some(),
                translation: asked.translation && !value.translation().is_empty(),
            };
            Disclosure::of(value, asked).expect("it is stored")
        })
        .collect();
    wait(submit(shelf, &link(), &disclosures, &mut SeededRng::new(1))).expect("accepted");
    let call = shelf.state().submitted.last().cloned().expect("it came");
    let data = passport_data(shelf, &call);
    let submission = data.open(&*KEY, link().nonce()).expect("it opens");
    (submission, call)
}

fn passport_data(
    shelf: &Shelf,
    call: &telegram_passport_tl::functions::account::AcceptAuthorization,
) -> telegram_passport::PassportData {
    let state = shelf.state();
    let values = call.value_hashes.iter().map(|wanted| {
        let mut values = state.values.iter();
        let value = values
            .find(|value| value.r#type == wanted.r#type)
            .expect("it is stored");
        assert_eq!(value.hash, wanted.hash, "the hash of the server");
        value.clone().into()
    });
    let action = types::MessageActionSecureValuesSentMe {
        values: values.collect(),
        credentials: call.credentials.clone(),
    };
    mtproto::read_action(&action).expect("a container")
}

/// The credentials, opened by hand behind the RSA step.
fn credentials_of(call: &telegram_passport_tl::functions::account::AcceptAuthorization) -> Value {
    use telegram_passport::key::CredentialsKey;

    let secret = KEY
        .open(&call.credentials.secret)
        .expect("it is for this key");
    let json = by_hand::open(
        secret.expose(),
        &call.credentials.hash,
        &call.credentials.data,
    );
    serde_json::from_slice(&json).expect("JSON")
}

fn passport_contents(shelf: &Shelf, submission: &Submission) -> Vec<Vec<u8>> {
    let element = submission.get(ElementType::Passport);
    let files = element.into_iter().flat_map(Element::files);
    files
        .map(|file| {
            let telegram_passport::FileLocation::Mtproto(remote) = file.location() else {
                panic!("it came over MTProto")
            };
            let bytes = shelf.state().files[&remote.id].1.clone();
            file.decrypt(bytes).expect("it opens").as_bytes().to_vec()
        })
        .collect()
}

fn passport_of(data: (DataHash, ValueSecret)) -> Disclosure {
    let nothing = Asked::default();
    Disclosure::from_keys(ElementType::Passport, b"h", Some(data), [], nothing)
        .expect("nothing is asked for")
}

/// 31 bytes of that value behind the one that mends the sum.
fn value_secret(fill: u8) -> ValueSecret {
    let mut secret = by_hand::secret(fill);
    secret.rotate_left(1);
    ValueSecret::from_slice(&secret).expect("a secret")
}
