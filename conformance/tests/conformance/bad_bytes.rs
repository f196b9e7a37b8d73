//! Bytes that are no value, each with the fault, the place and the path that follow from the
//! wire format and the schema, worked out by hand.

use conformance::tiny::recursion;
use telegram_passport_tl::{
    Boxed, Decode, DecodeError, Encode, Fault, borrowed, enums, functions, types,
};

#[test]
fn empty() {
    fails::<enums::SecureValue>(&[], Fault::UnexpectedEnd, 0, "");
    fails::<functions::account::GetPassword>(&[], Fault::UnexpectedEnd, 0, "");
    fails::<Vec<enums::SecureValue>>(&[], Fault::UnexpectedEnd, 0, "");
}

/// Word by word, since every word is an item of its own: id, flags, id, id, count, id.
#[test]
fn every_truncation() {
    let bytes = words(&[
        SECURE_VALUE,
        1 << 4,
        PASSPORT,
        VECTOR,
        1,
        SECURE_FILE_EMPTY,
        0,
    ]);
    assert!(enums::SecureValue::from_bytes(&bytes).is_ok());
    let paths = [
        "",
        "secureValue.flags",
        "secureValue.type",
        "secureValue.files",
        "secureValue.files",
        "secureValue.files[0]",
        "secureValue.hash",
    ];
    for end in 0..bytes.len() {
        let (at, path) = (end / 4, paths[end / 4]);
        // With nothing behind it, the count is already wrong.
        let (fault, at, path) = match at {
            5 => (Fault::VectorCount { count: 1 }, 4, paths[4]),
            _ => (Fault::UnexpectedEnd, at, path),
        };
        fails::<enums::SecureValue>(&bytes[..end], fault, 4 * at, path);
    }
}

#[test]
fn unknown_constructor() {
    let (id, expected) = (0xdead_beef, "SecureFile");
    let fault = Fault::UnexpectedConstructor { id, expected };
    fails::<enums::SecureFile>(&words(&[id, 0]), fault, 0, "");
    // A type of one constructor names that.
    let expected = "secureValue";
    let fault = Fault::UnexpectedConstructor { id, expected };
    fails::<enums::SecureValue>(&words(&[id, 0, PASSPORT, 0]), fault, 0, "");
}

#[test]
fn foreign_constructor_inside() {
    let (id, expected) = (SECURE_FILE_EMPTY, "SecureValueType");
    let fault = Fault::UnexpectedConstructor { id, expected };
    let bytes = words(&[SECURE_VALUE, 0, id, 0]);
    fails::<enums::SecureValue>(&bytes, fault, 8, "secureValue.type");
}

#[test]
fn another_constructor_of_the_same_type_where_one_is_expected() {
    let (id, expected) = (SECURE_FILE_EMPTY, "secureFile");
    let fault = Fault::UnexpectedConstructor { id, expected };
    fails::<Boxed<types::SecureFile>>(&words(&[id]), fault, 0, "");
}

#[test]
fn another_function() {
    let (id, expected) = (PASSPORT, "account.getPassword");
    let fault = Fault::UnexpectedConstructor { id, expected };
    fails::<functions::account::GetPassword>(&words(&[id]), fault, 0, "");
}

#[test]
fn vector_of_another_id() {
    let (id, expected) = (0x1cb5_c416, "Vector");
    let fault = Fault::UnexpectedConstructor { id, expected };
    fails::<functions::account::GetSecureValue>(&words(&[GET, id, 0]), fault, 4, GET_TYPES);
}

#[test]
fn neither_true_nor_false() {
    let (id, expected) = (0x997_275b6, "Bool");
    let fault = Fault::UnexpectedConstructor { id, expected };
    fails::<bool>(&words(&[id]), fault, 0, "");
}

#[test]
fn vector_of_minus_one() {
    let fault = Fault::VectorCount { count: -1 };
    let bytes = words(&[GET, VECTOR, u32::MAX, PASSPORT]);
    fails::<functions::account::GetSecureValue>(&bytes, fault, 8, GET_TYPES);
}

#[test]
fn vector_of_two_to_the_31_minus_one() {
    let fault = Fault::VectorCount { count: i32::MAX };
    let bytes = words(&[GET, VECTOR, 0x7FFF_FFFF, PASSPORT]);
    fails::<functions::account::GetSecureValue>(&bytes, fault, 8, GET_TYPES);
}

#[test]
fn vector_of_one_too_many() {
    let fault = Fault::VectorCount { count: 2 };
    let bytes = words(&[GET, VECTOR, 2, PASSPORT]);
    fails::<functions::account::GetSecureValue>(&bytes, fault, 8, GET_TYPES);
}

#[test]
fn vector_of_one_too_few() {
    let fault = Fault::TrailingBytes { count: 4 };
    let bytes = words(&[GET, VECTOR, 1, PASSPORT, PASSPORT]);
    fails::<functions::account::GetSecureValue>(&bytes, fault, 16, "");
}

