//! Opening what the server has stored: values sealed by hand, sound and broken in every way.

use telegram_passport::ElementType;
use telegram_passport::client::{StoredError, StoredProblem, StoredValue};
use telegram_passport::submission::{FilePart, Part};
use telegram_passport_tl::{enums, types};

use super::passport_client_by_hand as by_hand;
use super::passport_client_samples::{passport_secret, unlocked, unlocked_with};

/// Anchor 15.4: data, hash and secrets as the reference prints them, under the secret of 15.3.
#[test]
fn the_value_of_the_reference_opens() {
    let passport_secret: [u8; 32] =
        hex("fd0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    let unlocked = unlocked_with(&passport_secret);
    assert_eq!(unlocked.secret_id(), 545_721_962_416_044_289);
    let data = types::SecureData {
        data: hex::<96>(
            "d9ec0ba490de4b981f24d0223bf93e25322cb47ce5f0bf9a60cec3278fe8e54c\
             8a9da6c2f39cce92691e2c95e3638767436e4b3d7ae8c5d48bd885a3f42bdb03\
             b8421eb594a889f30fc74cc4bb531308514c8433d8198af6979ba14b3eee9fa9",
        )
        .to_vec(),
        data_hash: hex::<32>("7678f050d469c047dd00ffeb83fdfed9c4454748fd21debf7b368e8021b42620")
            .to_vec(),
        secret: hex::<32>("944c517581353703763ee04d3adbdb7103e3b5834650124780d24a70e48dac21")
            .to_vec(),
    };
    let value = types::SecureValue {
        data: Some(data.into()),
        front_side: Some(file(&passport_secret, 1, b"front").into()),
        ..empty(ElementType::Passport)
    };
    let stored = StoredValue::open(value, &unlocked).expect("it opens");
    let document = stored.identity_document().expect("a passport").data();
    assert_eq!(
        document.json().as_str(),
        r#"{"document_no":"AB123456","expiry_date":"31.12.2030"}"#,
    );
    let mut secret = [0; 32];
    secret[31] = 0xef;
    assert_eq!(document.secret().expose(), &secret);
    assert_eq!(document.document().document_no(), Some("AB123456"));
}

#[test]
fn every_kind_opens_with_all_its_parts() {
    for kind in ElementType::ALL {
        let stored = open(full(kind)).expect("it opens");
        assert_eq!(stored.element_type(), kind);
        assert_eq!(stored.hash(), b"server hash");
        assert_eq!(stored.secret_id(), unlocked().secret_id());
        let parts: Vec<_> = stored.all_files().map(|(part, _)| part).collect();
        let mut expected = Vec::new();
        expected.extend(kind.has_front_side().then_some(FilePart::FrontSide));
        expected.extend(kind.has_reverse_side().then_some(FilePart::ReverseSide));
        expected.extend(kind.may_have_selfie().then_some(FilePart::Selfie));
        for at in 0..2 {
            expected.extend(
                kind.may_have_translation()
                    .then_some(FilePart::Translation(at)),
            );
        }
        for at in 0..2 {
            expected.extend(kind.has_files().then_some(FilePart::Files(at)));
        }
        assert_eq!(parts, expected, "{kind}");
        for (_, file) in stored.all_files() {
            let (by_hand, remote) = (file_secret(file.remote().id as u8), file.remote());
            assert_eq!(file.secret().expose(), &by_hand);
            assert_eq!((remote.access_hash, remote.dc_id), (-remote.id, 2));
            assert_eq!(file.to_input().id, remote.id);
        }
        let texts = [
            stored.phone_number().map(|it| it.as_str()),
            stored.email().map(|it| it.as_str()),
        ];
        match kind {
            ElementType::PhoneNumber => assert_eq!(texts, [Some("4930123456"), None]),
            ElementType::Email => assert_eq!(texts, [None, Some("anna@example.org")]),
            _ => assert_eq!(texts, [None, None]),
        }
    }
}

/// The table of section 6, cell by cell: what is required is missed, what must be absent is refused.
#[test]
fn the_table_of_parts_is_kept() {
    type Take = fn(&mut types::SecureValue);
    let parts: [(Part, Take); 6] = [
        (Part::Data, |it| it.data = None),
        (Part::File(FilePart::FrontSide), |it| it.front_side = None),
        (Part::File(FilePart::ReverseSide), |it| {
            it.reverse_side = None
        }),
        (Part::File(FilePart::Selfie), |it| it.selfie = None),
        (Part::File(FilePart::Translation(0)), |it| {
            it.translation = None
        }),
        (Part::File(FilePart::Files(0)), |it| it.files = None),
    ];
    let mut seen = [0; 3];
    for kind in ElementType::ALL {
        for (part, take) in parts {
            let (has, is_required) = match part {
                Part::Data => (kind.has_data(), true),
                Part::File(FilePart::FrontSide) => (kind.has_front_side(), true),
                Part::File(FilePart::ReverseSide) => (kind.has_reverse_side(), true),
                Part::File(FilePart::Selfie) => (kind.may_have_selfie(), false),
                Part::File(FilePart::Translation(_)) => (kind.may_have_translation(), false),
                Part::File(FilePart::Files(_)) => (kind.has_files(), true),
            };
            let mut value = full(kind);
            if has {
                take(&mut value);
                if !is_required {
                    open(value).expect("it may be absent");
                    seen[0] += 1;
                    continue;
                }
                let error = open(value).expect_err("it must be there");
                assert!(matches!(error.problem(), StoredProblem::Missing), "{error}");
                assert_eq!(error.part(), Some(part));
                seen[1] += 1;
            } else {
                add(&mut value, part);
                let error = open(value).expect_err("it must be absent");
                assert!(
                    matches!(error.problem(), StoredProblem::Unexpected),
                    "{error}"
                );
                assert_eq!((error.element_type(), error.part()), (kind, Some(part)));
                seen[2] += 1;
            }
        }
    }
    // Of 78 cells: 4 + 9 may be absent; 6 + 4 + 2 + 5 must be there; the rest must not.
    assert_eq!(seen, [13, 17, 48]);
}

#[test]
fn plain_text_is_of_its_kind() {
    let phone = || {
        types::SecurePlainPhone {
            phone: "49".to_owned(),
        }
        .into()
    };
    let email = || {
        types::SecurePlainEmail {
            email: "a@b.c".to_owned(),
        }
        .into()
    };
    let problem = |kind, plain_data| {
        let error = open(types::SecureValue {
            plain_data,
            ..full(kind)
        })
        .expect_err("refused");
        assert_eq!(error.part(), None);
        error
    };
    for (kind, other) in [
        (ElementType::PhoneNumber, email()),
        (ElementType::Email, phone()),
    ] {
        let error = problem(kind, Some(other));
        assert!(
            matches!(error.problem(), StoredProblem::OtherPlainData),
            "{error}"
        );
        let error = problem(kind, None);
        assert!(matches!(error.problem(), StoredProblem::Missing), "{error}");
    }
    let empty = types::SecurePlainPhone {
        phone: String::new(),
    }
    .into();
    let error = problem(ElementType::PhoneNumber, Some(empty));
    assert!(matches!(error.problem(), StoredProblem::Missing), "{error}");
    for kind in ElementType::ALL.into_iter().filter(|kind| !kind.is_plain()) {
        let error = problem(kind, Some(phone()));
        assert!(
            matches!(error.problem(), StoredProblem::Unexpected),
            "{error}"
        );
    }
}

/// TDLib writes an empty document where a type has none; the server has empty files.
#[test]
fn empty_parts_are_parts_that_are_not_there() {
    let empty_data = || {
        let (data, data_hash, secret) = (vec![], vec![], vec![]);
        Some(
            types::SecureData {
                data,
                data_hash,
                secret,
            }
            .into(),
        )
    };
    for kind in ElementType::ALL {
        let mut value = full(kind);
        value.selfie = Some(enums::SecureFile::Empty);
        if !kind.has_reverse_side() {
            value.reverse_side = Some(enums::SecureFile::Empty);
        }
        let mut lists = [&mut value.translation, &mut value.files];
        for list in lists.iter_mut().filter_map(|list| list.as_mut()) {
            list.insert(1, enums::SecureFile::Empty);
        }
        if !kind.has_data() {
            value.data = empty_data();
        }
        let stored = open(value).expect("it opens");
        assert!(stored.selfie().is_none() && stored.translation().len() != 3);
        if kind.has_files() {
            let ids: Vec<_> = stored.files().iter().map(|it| it.remote().id).collect();
            assert_eq!(ids, [6, 7]);
        }
        if kind.has_data() {
            let error = open(types::SecureValue {
                data: empty_data(),
                ..full(kind)
            });
            let error = error.expect_err("it must be there");
            assert!(matches!(error.problem(), StoredProblem::Missing), "{error}");
        }
    }
    for part in [FilePart::FrontSide, FilePart::ReverseSide] {
        let mut value = full(ElementType::IdentityCard);
        match part {
            FilePart::FrontSide => value.front_side = Some(enums::SecureFile::Empty),
            _ => value.reverse_side = Some(enums::SecureFile::Empty),
        }
        let error = open(value).expect_err("it must be there");
        assert_eq!(error.part(), Some(Part::File(part)));
    }
    let value = types::SecureValue {
        files: Some(vec![enums::SecureFile::Empty]),
        ..full(ElementType::UtilityBill)
    };
    let error = open(value).expect_err("one must be there");
    assert!(matches!(error.problem(), StoredProblem::Missing), "{error}");
}

#[test]
fn any_damaged_bit_of_a_document_is_noticed() {
    let mut problems = [0; 3];
    for bit in 0..(32 + 32 + 64) * 8 {
        let mut value = full(ElementType::Address);
        let data = &mut value.data.as_mut().expect("data").0;
        let (field, bit) = match bit {
            0..256 => (&mut data.data_hash, bit),
            256..512 => (&mut data.secret, bit - 256),
            _ => (&mut data.data, bit - 512),
        };
        field[bit / 8] ^= 1 << (bit % 8);
        match open(value).expect_err("it was damaged").problem() {
            StoredProblem::Secret => problems[0] += 1,
            StoredProblem::Open(error) => {
                assert_eq!(
                    error.to_string(),
                    "the Telegram Passport data could not be opened"
                );
                problems[1] += 1;
            }
            other => panic!("{other}"),
        }
    }
    // A wrong secret passes its checksum once in 255 times; the hash then tells.
    assert!(problems[0] > 400 && problems[1] >= 512, "{problems:?}");
}

#[test]
fn lengths_that_are_wrong_are_refused() {
    type Change = fn(&mut types::SecureData);
    let changes: [(Change, &str); 7] = [
        (|it| it.data_hash.truncate(31), "hash"),
        (|it| it.data_hash.push(0), "hash"),
        (|it| it.secret.truncate(31), "secret"),
        (|it| it.secret.push(0), "secret"),
        (|it| it.data.truncate(it.data.len() - 1), "open"),
        (|it| it.data.truncate(it.data.len() - 16), "open"),
        (|it| it.data.clear(), "open"),
    ];
    for (change, expected) in changes {
        let mut value = full(ElementType::PersonalDetails);
        change(value.data.as_mut().expect("data"));
        let error = open(value).expect_err("it was changed");
        let problem = match error.problem() {
            StoredProblem::Hash => "hash",
            StoredProblem::Secret => "secret",
            StoredProblem::Open(_) => "open",
            other => panic!("{other}"),
        };
        assert_eq!(problem, expected);
    }
    let mut value = full(ElementType::UtilityBill);
    if let enums::SecureFile::File(file) = &mut value.files.as_mut().expect("files")[1] {
        file.file_hash.truncate(31);
    }
    let error = open(value).expect_err("it was changed");
    assert_eq!(error.part(), Some(Part::File(FilePart::Files(1))));
    assert!(matches!(error.problem(), StoredProblem::Hash));
}

/// The hash is right, so that only these checks can notice.
#[test]
fn padding_and_text_are_checked_behind_the_hash() {
    let json = b"{\"document_no\":\"AB1\"}";
    let sealed = |padding: Vec<u8>, plain: &[u8]| {
        let mut value = full(ElementType::Passport);
        value.data = Some(data(&padding, plain).into());
        open(value)
    };
    let of = |length| by_hand::padding_of(length);
    assert!(sealed(of(43), json).is_ok());
    assert!(sealed(of(251), json).is_ok());
    let mut lies = of(43);
    for first in [0, 31, 65, 255] {
        lies[0] = first;
        let error = sealed(lies.clone(), json).expect_err("the padding is wrong");
        assert!(
            matches!(error.problem(), StoredProblem::Open(_)),
            "{first}: {error}"
        );
    }
    let error = sealed(of(32), &[0xff; 16]).expect_err("it is no text");
    assert!(
        matches!(error.problem(), StoredProblem::Document(_)),
        "{error}"
    );
    for no_document in [
        &b"[ \"document_no\"]"[..],
        b"                ",
        b"{\"expiry_date\":]",
    ] {
        let error = sealed(by_hand::padding(no_document.len()), no_document);
        let error = error.expect_err("it is no document");
        assert!(
            matches!(error.problem(), StoredProblem::Document(_)),
            "{error}"
        );
    }
}

#[test]
fn another_passport_secret_opens_nothing() {
    for kind in ElementType::ALL.into_iter().filter(|kind| !kind.is_plain()) {
        let other = unlocked_with(&by_hand::secret(99));
        let error = StoredValue::open(full(kind), &other).expect_err("it is another's");
        assert!(
            matches!(
                error.problem(),
                StoredProblem::Secret | StoredProblem::Open(_)
            ),
            "{error}"
        );
    }
}

fn open(value: types::SecureValue) -> Result<StoredValue, StoredError> {
    StoredValue::open(value, &unlocked())
}

/// A value with every part that its kind may have.
pub(super) fn full(kind: ElementType) -> types::SecureValue {
    let mut value = empty(kind);
    let parts = [
        (kind.has_data(), Part::Data),
        (kind.has_front_side(), Part::File(FilePart::FrontSide)),
        (kind.has_reverse_side(), Part::File(FilePart::ReverseSide)),
        (kind.may_have_selfie(), Part::File(FilePart::Selfie)),
        (
            kind.may_have_translation(),
            Part::File(FilePart::Translation(0)),
        ),
        (kind.has_files(), Part::File(FilePart::Files(0))),
    ];
    for (_, part) in parts.into_iter().filter(|(has, _)| *has) {
        add(&mut value, part);
    }
    match kind {
        ElementType::PhoneNumber => {
            let phone = "4930123456".to_owned();
            value.plain_data = Some(types::SecurePlainPhone { phone }.into());
        }
        ElementType::Email => {
            let email = "anna@example.org".to_owned();
            value.plain_data = Some(types::SecurePlainEmail { email }.into());
        }
        _ => {}
    }
    value
}

fn add(value: &mut types::SecureValue, part: Part) {
    let sealed = |id| enums::SecureFile::from(file(&passport_secret(), id, b"a picture"));
    match part {
        Part::Data => {
            let plain = b"{\"first_name\":\"Anna\",\"city\":\"B\",\"document_no\":\"AB123456\"}";
            value.data = Some(data(&by_hand::padding(plain.len()), plain).into());
        }
        Part::File(FilePart::FrontSide) => value.front_side = Some(sealed(1)),
        Part::File(FilePart::ReverseSide) => value.reverse_side = Some(sealed(2)),
        Part::File(FilePart::Selfie) => value.selfie = Some(sealed(3)),
        Part::File(FilePart::Translation(_)) => {
            value.translation = Some(vec![sealed(4), sealed(5)]);
        }
        Part::File(FilePart::Files(_)) => value.files = Some(vec![sealed(6), sealed(7)]),
    }
}

fn empty(kind: ElementType) -> types::SecureValue {
    types::SecureValue {
        r#type: kind.into(),
        data: None,
        front_side: None,
        reverse_side: None,
        selfie: None,
        translation: None,
        files: None,
        plain_data: None,
        hash: b"server hash".to_vec(),
    }
}

fn data(padding: &[u8], plain: &[u8]) -> types::SecureData {
    let secret = by_hand::secret(3);
    let sealed = by_hand::seal(&secret, padding, plain);
    types::SecureData {
        data: sealed.bytes,
        data_hash: sealed.hash.to_vec(),
        secret: by_hand::wrap(&passport_secret(), &sealed.hash, &secret),
    }
}

fn file(passport_secret: &[u8; 32], id: u8, content: &[u8]) -> types::SecureFile {
    let secret = file_secret(id);
    let sealed = by_hand::seal(&secret, &by_hand::padding(content.len()), content);
    types::SecureFile {
        id: id.into(),
        access_hash: -i64::from(id),
        size: i64::MAX,
        dc_id: 2,
        date: 0,
        file_hash: sealed.hash.to_vec(),
        secret: by_hand::wrap(passport_secret, &sealed.hash, &secret),
    }
}

fn file_secret(id: u8) -> [u8; 32] {
    by_hand::secret(100 + id)
}

fn hex<const N: usize>(text: &str) -> [u8; N] {
    assert_eq!(text.len(), 2 * N);
    core::array::from_fn(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).expect("hex"))
}
