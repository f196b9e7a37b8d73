//! The simulated server's files: rules of parts, and of downloading.

use std::time::Duration;

use telegram_passport::client::{Connection, wait};
use telegram_passport::testing::{Bot, Telegram};
use telegram_passport_tl::{enums, functions, types};

use super::passport_telegram_hand::{Answer, Hand, bytes, empty, refusal, save_part};

const HOME: i32 = 2;

#[test]
fn parts_come_in_any_order_and_make_the_file() {
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    let content = bytes(&mut hand.random, 2 * 4096 + 16);
    for number in [2, 0, 1, 0] {
        let part = content.chunks(4096).nth(number).expect("three parts");
        assert!(hand.call(&save_part(5, number, part)).expect("taken"));
    }
    let id = save_file(&hand, secret.id(), uploaded(5, 3, ""));
    assert_eq!(hand.account.stored_file(id), Some(content));
}

#[test]
fn the_checksum_is_that_of_the_file() {
    let telegram = Telegram::new();
    let (hand, secret) = Hand::with_secret(&telegram);
    // RFC 1321, section A.5.
    let sixty_two = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let checksum = "d174ab98d277d9f5a5611c2c9f419d9f";
    hand.upload(5, sixty_two, 1024);
    save_file(&hand, secret.id(), uploaded(5, 1, checksum));
    for wrong in [
        "d174ab98d277d9f5a5611c2c9f419d9e",
        "D174AB98D277D9F5A5611C2C9F419D9F",
        "x",
    ] {
        let refused = save(&hand, secret.id(), uploaded(5, 1, wrong));
        assert_eq!(refusal(refused), "400 MD5_CHECKSUM_INVALID");
    }
}

#[test]
fn a_part_has_a_number_a_size_and_the_size_of_the_others() {
    let telegram = Telegram::new();
    let hand = Hand::new(&telegram);
    let part = |number: i32, length: usize| {
        hand.call(&functions::upload::SaveFilePart {
            file_id: 5,
            file_part: number,
            bytes: vec![7; length],
        })
    };
    assert_eq!(refusal(part(0, 0)), "400 FILE_PART_EMPTY");
    assert_eq!(refusal(part(-1, 1024)), "400 FILE_PART_INVALID");
    assert_eq!(refusal(part(4000, 1024)), "400 FILE_PART_INVALID");
    assert_eq!(refusal(part(0, 512 * 1024 + 1)), "400 FILE_PART_TOO_BIG");
    assert!(part(3999, 16).expect("it may be the last"));
    assert_eq!(refusal(part(1, 1000)), "400 FILE_PART_SIZE_INVALID");
    assert_eq!(
        refusal(part(1, 3072)),
        "400 FILE_PART_SIZE_INVALID",
        "does not divide"
    );
    assert!(part(1, 2048).expect("the size of all"));
    assert_eq!(refusal(part(2, 1024)), "400 FILE_PART_SIZE_CHANGED");
    assert_eq!(
        refusal(part(3999, 4096)),
        "400 FILE_PART_SIZE_CHANGED",
        "larger"
    );
    assert!(part(2, 2048).expect("the size of all"));
    assert!(part(3999, 2048).expect("the last may be whole, too"));
}

#[test]
fn missing_parts_are_named() {
    let telegram = Telegram::new();
    let (hand, secret) = Hand::with_secret(&telegram);
    let save = |file| save(&hand, secret.id(), file);
    assert_eq!(
        refusal(save(uploaded(5, 1, ""))),
        "400 FILE_PART_X_MISSING 0"
    );
    for number in [0, 1, 3] {
        let part = save_part(5, number, &[7; 1024]);
        assert!(hand.call(&part).expect("taken"));
    }
    assert_eq!(
        refusal(save(uploaded(5, 4, ""))),
        "400 FILE_PART_X_MISSING 2"
    );
    assert!(hand.call(&save_part(5, 2, &[7; 1024])).expect("taken"));
    assert_eq!(
        refusal(save(uploaded(5, 5, ""))),
        "400 FILE_PART_X_MISSING 4"
    );
    assert_eq!(refusal(save(uploaded(5, 3, ""))), "400 FILE_PARTS_INVALID");
    assert_eq!(refusal(save(uploaded(5, 0, ""))), "400 FILE_PARTS_INVALID");
    assert_eq!(
        refusal(save(uploaded(5, 4001, ""))),
        "400 FILE_PARTS_INVALID"
    );
    assert!(save(uploaded(5, 4, "")).is_ok());
    assert!(
        save(uploaded(5, 4, "")).is_ok(),
        "parts are kept for a while"
    );
    telegram.advance(Duration::from_secs(24 * 3600));
    assert_eq!(
        refusal(save(uploaded(5, 4, ""))),
        "400 FILE_PART_X_MISSING 0"
    );
}

