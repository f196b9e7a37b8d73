//! The whole story, both sides of it, against the simulated Telegram.

use telegram_passport::ElementType;
use telegram_passport::answer::{set_passport_data_errors, set_secure_value_errors};
use telegram_passport::client::password::UnreadableSecret;
use telegram_passport::client::{
    Connection, Draft, NewFile, NewPassword, PasswordError, Review, StoredSecretError, password,
    wait,
};
use telegram_passport::link::RequestLink;
use telegram_passport::scope::{
    AddressDocument, IdentityAlternative, IdentityDocument, NativeNames, Scope,
};
use telegram_passport::submission::Submission;
use telegram_passport::testing::{Document, picture};

use super::passport_story_documents::{content, contents, draft};
use super::passport_story_world::{Service, World};

#[test]
fn from_the_first_password_to_the_changed_one() {
    let (mut world, unlocked) = World::with_passport();
    let mut bank = Service::new(&world, 1);
    let mut documents = Document::samples();

    // She fills all 13 rows of the form, and submits.
    let link = bank.ask(&everything());
    let mut review = world.review(&link, &unlocked);
    let missing = review.choose().expect_err("nothing is stored");
    assert_eq!(missing.rows().len(), 13);
    for document in &documents {
        review.put(world.save(&unlocked, draft(document)).expect("saved"));
    }
    submit(&mut world, &review);
    let [bot_api, _] = received(&bank, &link, &documents);

    // The bank complains, once by each door: what is blamed must change.
    let passport = bot_api
        .identity_document(ElementType::Passport)
        .expect("it");
    let errors = [passport.front_side().expect("it").error("too dark")];
    let body = set_passport_data_errors(world.anna.id(), &errors);
    assert_eq!(bank.bot.set_passport_data_errors(&body)["ok"], true);
    let link = bank.ask(&everything());
    let mut review = world.review(&link, &unlocked);
    assert_eq!(blamed(&review), ["too dark"]);
    assert!(review.choose().is_err());

    // She takes another picture, and submits again.
    let better = picture("by daylight");
    let stored = review.value(ElementType::Passport).expect("it is stored");
    let mut corrected = Draft::from_stored(stored);
    let Draft::IdentityDocument(it) = &mut corrected else {
        panic!("another kind");
    };
    *it.front_side_mut() = NewFile::from_bytes(&*better).into();
    review.put(world.save(&unlocked, corrected).expect("saved"));
    let changed = documents
        .iter_mut()
        .find(|it| it.element_type() == ElementType::Passport);
    let changed = changed.expect("a passport");
    *changed = changed.clone().with_front_side(better);
    submit(&mut world, &review);
    received(&bank, &link, &documents);

    // A second service wants less, and gets no more.
    let mut hotel = Service::new(&world, 2);
    let link = hotel.ask(&a_little());
    let review = world.review(&link, &unlocked);
    submit(&mut world, &review);
    let [bot_api, mtproto] = hotel.open(&link);
    for submission in [bot_api, mtproto] {
        let mut expected =
            contents(documents.iter().filter(|it| {
                [ElementType::Passport, ElementType::Email].contains(&it.element_type())
            }));
        let passport = expected.get_mut(&ElementType::Passport).expect("it");
        passport.retain(|part, _| part == "data" || part == "front_side");
        assert_eq!(hotel.contents(&submission), expected);
        assert!(a_little().check(&submission).is_complete());
    }
    assert_eq!(bank.bot.updates().len(), 0);

    // She changes her password. Everything stays readable, with the new one alone.
    let connection = world.anna.connection();
    let new = NewPassword::new("second".into());
    let (first, refuse) = ("first".into(), UnreadableSecret::Refuse);
    wait(password::change(
        &connection,
        &first,
        &new,
        refuse,
        &mut world.random,
    ))
    .expect("changed");
    let error = world.unlock("first").expect_err("the password was changed");
    assert!(matches!(error, PasswordError::WrongPassword));
    let unlocked_again = world.unlock("second").expect("unlocked");
    assert_eq!(unlocked_again.secret_id(), unlocked.secret_id());
    assert_eq!(world.stored(&unlocked_again), contents(&documents));
}

