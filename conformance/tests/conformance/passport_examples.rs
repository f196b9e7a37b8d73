//! The examples of the package `telegram-passport`, called as the command line calls them.

use std::fs;

use conformance::vectors;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use telegram_passport::link::RequestLink;

use super::passport_files_disk::Folder;

#[path = "../../../passport/examples/answer.rs"]
#[allow(
    dead_code,
    clippy::duplicate_mod,
    reason = "each is a program of its own"
)]
mod answer;
#[path = "../../../passport/examples/ask.rs"]
#[allow(
    dead_code,
    clippy::duplicate_mod,
    reason = "each is a program of its own"
)]
mod ask;
#[path = "../../../passport/examples/open.rs"]
#[allow(
    dead_code,
    clippy::duplicate_mod,
    reason = "each is a program of its own"
)]
mod open;
#[path = "../../../passport/examples/report/mod.rs"]
#[allow(
    dead_code,
    clippy::duplicate_mod,
    reason = "each is a program of its own"
)]
mod report;
#[path = "../../../passport/examples/story.rs"]
#[allow(dead_code, reason = "each is a program of its own")]
mod story;
#[path = "../../../passport/examples/stream.rs"]
#[allow(
    dead_code,
    clippy::duplicate_mod,
    reason = "each is a program of its own"
)]
mod stream;

#[test]
fn ask_prints_a_link_with_the_registered_key() {
    let key = sample("public_key.pem");
    let links = [(); 2].map(|()| call(ask::run, &[&key, "543260180"]).expect("a link"));
    for link in &links {
        let start = "tg://resolve?domain=telegrampassport&bot_id=543260180&scope=%7B";
        assert!(link.starts_with(start), "{link}");
        assert!(!link.contains('+'), "clients read it as a space: {link}");
        let request = RequestLink::parse(link.trim_end()).expect("a link");
        let text = fs::read_to_string(&key).expect("the sample");
        assert_eq!(request.public_key(), text);
    }
    assert_ne!(links[0], links[1], "the nonce is used once");
}

#[test]
fn mistakes_are_told_with_the_way_to_mend_them() {
    let key = sample("private_key.pem");
    let cases = [
        (
            vec![key.as_str(), "7"],
            "error: this PEM holds a private key, but only the public key is needed\n\
             hint: openssl pkey -in key.pem -pubout\n",
        ),
        (vec![], "error: usage: ask PUBLIC_KEY.pem BOT_ID\n"),
        (
            vec![&key, "7", "8"],
            "error: usage: ask PUBLIC_KEY.pem BOT_ID\n",
        ),
    ];
    for (arguments, expected) in cases {
        assert_eq!(call(ask::run, &arguments).expect_err(expected), expected);
    }
    let key = sample("public_key.pem");
    let error = call(ask::run, &[&key, "the bot"]).expect_err("no number");
    assert_eq!(error, "error: BOT_ID is not a number\n");
    let error = call(ask::run, &["nowhere.pem", "7"]).expect_err("no file");
    assert!(
        error.starts_with("error: cannot read nowhere.pem: "),
        "{error}"
    );
}

#[test]
fn open_lists_every_part_of_every_element() {
    let (kind, vector) = vectors::one("messages", 2);
    assert_eq!(kind, "PassportMessage");
    let folder = Folder::new();
    let nonce = vector["expectedNonce"].as_str().expect("a nonce");
    let arguments = submission(
        &folder,
        &vector["passportData"],
        &group_key("messages"),
        nonce,
    );
    let printed = call(open::run, &arguments).expect("it opens");

    let mut expected = vec!["from user 7".to_owned()];
    for element in vector["expected"]["elements"].as_array().expect("a list") {
        expected.push(element["type"].as_str().expect("a type").to_owned());
        for part in ["front_side", "reverse_side", "selfie"] {
            expected.extend(element.get(part).map(|_| format!("  {part}")));
        }
        for part in ["translation", "files"] {
            let files = element[part].as_array().map_or(0, Vec::len);
            expected.extend((0..files).map(|at| format!("  {part}[{at}]")));
        }
    }
    let printed: Vec<_> = printed.lines().take(expected.len()).collect();
    assert_eq!(printed, expected);
}

#[test]
fn open_tells_what_the_documents_lack() {
    let printed = call(open::run, &sample_arguments()).expect("it opens");
    let last = printed.lines().last().expect("lines");
    assert!(
        last.starts_with("personal_details: `last_name` may have Latin"),
        "{last}"
    );
    assert!(!printed.contains("Müller"), "the content is not printed");
}

