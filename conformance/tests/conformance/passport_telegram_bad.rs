//! Submissions without a server: the good one opens through both doors, and each bad one is
//! noticed where it says.

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::time::Instant;

use telegram_passport::file::{ImageFinding, ImageReport};
use telegram_passport::key::PrivateKey;
use telegram_passport::link::{BotId, RequestLink};
use telegram_passport::nonce::{MemoryNonceStore, Nonce, NonceLimits, NonceStore};
use telegram_passport::scope::{
    AddressDocument, AddressRequest, IdentityDocument, NativeNames, Scope,
};
use telegram_passport::submission::Element;
use telegram_passport::testing::{
    BadSubmission, Document, Noticed, Randomness, SubmissionError, submission,
};
use telegram_passport::{ContainerError, ElementType, PassportData, bot_api, mtproto, testing};

#[test]
fn a_submission_fulfils_the_request_through_both_doors() {
    let service = Service::new();
    let answer = service.answer();
    for door in DOORS {
        let data = door(&answer).expect("a container");
        let submission = data.open(service.key, &service.nonce).expect("it opens");
        assert_eq!(submission.findings(), []);
        assert!(service.scope.check(&submission).is_complete());
        let sent: Vec<_> = submission
            .elements()
            .iter()
            .map(Element::element_type)
            .collect();
        let expected = [
            ElementType::PersonalDetails,
            ElementType::Address,
            ElementType::DriverLicense,
            ElementType::UtilityBill,
            ElementType::PhoneNumber,
            ElementType::Email,
        ];
        assert_eq!(sent, expected);
        let details = submission.personal_details().and_then(|it| it.data());
        let details = details.expect("details").document();
        assert_eq!(details.first_name(), Some("Anna"));
        let mut contents = BTreeSet::new();
        let mut count = 0;
        for file in submission.files() {
            let encrypted = answer.file(file.location()).expect("a file");
            let plain = file.credentials().decrypt(encrypted).expect("it decrypts");
            assert_eq!(ImageReport::of(plain.as_bytes()).findings().count(), 0);
            contents.insert(plain.as_bytes().to_vec());
            count += 1;
        }
        // Both sides, the selfie, two pages, and two of each translation.
        assert_eq!((count, contents.len()), (9, 9));
    }
}

#[test]
fn what_was_not_asked_for_is_sent_but_not_opened() {
    let service = Service::new();
    let scope = Scope::builder()
        .identity_document(IdentityDocument::Passport)
        .build();
    let link = service.link(&scope.expect("a scope"));
    let answer = submission(&link, &Document::samples(), 5).expect("a submission");
    let data = mtproto::read_action(&answer.action()).expect("a container");
    let opened = data.open(service.key, &service.nonce).expect("it opens");
    let passport = opened
        .identity_document(ElementType::Passport)
        .expect("a passport");
    assert!(passport.selfie().is_none() && passport.translation().is_none());
    let findings: Vec<_> = opened.findings().iter().map(ToString::to_string).collect();
    assert_eq!(findings.len(), 3, "{findings:?}");
    assert_eq!(answer.files().count(), 4);
}

#[test]
fn a_request_of_version_1_0_is_answered_with_its_payload() {
    let service = Service::new();
    let bot_id = BotId::new(7).expect("an id");
    let link = RequestLink::verbatim(
        bot_id,
        r#"["passport","email"]"#,
        service.key.public_key().text(),
        &service.nonce,
    );
    let answer = submission(&link.expect("a link"), &Document::samples(), 5).expect("sealed");
    let data = bot_api::read_update(&answer.update(1)).expect("a container");
    let data = data.expect("a submission").passport_data;
    assert!(data.open(service.key, &service.nonce).is_err());
    let opened = data.open_version_1_0(service.key, &service.nonce);
    assert_eq!(opened.expect("it opens").elements().len(), 2);
}

#[test]
fn the_seed_decides() {
    let service = Service::new();
    let same = service.answer();
    assert_eq!(service.answer().update(1), same.update(1));
    let link = service.link(&service.scope);
    let other = submission(&link, &Document::samples(), 6).expect("a submission");
    assert_ne!(other.update(1), same.update(1));
}

#[test]
fn a_request_that_cannot_be_answered_is_told() {
    let service = Service::new();
    let link = service.link(&service.scope);
    let without: Vec<_> = Document::samples();
    let without: Vec<_> = without
        .into_iter()
        .filter(|document| document.element_type() != ElementType::Email)
        .collect();
    let error = submission(&link, &without, 5).expect_err("no e-mail");
    assert!(matches!(&error, SubmissionError::Missing(types) if types == &[ElementType::Email]));
    assert!(error.to_string().ends_with("was given: email"));
    let bot_id = BotId::new(7).expect("an id");
    let bad_key = RequestLink::new(bot_id, &service.scope, "key", &service.nonce);
    let error = submission(&bad_key.expect("a link"), &[], 5).expect_err("no key");
    assert!(matches!(error, SubmissionError::Key(_)));
    let bad_scope = RequestLink::verbatim(bot_id, "{}", "key", &service.nonce);
    let error = submission(&bad_scope.expect("a link"), &[], 5).expect_err("no scope");
    assert!(matches!(error, SubmissionError::Scope(_)));
}

#[test]
fn every_bad_submission_is_noticed_where_it_says() {
    let service = Service::new();
    let answer = service.answer();
    for bad in BadSubmission::ALL {
        let spoiled = answer.spoiled(bad).expect("there is all to be spoiled");
        for (index, door) in DOORS.iter().enumerate() {
            assert_eq!(
                service.notices(&spoiled, door),
                bad.noticed(),
                "{bad}, {index}"
            );
        }
    }
}