#[test]
fn a_refused_value_leaves_nothing_behind() {
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    let stored = hand.save_passport(&secret);
    let value = types::InputSecureValue {
        front_side: Some(hand.file(&secret, b"another front side")),
        selfie: Some(uploaded(99, 1, "").into()),
        ..empty(enums::SecureValueType::Passport)
    };
    let refused = hand.save(value, secret.id());
    assert_eq!(refusal(refused), "400 FILE_PART_X_MISSING 0");
    let all = hand.call(&functions::account::GetAllSecureValues {});
    assert_eq!(all.expect("the values"), [stored]);
}

#[test]
fn big_parts_have_rules_and_a_place_of_their_own() {
    let telegram = Telegram::new();
    let (hand, secret) = Hand::with_secret(&telegram);
    let part = |number: i32, total: i32, length: usize| {
        hand.call(&functions::upload::SaveBigFilePart {
            file_id: 5,
            file_part: number,
            file_total_parts: total,
            bytes: vec![7; length],
        })
    };
    assert_eq!(refusal(part(0, 0, 1024)), "400 FILE_PARTS_INVALID");
    assert_eq!(refusal(part(0, 4001, 1024)), "400 FILE_PARTS_INVALID");
    assert_eq!(refusal(part(3, 3, 1024)), "400 FILE_PART_INVALID");
    assert_eq!(refusal(part(-1, 3, 1024)), "400 FILE_PART_INVALID");
    assert_eq!(refusal(part(0, 3, 0)), "400 FILE_PART_EMPTY");
    assert_eq!(refusal(part(0, 3, 1000)), "400 FILE_PART_TOO_SMALL");
    assert_eq!(refusal(part(0, 3, 512 * 1024 + 1)), "400 FILE_PART_TOO_BIG");
    assert!(part(0, 3, 2048).expect("taken"));
    assert_eq!(refusal(part(1, 3, 4096)), "400 FILE_PART_SIZE_CHANGED");
    assert!(part(1, 3, 2048).expect("taken"));
    assert!(part(2, 3, 16).expect("the last"));
    let refused = save(&hand, secret.id(), uploaded(5, 3, ""));
    assert_eq!(refusal(refused), "400 FILE_PART_X_MISSING 0");
}

#[test]
fn a_file_is_downloaded_from_its_data_centre_piece_by_piece() {
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    let content = bytes(&mut hand.random, 9000);
    hand.upload(5, &content, 4096);
    let id = save_file(&hand, secret.id(), uploaded(5, 3, ""));
    let file = stored(&hand, id);
    assert_ne!(file.dc_id, HOME);
    let get = |dc_id, offset, limit| {
        let location = types::InputSecureFileLocation {
            id,
            access_hash: file.access_hash,
        };
        let call = get_file(location.into(), offset, limit);
        wait(hand.connection.invoke_in(dc_id, &call))
    };
    assert_eq!(
        refusal(get(None, 0, 4096)),
        format!("303 FILE_MIGRATE_X {}", file.dc_id)
    );
    assert_eq!(
        refusal(get(Some(5), 0, 4096)),
        format!("303 FILE_MIGRATE_X {}", file.dc_id)
    );
    let there = Some(file.dc_id);
    assert_eq!(piece(get(there, 0, 4096)), content[..4096]);
    assert_eq!(piece(get(there, 8192, 4096)), content[8192..]);
    assert_eq!(piece(get(there, 12288, 4096)), [] as [u8; 0]);
    assert_eq!(piece(get(there, 0, 1024 * 1024)), content);

    telegram.store_files_in(HOME);
    hand.upload(6, b"near", 1024);
    let near = save_file(&hand, secret.id(), uploaded(6, 1, ""));
    let access_hash = stored(&hand, near).access_hash;
    let location = types::InputSecureFileLocation {
        id: near,
        access_hash,
    };
    let call = get_file(location.into(), 0, 4096);
    assert_eq!(piece(hand.call(&call)), b"near");
}