#[test]
fn open_refuses_another_nonce_and_tells_the_operator_alone() {
    let (_, vector) = vectors::one("messages", 4);
    let folder = Folder::new();
    let nonce = vector["expectedNonce"].as_str().expect("a nonce");
    let arguments = submission(
        &folder,
        &vector["passportData"],
        &group_key("messages"),
        nonce,
    );
    let error = call(open::run, &arguments).expect_err("another nonce");
    let (told, detail) = error.split_once('\n').expect("two lines");
    assert_eq!(
        told,
        "error: the Telegram Passport data could not be opened"
    );
    assert!(
        detail.starts_with("detail: credentials.nonce: "),
        "{detail}"
    );
}

#[test]
fn stream_writes_each_file_of_the_sample() {
    let expected = fs::read_to_string(sample("expected.json")).expect("the sample");
    let expected: Value = serde_json::from_str(&expected).expect("JSON");
    let folder = Folder::new();
    for (place, file_id) in FILES {
        let encrypted = sample(&format!("{file_id}.enc"));
        let size = fs::metadata(&encrypted).expect("the sample").len();
        let target = text_of(&folder, file_id);
        let printed = stream_to(place, &encrypted, &target).expect("it is sound");
        let written = fs::read(&target).expect("it was written");
        assert_eq!(expected[place]["length"], written.len(), "{place}");
        assert_eq!(
            expected[place]["sha256"],
            hex(&Sha256::digest(&written)),
            "{place}"
        );
        let progress = printed.lines().next().expect("a line");
        let steps: Vec<_> = progress.split('\r').skip(1).collect();
        assert_eq!(steps.len(), size.div_ceil(16 * 1024) as usize, "{progress}");
        assert_eq!(steps.last(), Some(&&*format!("{size} of {size} bytes")));
    }
    assert_eq!(folder.names().len(), FILES.len(), "nothing else was left");
}

#[test]
fn stream_looks_at_the_picture() {
    let folder = Folder::new();
    let printed = |place: &str, file_id: &str| {
        let encrypted = sample(&format!("{file_id}.enc"));
        stream_to(place, &encrypted, &text_of(&folder, file_id)).expect("it is sound")
    };
    // Pillow made them so: conformance/vectors/generators/images.py.
    assert!(printed(FILES[0].0, FILES[0].1).ends_with("24 x 16 pixels\n"));
    assert!(printed(FILES[1].0, FILES[1].1).ends_with("7 x 300 pixels\n"));
    let png = printed(FILES[3].0, FILES[3].1);
    assert!(
        png.ends_with("note: the file is a PNG image, not a JPEG image\n"),
        "{png}"
    );
}

#[test]
fn stream_leaves_nothing_of_a_damaged_file() {
    let folder = Folder::new();
    let mut damaged = fs::read(sample("passport.front_side.enc")).expect("the sample");
    *damaged.last_mut().expect("bytes") ^= 1;
    let encrypted = text_of(&folder, "damaged.enc");
    fs::write(&encrypted, damaged).expect("the folder can be written");
    let target = text_of(&folder, "front_side.jpg");
    let error = stream_to("passport.front_side", &encrypted, &target).expect_err("damaged");
    let (told, detail) = error.split_once('\n').expect("two lines");
    assert_eq!(
        told,
        "error: the Telegram Passport data could not be opened"
    );
    assert!(detail.starts_with("detail: the hash "), "{detail}");
    assert_eq!(folder.names(), ["damaged.enc"]);

    let error = stream_to("passport.reverse_side", &encrypted, &target).expect_err("no such part");
    assert!(error.starts_with("error: there is no such file"), "{error}");
}

#[test]
fn answer_makes_the_errors_of_the_vectors_in_both_forms() {
    let group = &vectors::file("errors").test_groups[0];
    let nonce = group.fields["credentialsPlaintext"]["nonce"].as_str();
    let folder = Folder::new();
    let key = group_key("errors");
    let data = &group.fields["passportData"];
    let received = submission(&folder, data, &key, nonce.expect("a nonce"));
    for vector in &group.tests {
        let request = &vector["request"];
        let message = request["message"].as_str().expect("a message").to_owned();
        let arguments = [&received[..], &[place(request), message]].concat();
        let printed = call(answer::run, &arguments).expect("it can be blamed");
        let lines: Vec<_> = printed.lines().collect();
        let [body, request, bytes] = lines[..] else {
            panic!("{printed}");
        };
        let body = body
            .strip_prefix("setPassportDataErrors ")
            .expect("the method");
        let body: Value = serde_json::from_str(body).expect("JSON");
        assert_eq!(body, json!({ "user_id": 7, "errors": [vector["botApi"]] }));
        assert!(
            request.starts_with("users.setSecureValueErrors {"),
            "{request}"
        );
        let before = [
            "b594c890", // users.setSecureValueErrors
            "c65811f2", // inputUser
            "0700000000000000",
            "0000000000000000",
            "15c4b51c", // vector
            "01000000",
        ];
        let expected = before.concat() + vector["tlBytes"].as_str().expect("bytes");
        assert_eq!(bytes, expected, "{}", vector["comment"]);
    }
    assert_eq!(group.tests.len(), 12);
}