#[test]
fn names_are_unique_and_lead_back() {
    let names: BTreeSet<_> = BadSubmission::ALL.iter().map(|it| it.name()).collect();
    assert_eq!(names.len(), BadSubmission::ALL.len());
    assert!(names.len() > 30);
    for bad in BadSubmission::ALL {
        assert_eq!(BadSubmission::from_name(bad.name()), Some(bad));
        assert_eq!(bad.to_string(), bad.name());
    }
    assert_eq!(BadSubmission::from_name("good"), None);
}

#[test]
fn what_is_not_there_cannot_be_spoiled() {
    let service = Service::new();
    let scope = Scope::builder().email().build().expect("a scope");
    let link = service.link(&scope);
    let answer = submission(&link, &Document::samples(), 5).expect("a submission");
    let possible = BadSubmission::ALL.map(|bad| answer.spoiled(bad).is_some());
    let possible = possible.into_iter().filter(|it| *it).count();
    // The replay, all of the credentials but those of another, the empty text and the second e-mail.
    assert_eq!(possible, 17);
    assert!(answer.spoiled(BadSubmission::ElementTwice).is_some());
    assert!(
        answer
            .spoiled(BadSubmission::CredentialsOfAnother)
            .is_none()
    );
    assert!(answer.spoiled(BadSubmission::NoPicture).is_none());
}

#[test]
fn a_document_holds_what_it_was_given() {
    let service = Service::new();
    let document = Document::new(ElementType::DriverLicense)
        .with_data(r#"{"document_no":"7"}"#)
        .with_front_side(b"front")
        .with_reverse_side(b"reverse")
        .with_selfie(b"selfie")
        .with_translation(b"one")
        .with_translation(b"two");
    let bill = Document::new(ElementType::UtilityBill)
        .with_file(b"page")
        .with_translation(b"three");
    let phone = Document::new(ElementType::PhoneNumber).with_text("12");
    let mut documents = vec![document, bill, phone];
    documents.extend(
        [
            ElementType::PersonalDetails,
            ElementType::Address,
            ElementType::Email,
        ]
        .map(Document::sample),
    );
    let answer = submission(&service.link(&service.scope), &documents, 9).expect("sealed");
    let data = mtproto::read_action(&answer.action()).expect("a container");
    let opened = data.open(service.key, &service.nonce).expect("it opens");
    let plain: Vec<_> = opened
        .files()
        .map(|file| {
            let encrypted = answer.file(file.location()).expect("a file");
            let plain = file.credentials().decrypt(encrypted).expect("it decrypts");
            plain.as_bytes().to_vec()
        })
        .collect();
    let expected = ["front", "reverse", "selfie", "one", "two", "three", "page"];
    let expected = expected.map(|it| it.as_bytes().to_vec());
    assert_eq!(plain, expected);
    let phone = opened.phone_number().expect("a phone number");
    assert_eq!(phone.text().as_str(), "12");
    assert!(service.scope.check(&opened).is_complete());
}

type Door = fn(&testing::Submission) -> Result<PassportData, ContainerError>;

const DOORS: [Door; 2] = [
    |submission| {
        let text = submission.update(1234).to_string();
        let incoming = bot_api::read_update(&text)?.expect("a submission");
        assert_eq!(incoming.user_id, 1234);
        Ok(incoming.passport_data)
    },
    |submission| mtproto::read_action(&submission.action()),
];

struct Service {
    key: &'static PrivateKey,
    scope: Scope,
    nonce: Nonce,
}

impl Service {
    fn new() -> Self {
        let scope = Scope::builder()
            .personal_details(NativeNames::Required)
            .address()
            .identity_document(
                IdentityDocument::DriverLicense
                    .with_selfie()
                    .with_translation(),
            )
            .address_document(AddressRequest::from(
                AddressDocument::UtilityBill.with_translation(),
            ))
            .phone_number()
            .email();
        Self {
            key: key(),
            scope: scope.build().expect("a scope"),
            nonce: Nonce::generate(&mut Randomness::new(2)).expect("a nonce"),
        }
    }

    fn link(&self, scope: &Scope) -> RequestLink {
        let bot_id = BotId::new(7).expect("an id");
        let link = RequestLink::new(bot_id, scope, self.key.public_key().text(), &self.nonce);
        link.expect("a link")
    }

    fn answer(&self) -> testing::Submission {
        let link = self.link(&self.scope);
        submission(&link, &Document::samples(), 5).expect("a submission")
    }

    /// Does all that a service does, and tells where it stopped.
    fn notices(&self, submission: &testing::Submission, door: &Door) -> Noticed {
        let Ok(data) = door(submission) else {
            return Noticed::Container;
        };
        let store = MemoryNonceStore::new(NonceLimits::default(), Instant::now);
        store.keep(7, &self.nonce).expect("there is room");
        let Ok(opened) = data.open(self.key, store.of(7)) else {
            return Noticed::Opening;
        };
        if !opened.findings().is_empty() {
            return Noticed::Findings;
        }
        for file in opened.files() {
            let encrypted = submission.file(file.location()).expect("a file");
            let Ok(plain) = file.credentials().decrypt(encrypted) else {
                return Noticed::File;
            };
            let mut findings = ImageReport::of(plain.as_bytes()).findings();
            if findings.any(|it| matches!(it, ImageFinding::NotJpeg(_))) {
                return Noticed::Picture;
            }
        }
        assert!(data.open(self.key, store.of(7)).is_err());
        Noticed::SecondOpening
    }
}

fn key() -> &'static PrivateKey {
    static KEY: OnceLock<PrivateKey> = OnceLock::new();
    KEY.get_or_init(|| PrivateKey::generate(&mut Randomness::new(1)).expect("a key"))
}