#[test]
fn offsets_and_limits_are_aligned() {
    let telegram = Telegram::new();
    let (hand, secret) = Hand::with_secret(&telegram);
    telegram.store_files_in(HOME);
    hand.upload(5, &[7; 1024], 1024);
    let id = save_file(&hand, secret.id(), uploaded(5, 1, ""));
    let access_hash = stored(&hand, id).access_hash;
    let get = |precise, offset, limit| {
        let location = types::InputSecureFileLocation { id, access_hash };
        let call = functions::upload::GetFile {
            precise,
            ..get_file(location.into(), offset, limit)
        };
        match hand.call(&call) {
            Ok(_) => "good".to_owned(),
            refused => refusal(refused),
        }
    };
    let mega = 1024 * 1024;
    // Source: protocol reference, section 10.5.
    let cases = [
        (false, 4096, 4096, "good"),
        (false, 0, mega as i32, "good"),
        (false, mega - 4096, 4096, "good"),
        (false, 1024, 4096, "400 OFFSET_INVALID"),
        (false, -4096, 4096, "400 OFFSET_INVALID"),
        (false, 0, 0, "400 LIMIT_INVALID"),
        (false, 0, -4096, "400 LIMIT_INVALID"),
        (false, 0, 1024, "400 LIMIT_INVALID"),
        (false, 0, 12288, "400 LIMIT_INVALID"),
        (false, 0, 2 * mega as i32, "400 LIMIT_INVALID"),
        (false, mega - 4096, 8192, "400 LIMIT_INVALID"),
        (true, 1024, 3072, "good"),
        (true, 0, mega as i32, "good"),
        (true, 512, 1024, "400 OFFSET_INVALID"),
        (true, 0, 1000, "400 LIMIT_INVALID"),
        (true, 0, mega as i32 + 1024, "400 LIMIT_INVALID"),
        (true, mega - 1024, 2048, "400 LIMIT_INVALID"),
        (true, i64::MAX - 1023, 1024, "good"),
    ];
    for (precise, offset, limit, expected) in cases {
        assert_eq!(
            get(precise, offset, limit),
            expected,
            "{precise} {offset} {limit}"
        );
    }
}

#[test]
fn nobody_downloads_what_is_not_theirs() {
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    let stored = hand.save_passport(&secret);
    let Some(enums::SecureFile::File(file)) = &stored.front_side else {
        panic!("no file");
    };
    let (id, access_hash) = (file.id, file.access_hash);
    let location = |id, access_hash| types::InputSecureFileLocation { id, access_hash };
    let call = |location: types::InputSecureFileLocation| get_file(location.into(), 0, 4096);
    let refused = "400 LOCATION_INVALID";
    let wrong = call(location(id.wrapping_add(1), access_hash));
    assert_eq!(refusal(hand.call(&wrong)), refused);
    let wrong = call(location(id, access_hash.wrapping_add(1)));
    assert_eq!(refusal(hand.call(&wrong)), refused);
    let takeout = get_file(enums::InputFileLocation::InputTakeoutFileLocation, 0, 4096);
    assert_eq!(refusal(hand.call(&takeout)), refused);
    let sound = call(location(id, access_hash));
    let other = telegram.account("+15550199").connection();
    assert_eq!(refusal(wait(other.invoke(&sound))), refused);
    let bot: Bot = telegram.bot("a key");
    assert_eq!(refusal(wait(bot.connection().invoke(&sound))), refused);
    assert_eq!(bot.file("nonsense"), None);
    assert_eq!(bot.get_file("nonsense")["ok"], false);
}

fn uploaded(id: i64, parts: i32, md5_checksum: &str) -> types::InputSecureFileUploaded {
    types::InputSecureFileUploaded {
        id,
        parts,
        md5_checksum: md5_checksum.to_owned(),
        file_hash: vec![1; 32],
        secret: vec![2; 32],
    }
}

fn save(
    hand: &Hand,
    secret_id: i64,
    file: types::InputSecureFileUploaded,
) -> Answer<functions::account::SaveSecureValue> {
    let value = types::InputSecureValue {
        files: Some(vec![file.into()]),
        ..empty(enums::SecureValueType::UtilityBill)
    };
    hand.save(value, secret_id)
}

/// Saves a value of that file alone; gives the id of the stored one.
fn save_file(hand: &Hand, secret_id: i64, file: types::InputSecureFileUploaded) -> i64 {
    let saved = save(hand, secret_id, file).expect("it is saved");
    match saved.files.as_deref() {
        Some([enums::SecureFile::File(file)]) => file.id,
        _ => panic!("not one file"),
    }
}

fn stored(hand: &Hand, id: i64) -> types::SecureFile {
    let all = hand.call(&functions::account::GetAllSecureValues {});
    let all = all.expect("the values");
    let files = all.iter().flat_map(|value| value.files.iter().flatten());
    let mut files = files.filter_map(|file| match file {
        enums::SecureFile::File(file) => Some(file),
        enums::SecureFile::Empty => None,
    });
    files.find(|file| file.id == id).expect("stored").clone()
}

fn get_file(
    location: enums::InputFileLocation,
    offset: i64,
    limit: i32,
) -> functions::upload::GetFile {
    functions::upload::GetFile {
        precise: false,
        cdn_supported: false,
        location,
        offset,
        limit,
    }
}

fn piece(answer: Answer<functions::upload::GetFile>) -> Vec<u8> {
    match answer.expect("a piece") {
        enums::upload::File::File(file) => file.bytes,
        enums::upload::File::CdnRedirect(_) => panic!("a redirect"),
    }
}