#[test]
fn a_complaint_over_mtproto_is_answered_by_another_text() {
    let (mut world, unlocked) = World::with_passport();
    let mut bank = Service::new(&world, 3);
    let address = Document::sample(ElementType::Address);
    let scope = Scope::builder().address().build().expect("a scope");
    let link = bank.ask(&scope);
    let mut review = world.review(&link, &unlocked);
    review.put(world.save(&unlocked, draft(&address)).expect("saved"));
    submit(&mut world, &review);
    let [_, submission] = bank.open(&link);

    let element = submission.address().expect("an address");
    let field = telegram_passport::document::AddressField::City;
    let errors = [element.data().expect("data").error(field, "no such city")];
    let call = set_secure_value_errors(world.anna.input_user(), &errors).expect("sound");
    assert!(wait(bank.bot.connection().invoke(&call)).expect("set"));

    let link = bank.ask(&scope);
    let mut review = world.review(&link, &unlocked);
    assert_eq!(blamed(&review), ["no such city"]);
    // Saved as it was, the complaint stands; with another city it does not.
    review.put(world.save(&unlocked, draft(&address)).expect("saved"));
    assert_eq!(blamed(&review), ["no such city"]);
    let json = String::from_utf8(address.data().expect("data").to_vec()).expect("text");
    let moved = address.with_data(json.replace("Berlin", "Potsdam"));
    review.put(world.save(&unlocked, draft(&moved)).expect("saved"));
    assert_eq!(blamed(&review), [""; 0]);
    submit(&mut world, &review);
    for submission in bank.open(&link) {
        assert_eq!(
            bank.contents(&submission)[&ElementType::Address],
            content(&moved)
        );
    }
    assert_eq!(world.anna.errors(), []);
}

#[test]
fn without_a_passport_secret_there_is_nothing_to_unlock() {
    let mut world = World::new();
    let error = world.unlock("first").expect_err("no password");
    assert!(matches!(error, PasswordError::NoPassword), "{error}");
    world.anna.set_password("first");
    let error = world.unlock("first").expect_err("no secret");
    let absent = StoredSecretError::Absent;
    assert!(matches!(error, PasswordError::StoredSecret(error) if error == absent));
}

/// All 13 kinds, with all that they may have.
fn everything() -> Scope {
    let mut scope = Scope::builder()
        .personal_details(NativeNames::Required)
        .address()
        .phone_number()
        .email();
    for document in IdentityDocument::ALL {
        let document: IdentityAlternative = document.with_selfie().with_translation();
        scope = scope.identity_document(document);
    }
    for document in AddressDocument::ALL {
        scope = scope.address_document(document.with_translation());
    }
    scope.build().expect("a scope")
}

fn a_little() -> Scope {
    let scope = Scope::builder().identity_document(IdentityDocument::Passport);
    scope.email().build().expect("a scope")
}

fn submit(world: &mut World, review: &Review) {
    let choice = review.choose().expect("the form is complete");
    let submitted = wait(choice.submit(&world.anna.connection(), &mut world.random));
    submitted.expect("accepted");
}

/// What came is what was saved, all of it, by both doors.
fn received(service: &Service, link: &RequestLink, documents: &[Document]) -> [Submission; 2] {
    let submissions = service.open(link);
    for submission in &submissions {
        assert_eq!(submission.findings(), []);
        assert_eq!(service.contents(submission), contents(documents));
        assert!(everything().check(submission).is_complete());
    }
    submissions
}

fn blamed(review: &Review) -> Vec<&str> {
    review.blames().iter().map(|it| it.text()).collect()
}