#[test]
fn short_string_past_the_end() {
    // It says four bytes, three are there.
    let bytes = [&words(&[DATA_JSON])[..], &[4, b'a', b'b', b'c']].concat();
    fails::<enums::DataJson>(&bytes, Fault::UnexpectedEnd, 4, "dataJSON.data");
}

#[test]
fn short_string_whose_padding_is_past_the_end() {
    let bytes = [&words(&[DATA_JSON])[..], &[4, b'a', b'b', b'c', b'd']].concat();
    fails::<enums::DataJson>(&bytes, Fault::UnexpectedEnd, 4, "dataJSON.data");
}

#[test]
fn long_string_past_the_end() {
    let bytes = [&words(&[DATA_JSON, 0xFFFF_FFFE])[..], &[b'a'; 300]].concat();
    fails::<enums::DataJson>(&bytes, Fault::UnexpectedEnd, 4, "dataJSON.data");
}

#[test]
fn long_form_of_a_short_string() {
    let long = |len: u32| {
        let content = vec![b'a'; len.next_multiple_of(4) as usize];
        [words(&[DATA_JSON, len << 8 | 0xFE]), content].concat()
    };
    let fault = Fault::LongStringForm;
    fails::<enums::DataJson>(&long(0), fault, 4, "dataJSON.data");
    fails::<enums::DataJson>(&long(4), fault, 4, "dataJSON.data");
    // 253 has three bytes of padding, which are `a` here; the length is seen first.
    fails::<enums::DataJson>(&long(253), fault, 4, "dataJSON.data");
    assert!(enums::DataJson::from_bytes(&long(256)).is_ok());
}

#[test]
fn string_that_begins_with_0xff() {
    let bytes = words(&[DATA_JSON, 0x0000_00FF, 0]);
    fails::<enums::DataJson>(&bytes, Fault::StringLength, 4, "dataJSON.data");
}

#[test]
fn dirty_padding() {
    // Lengths 0 to 2, each padding byte in turn.
    let dirty = [
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
        [1, b'a', 1, 0],
        [1, b'a', 0, 1],
        [2, b'a', b'a', 1],
    ];
    for string in dirty {
        let bytes = [&words(&[DATA_JSON])[..], &string].concat();
        fails::<enums::DataJson>(&bytes, Fault::StringPadding, 4, "dataJSON.data");
    }
    // The long form: 254 bytes, then two of padding.
    for padding in [[1, 0], [0, 1]] {
        let head = words(&[DATA_JSON, 0x0000_FEFE]);
        let bytes = [&head[..], &[b'a'; 254], &padding].concat();
        fails::<enums::DataJson>(&bytes, Fault::StringPadding, 4, "dataJSON.data");
    }
}

#[test]
fn text_that_is_not_utf8() {
    // A lone continuation byte, a cut sequence, a surrogate, an overlong slash, past U+10FFFF.
    let bad: [&[u8]; 5] = [
        &[1, 0x80, 0, 0],
        &[2, 0xE2, 0x82, 0],
        &[3, 0xED, 0xA0, 0x80],
        &[2, 0xC0, 0xAF, 0],
        &[4, 0xF4, 0x90, 0x80, 0x80, 0, 0, 0],
    ];
    for string in bad {
        let bytes = [&words(&[DATA_JSON])[..], string].concat();
        fails::<enums::DataJson>(&bytes, Fault::Utf8, 4, "dataJSON.data");
    }
}

#[test]
fn bytes_need_not_be_utf8() {
    let bytes = words(&[SECURE_VALUE, 0, PASSPORT, 0x0000_FF01]);
    let value = enums::SecureValue::from_bytes(&bytes).expect("a hash is no text");
    assert_eq!(value.to_bytes(), Ok(bytes));
}

#[test]
fn trailing_bytes() {
    for count in [1, 4, 1000] {
        let bytes = [words(&[SECURE_FILE_EMPTY]), vec![0; count]].concat();
        let fault = Fault::TrailingBytes { count };
        fails::<enums::SecureFile>(&bytes, fault, 4, "");
        let (_, rest) = enums::SecureFile::from_prefix(&bytes).expect("the front is a value");
        assert_eq!(rest.len(), count);
    }
}

#[test]
fn undefined_flag_bits() {
    let fault = Fault::UnknownFlags {
        bits: 1 << 7 | 1 << 31,
    };
    let bytes = words(&[SECURE_VALUE, 1 << 7 | 1 << 31, PASSPORT, 0]);
    fails::<enums::SecureValue>(&bytes, fault, 4, "secureValue.flags");
}

#[test]
fn a_bit_whose_field_is_missing() {
    let bytes = words(&[SECURE_VALUE, 1 << 5, PASSPORT, 0]);
    let (id, expected) = (0, "SecurePlainData");
    let fault = Fault::UnexpectedConstructor { id, expected };
    fails::<enums::SecureValue>(&bytes, fault, 12, "secureValue.plain_data");
}