#[test]
fn answer_blames_nothing_that_was_not_received() {
    for place in [
        "",
        "address",
        "moon_residence",
        "passport.reverse_side",
        "passport.files",
        "passport.first_name",
        "utility_bill.files[2]",
        "phone_number.phone_number",
    ] {
        let arguments = [&sample_arguments()[..], &[place.into(), "x".into()]].concat();
        let error = call(answer::run, &arguments).expect_err(place);
        assert_eq!(error, "error: this was not received\n", "{place}");
    }
}

#[test]
fn story_tells_all_of_it() {
    let mut out = Vec::new();
    story::run(&mut out).expect("it ends well");
    let printed = String::from_utf8(out).expect("text");
    let mut rest = printed.as_str();
    for expected in [
        "Anna sets a password",
        "The service asks: tg://resolve?domain=telegrampassport&bot_id=",
        "the form is not complete: passport (front_side is missing); email (text is missing)",
        "  saved: passport, ",
        "  a code is sent to a***a@example.org",
        "  saved: email, 0 bytes uploaded",
        "  submitted; https://service.example/back?session=1&tg_passport=success opens",
        "The service opens what its bot received\n  passport\n  email\n  front_side, ",
        "  selfie, ",
        "  all that was asked for is there: true",
        "The service complains about the picture\n  setPassportDataErrors: {\"ok\":true",
        "the form is not complete: passport (the service says: The picture is too dark)\n",
        "Anna replaces the picture",
        "  saved: passport, ",
        "  submitted; ",
        "The service opens what its bot received\n  passport\n  email\n  front_side, ",
        "  all that was asked for is there: true\n",
    ] {
        let (_, after) = rest.split_once(expected).expect(expected);
        rest = after;
    }
    assert_eq!(rest, "");
    for private in ["correct horse", "AB123456", "anna@example"] {
        assert!(!printed.contains(private), "{private}");
    }
}

/// The files of the sample: where they are in the submission, and their `file_id`.
const FILES: [(&str, &str); 4] = [
    ("passport.front_side", "passport.front_side"),
    ("passport.selfie", "passport.selfie"),
    ("utility_bill.files[0]", "utility_bill.files-0"),
    ("utility_bill.files[1]", "utility_bill.files-1"),
];

type Example<E> = fn(&[String], &mut dyn std::io::Write) -> Result<(), E>;

/// What an example prints, or what it tells on standard error.
fn call(
    example: Example<Box<dyn std::error::Error>>,
    arguments: &[impl AsRef<str>],
) -> Result<String, String> {
    let arguments: Vec<_> = arguments.iter().map(|it| it.as_ref().to_owned()).collect();
    let mut out = Vec::new();
    match example(&arguments, &mut out) {
        Ok(()) => Ok(String::from_utf8(out).expect("text")),
        Err(error) => Err(report::tell(error.as_ref())),
    }
}

fn stream_to(place: &str, encrypted: &str, target: &str) -> Result<String, String> {
    let more = [place, encrypted, target].map(ToOwned::to_owned);
    call(stream::run, &[&sample_arguments()[..], &more].concat())
}

/// How the command line names the part that a vector blames.
fn place(request: &Value) -> String {
    let text = |name: &str| request[name].as_str().unwrap_or_default();
    let kind = text("type");
    match text("source") {
        "unspecified" => kind.to_owned(),
        "data" => format!("{kind}.{}", text("field_name")),
        "file" => format!("{kind}.files[{}]", request["index"]),
        "translation_file" => format!("{kind}.translation[{}]", request["index"]),
        "translation_files" => format!("{kind}.translation"),
        part => format!("{kind}.{part}"),
    }
}

/// A file of the sample that comes with the examples.
fn sample(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../passport/examples/sample");
    format!("{folder}/{name}")
}

fn sample_arguments() -> [String; 3] {
    let nonce = "sample-nonce-of-user-6011972".to_owned();
    [sample("private_key.pem"), sample("update.json"), nonce]
}

/// The private key of the first group of a file.
fn group_key(stem: &str) -> String {
    let key = &vectors::file(stem).test_groups[0].fields["privateKeyPem"];
    key.as_str().expect("a key").to_owned()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A key and an update of user 7 as files: the first three arguments.
fn submission(folder: &Folder, passport_data: &Value, key: &str, nonce: &str) -> [String; 3] {
    let message = json!({ "from": { "id": 7 }, "passport_data": passport_data });
    let update = json!({ "update_id": 1, "message": message }).to_string();
    let files = [("key.pem", key), ("update.json", &update)];
    let [key, update] = files.map(|(name, text)| {
        fs::write(folder.path(name), text).expect("the folder can be written");
        text_of(folder, name)
    });
    [key, update, nonce.to_owned()]
}

fn text_of(folder: &Folder, name: &str) -> String {
    folder.path(name).to_str().expect("UTF-8").to_owned()
}
