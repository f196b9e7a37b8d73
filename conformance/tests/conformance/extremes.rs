//! The largest, the deepest and the most crowded, with what they may allocate.

use allocation_counter::{AllocationInfo, measure};
use telegram_passport_tl::{
    Decode, DecodeError, Encode, Fault, Limits, borrowed, enums, functions, types,
};

#[test]
fn a_file_of_half_a_megabyte_is_borrowed_without_allocating() {
    let file = types::upload::File {
        r#type: enums::storage::FileType::FileJpeg,
        mtime: 1,
        bytes: vec![0xFF; 512 * 1024],
    };
    let bytes = enums::upload::File::from(file)
        .to_bytes()
        .expect("it can be written");
    let reading = measure(|| match borrowed::enums::upload::File::from_bytes(&bytes) {
        Ok(borrowed::enums::upload::File::File(file)) => assert!(file.bytes.len() == 512 * 1024),
        _ => panic!("it can be read"),
    });
    assert_eq!(reading, AllocationInfo::default());

    let owned = measure(|| drop(enums::upload::File::from_bytes(&bytes)));
    assert_eq!((owned.count_total, owned.bytes_total), (1, 512 * 1024));
}

#[test]
fn the_longest_string_that_can_be_written() {
    let call = |len: usize| functions::upload::SaveFilePart {
        file_id: 1,
        file_part: 2,
        bytes: vec![7; len],
    };
    let longest = call((1 << 24) - 1);
    let bytes = longest
        .to_bytes()
        .expect("its length fits into three bytes");
    assert_eq!(bytes[16..20], [0xFE, 0xFF, 0xFF, 0xFF]);
    assert_eq!(bytes.len(), 20 + (1 << 24));
    assert_eq!(
        functions::upload::SaveFilePart::from_bytes(&bytes),
        Ok(longest)
    );

    let longer = call(1 << 24);
    let refusing = measure(|| assert!(longer.to_bytes().is_err()));
    assert_eq!(refusing.count_total, 0);
    let mut out = vec![1, 2, 3];
    assert!(longer.append_to(&mut out).is_err());
    assert_eq!(out, [1, 2, 3]);
}

#[test]
fn a_count_without_elements_is_not_believed() {
    for count in [i32::MAX, -1, i32::MIN, 3] {
        let mut bytes = GET_SECURE_VALUE_TYPES.to_vec();
        bytes.extend(count.to_le_bytes());
        bytes.extend([0; 8]);
        let error = refused::<functions::account::GetSecureValue>(&bytes, 1024);
        assert_eq!(error.fault(), Fault::VectorCount { count });
        assert_eq!(error.path(), "account.getSecureValue.types");
    }
}

#[test]
fn empty_files_in_many_values() {
    let files = vec![enums::SecureFile::Empty; 100];
    let value = types::SecureValue {
        files: Some(files.clone()),
        translation: Some(files),
        ..value()
    };
    crowd(vec![enums::SecureValue::from(value); 300]);
}

#[test]
fn a_megabyte_of_empty_files() {
    crowd(vec![enums::SecureFile::Empty; 250_000]);
}

#[test]
fn a_megabyte_of_values_with_nothing_in_them() {
    crowd(vec![enums::SecureValue::from(value()); 60_000]);
}

#[test]
fn a_megabyte_of_users_with_nothing_in_them() {
    // flags, flags2, id
    let mut bytes = vec_head(60_000);
    for _ in 0..60_000 {
        bytes.extend(0xb1b8_cc83_u32.to_le_bytes());
        bytes.extend([0; 16]);
    }
    bounded::<Vec<enums::User>>(&bytes);
}

#[test]
fn a_megabyte_of_empty_strings() {
    let error = types::SecureValueErrorFiles {
        r#type: enums::SecureValueType::Passport,
        file_hash: vec![Vec::new(); 250_000],
        text: String::new(),
    };
    crowd(vec![enums::SecureValueError::from(error)]);
}

#[test]
fn alternatives_in_alternatives() {
    let mut required =
        enums::SecureRequiredType::OneOf(types::SecureRequiredTypeOneOf { types: vec![] });
    for _ in 0..4 {
        required = types::SecureRequiredTypeOneOf {
            types: vec![required; 15],
        }
        .into();
    }
    crowd(vec![required]);
}

/// What is refused for its size can still be read by who allows for it.
#[test]
fn the_limit_is_the_callers_choice() {
    let users = vec_head(0);
    assert_eq!(Vec::<enums::User>::from_bytes(&users), Ok(vec![]));
    let files = vec![enums::SecureFile::Empty; 100_000];
    let bytes = files.to_bytes().expect("they can be written");
    let error = Vec::<enums::SecureFile>::from_bytes(&bytes).expect_err("they take too much");
    assert_eq!(error.fault(), Fault::Memory);
    let limits = Limits {
        depth: 1,
        memory: 100_000 * size_of::<enums::SecureFile>(),
    };
    assert_eq!(Vec::from_bytes_with(&bytes, limits), Ok(files));
}

/// The constructor id of `account.getSecureValue` and that of its vector.
const GET_SECURE_VALUE_TYPES: [u8; 8] = [0xc2, 0x5b, 0x66, 0x73, 0x15, 0xc4, 0xb5, 0x1c];

fn vec_head(count: u32) -> Vec<u8> {
    let mut bytes = vec![0x15, 0xc4, 0xb5, 0x1c];
    bytes.extend(count.to_le_bytes());
    bytes
}

/// A value with no more than what must be there.
fn value() -> types::SecureValue {
    types::SecureValue {
        r#type: enums::SecureValueType::Phone,
        data: None,
        front_side: None,
        reverse_side: None,
        selfie: None,
        translation: None,
        files: None,
        plain_data: None,
        hash: vec![],
    }
}

/// Writes elements that take more room in memory than on the wire, and reads them within bounds.
fn crowd<T: Encode + for<'de> Decode<'de>>(elements: Vec<T>) {
    bounded::<Vec<T>>(&elements.to_bytes().expect("they can be written"));
}

fn bounded<T: for<'de> Decode<'de>>(bytes: &[u8]) {
    let most = 16 * bytes.len() as u64 + 64 * 1024;
    let mut fault = None;
    let reading = measure(|| fault = T::from_bytes(bytes).err().map(|error| error.fault()));
    assert!(
        reading.bytes_max <= most,
        "{} instead of {most}",
        reading.bytes_max
    );
    assert!(matches!(fault, None | Some(Fault::Memory)), "{fault:?}");
}

/// Refuses bytes while holding no more than so many.
fn refused<T: for<'de> Decode<'de>>(bytes: &[u8], most: u64) -> DecodeError {
    let mut outcome = None;
    let reading = measure(|| outcome = T::from_bytes(bytes).err());
    assert!(
        reading.bytes_max <= most,
        "{} instead of {most}",
        reading.bytes_max
    );
    outcome.expect("these bytes are no such value")
}