#[test]
fn far_inside_a_form() {
    let mut bytes = words(&[0xad2e_1cd8, 0]); // account.authorizationForm, flags
    bytes.extend(words(&[VECTOR, 0]));
    bytes.extend(words(&[VECTOR, 2]));
    bytes.extend(words(&[SECURE_VALUE, 0, PASSPORT, 0]));
    bytes.extend(words(&[SECURE_VALUE, 1, PASSPORT, 0x8aea_bec3])); // secureData
    bytes.extend(words(&[0, 0, 0x0100_0000, 0])); // data, data_hash, secret with padding, hash
    bytes.extend(words(&[VECTOR, 0, VECTOR, 0]));
    let path = "account.authorizationForm.values[1].data.secret";
    fails::<enums::account::AuthorizationForm>(&bytes, Fault::StringPadding, 64, path);
}

#[test]
fn peers_in_peers_100_000_deep() {
    let mut bytes = words(&[0xa87b_0a1c].repeat(100_000)); // inputPeerUserFromMessage
    bytes.extend(words(&[0x7f3b_18ea])); // inputPeerEmpty
    bytes.extend([0; 12].repeat(100_000)); // msg_id and user_id of each
    let path = format!("inputPeerUserFromMessage{}", ".peer".repeat(64));
    let error = fails::<enums::InputPeer>(&bytes, Fault::Depth, 4 * 64, &path);
    assert!(error.to_string().ends_with("nested too deeply"), "{error}");
}

#[test]
fn alternatives_in_alternatives_100_000_deep() {
    let bytes = words(&[0x0274_77b4, VECTOR, 1].repeat(100_000)); // secureRequiredTypeOneOf
    let path = format!("secureRequiredTypeOneOf{}", ".types[0]".repeat(64));
    fails::<enums::SecureRequiredType>(&bytes, Fault::Depth, 12 * 64, &path);
}

/// The two contain each other without an enum in between, though their enum is in the circle, too.
#[test]
fn hands_in_hands_100_000_deep() {
    let mut bytes = words(&[1].repeat(100_000)); // the bit of the other hand
    bytes.extend(words(&[0]));
    let path = format!("left{}.flags", ".right.left".repeat(32));
    fails::<recursion::types::Left>(&bytes, Fault::Depth, 4 * 64, &path);

    let deepest = words(&[[1; 63].as_slice(), &[0]].concat());
    assert!(recursion::types::Left::from_bytes(&deepest).is_ok());
    let deeper = words(&[[1; 64].as_slice(), &[0]].concat());
    fails::<recursion::types::Left>(&deeper, Fault::Depth, 4 * 64, &path);
}

#[test]
fn repetitions_in_repetitions_100_000_deep() {
    let mut bytes = words(&[2].repeat(100_000)); // the bit of the bare ones
    bytes.extend(words(&[0]));
    let path = format!("nest{}.flags", ".bare[0][0]".repeat(64));
    fails::<recursion::types::Nest>(&bytes, Fault::Depth, 4 * 64, &path);
}

/// The deepest that is read: 64 types one within another.
#[test]
fn peers_in_peers_63_deep() {
    let mut peer = enums::InputPeer::Empty;
    for _ in 0..63 {
        peer = types::InputPeerUserFromMessage {
            peer,
            msg_id: 1,
            user_id: 2,
        }
        .into();
    }
    let bytes = peer.to_bytes().expect("it can be written");
    assert_eq!(enums::InputPeer::from_bytes(&bytes), Ok(peer.clone()));

    let deeper = enums::InputPeer::from(types::InputPeerUserFromMessage {
        peer,
        msg_id: 1,
        user_id: 2,
    });
    let bytes = deeper
        .to_bytes()
        .expect("what is too deep to read can be written");
    let path = format!("inputPeerUserFromMessage{}", ".peer".repeat(64));
    fails::<enums::InputPeer>(&bytes, Fault::Depth, 4 * 64, &path);
}

#[test]
fn both_forms_refuse_alike() {
    let bytes = words(&[SECURE_VALUE, 1 << 4, PASSPORT, VECTOR, 1, PASSPORT, 0]);
    let owned = enums::SecureValue::from_bytes(&bytes).expect_err("it is no file");
    let borrowed = borrowed::enums::SecureValue::from_bytes(&bytes).expect_err("nor borrowed");
    assert_eq!(owned, borrowed);
    let said = "secureValue.files[0]: byte 20: constructor 3dac6a00 is not one of SecureFile";
    assert_eq!(owned.to_string(), said);
}

const SECURE_VALUE: u32 = 0x187f_a0ca;
const SECURE_FILE_EMPTY: u32 = 0x6419_9744;
const PASSPORT: u32 = 0x3dac_6a00;
const DATA_JSON: u32 = 0x7d74_8d04;
const VECTOR: u32 = 0x1cb5_c415;
/// `account.getSecureValue`
const GET: u32 = 0x7366_5bc2;
const GET_TYPES: &str = "account.getSecureValue.types";

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn fails<'de, T: Decode<'de> + std::fmt::Debug>(
    bytes: &'de [u8],
    fault: Fault,
    offset: usize,
    path: &str,
) -> DecodeError {
    let error = T::from_bytes(bytes).expect_err("these bytes are no such value");
    assert_eq!(
        (error.fault(), error.offset(), error.path()),
        (fault, offset, path),
        "{error}"
    );
    error
}
