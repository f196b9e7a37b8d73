//! Fetching files: the requests of a download by the rules of reference 10.5, and `getFile` of the
//! Bot API.

use std::sync::LazyLock;

use conformance::random::for_each;
use conformance::seeded::SeededRng;
use proptest::prelude::*;
use rand_core::Rng;
use telegram_passport::file::DEFAULT_LIMIT;
use telegram_passport::file::bot_api::{GetFileError, file_path, get_file_request};
use telegram_passport::file::mtproto::{AfterError, Download, DownloadError, RemoteFile};
use telegram_passport_tl::functions::upload::GetFile;
use telegram_passport_tl::{Boxed, Decode, Encode, RpcError, borrowed, enums, types};

#[test]
fn every_file_is_covered_exactly() {
    let size = prop_oneof![
        0..=LARGEST,
        (0..=1024_usize).prop_map(|blocks| blocks * 4096),
        (0..=4_usize).prop_map(|blocks| blocks << 20),
    ];
    let piece = prop_oneof![
        any::<u32>(),
        0..2_000_000_u32,
        (0..32_u32).prop_map(|it| 1 << it)
    ];
    let values = (size, piece, any::<prop::sample::Index>());
    for_each(100, values, |(size, piece, from)| {
        let server = Server::new(size);
        let from = from.index(size + 1);
        let download = Download::new(FILE).with_piece(piece).resume_at(from as u64);
        let start = download.offset() as usize;
        prop_assert_eq!(start, from / 4096 * 4096);
        let (fetched, requests) = server.fetch(download);
        prop_assert!(fetched == server.content[start..]);

        let largest = requests.iter().map(|it| it.limit).max();
        prop_assert!(largest <= Some(piece.clamp(4096, 1 << 20) as i32));
        let mut expected = start as i64;
        for request in &requests {
            follows_the_rules(request)?;
            prop_assert_eq!(request.offset, expected);
            expected += i64::from(request.limit);
        }
        // Nothing was asked for beyond the end, but once if the last piece was full.
        prop_assert!(requests.last().is_some_and(|it| it.offset <= size as i64));
        Ok(())
    });
}

#[test]
fn a_request_bit_by_bit() {
    let download = Download::new(FILE).with_piece(65_536).resume_at(200_000);
    let request = download.next_request().expect("it has not begun");
    // 196608 = 0x30000 is a multiple of 65536.
    let words = [
        0xbe53_35be,
        0,
        0xcbc7_ee28,
        0x0d,
        0,
        0xffff_fffe,
        u32::MAX,
        0x30000,
        0,
        0x10000,
    ];
    let bytes: Vec<_> = words
        .iter()
        .flat_map(|word: &u32| word.to_le_bytes())
        .collect();
    assert_eq!(request.to_bytes().expect("it is short"), bytes);
    assert_eq!(
        download.next_request(),
        Some(request),
        "the same until it is answered"
    );
    assert_eq!(download.dc_id(), 4);
}

#[test]
fn pieces_grow_to_their_full_length() {
    let mut download = Download::new(FILE)
        .with_piece(1 << 20)
        .resume_at((1 << 20) - 5 * 4096);
    let mut requests = Vec::new();
    for _ in 0..4 {
        let request = download.next_request().expect("it has not ended");
        requests.push((request.offset, request.limit));
        let bytes = vec![0; request.limit as usize];
        download
            .accept(answer(bytes))
            .expect("it is as long as asked");
    }
    let megabyte = 1 << 20;
    let expected = [
        (megabyte - 5 * 4096, 4096),
        (megabyte - 4 * 4096, 4 * 4096),
        (megabyte, 1 << 20),
        (2 * megabyte, 1 << 20),
    ];
    assert_eq!(requests, expected);
}

#[test]
fn a_short_or_an_empty_answer_is_the_last() {
    for length in [0, 1, 4095, 4096, 524_287] {
        let mut download = Download::new(FILE);
        let bytes = download
            .accept(answer(vec![7; length]))
            .expect("it is not too long");
        assert_eq!(bytes, vec![7; length]);
        assert_eq!(download.offset(), length as u64);
        assert_eq!(download.next_request(), None);
        let again = download.accept(answer(Vec::new()));
        assert_eq!(again, Err(DownloadError::Unasked));
    }
}

#[test]
fn what_the_server_says_of_the_size_changes_nothing() {
    let server = Server::new(600_000);
    for size in [i64::MIN, -1, 0, 5, 600_000, i64::MAX] {
        let (fetched, requests) = server.fetch(Download::new(RemoteFile { size, ..FILE }));
        assert!(fetched == server.content);
        assert_eq!(requests.len(), 2);
    }
}

#[test]
fn hostile_answers() {
    let mut download = Download::new(FILE).with_piece(4096);
    let before = download.next_request();
    let too_long = download.accept(answer(vec![0; 4097]));
    assert_eq!(too_long, Err(DownloadError::TooLong { asked: 4096 }));
    let redirect = types::upload::FileCdnRedirect {
        dc_id: 203,
        file_token: vec![1],
        encryption_key: vec![2; 32],
        encryption_iv: vec![3; 16],
        file_hashes: Vec::new(),
    };
    let redirected = download.accept(enums::upload::File::from(redirect));
    assert_eq!(redirected, Err(DownloadError::CdnRedirect));
    assert_eq!(download.next_request(), before, "nothing has changed");

    for (download, limit) in [
        (Download::new(FILE), DEFAULT_LIMIT),
        (Download::new(FILE).with_limit(4096), 4096),
        (Download::new(FILE).with_limit(1_000_000), 1_000_000),
        (Download::new(FILE).with_limit(100).resume_at(u64::MAX), 100),
    ] {
        let mut download = download;
        let mut length = 0;
        let error = loop {
            let request = download
                .next_request()
                .expect("an endless file does not end");
            match download.accept(answer(vec![0; request.limit as usize])) {
                Ok(bytes) => length += bytes.len() as u64,
                Err(error) => break error,
            }
        };
        assert_eq!(error, DownloadError::TooLarge { limit });
        assert!(length <= limit);
    }
}

#[test]
fn rpc_errors() {
    let mut download = Download::new(FILE);
    let before = download.next_request();
    let cases = [
        (303, "FILE_MIGRATE_2", AfterError::Migrate { dc_id: 2 }),
        (400, "FILE_MIGRATE_5", AfterError::Migrate { dc_id: 5 }),
        (420, "FLOOD_WAIT_30", AfterError::Wait { seconds: 30 }),
        (420, "FLOOD_PREMIUM_WAIT_3", AfterError::Wait { seconds: 3 }),
        (400, "FILE_ID_INVALID", AfterError::Fail),
        (400, "FILE_MIGRATE_X", AfterError::Fail),
        (303, "FILE_MIGRATE_0", AfterError::Fail),
        (303, "FILE_MIGRATE_2147483648", AfterError::Fail),
        (303, "PHONE_MIGRATE_3", AfterError::Fail),
        (500, "INTERNAL", AfterError::Fail),
        (0, "", AfterError::Fail),
    ];
    for (code, message, expected) in cases {
        let after = download.rpc_error(&RpcError::parse(code, message));
        assert_eq!(after, expected, "{message}");
    }
    assert_eq!(download.dc_id(), 5);
    assert_eq!(
        download.next_request(),
        before,
        "the same request, to another data centre"
    );
}

#[test]
fn a_file_that_is_sent_around_is_given_up() {
    let mut download = Download::new(FILE);
    let rounds = |download: &mut Download| {
        let migrate = |dc_id| RpcError::parse(303, &format!("FILE_MIGRATE_{dc_id}"));
        let mut dc_ids = [2, 4].into_iter().cycle();
        let after = |dc_id| download.rpc_error(&migrate(dc_id));
        let mut after = dc_ids.by_ref().take(100).map(after);
        after.position(|it| it == AfterError::Fail)
    };
    assert_eq!(rounds(&mut download), Some(4));
    download
        .accept(answer(vec![0; 524_288]))
        .expect("it is as long as asked");
    assert_eq!(rounds(&mut download), Some(4), "counted anew after a piece");
}

#[test]
fn answers_in_both_forms() {
    let bytes = answer(vec![1, 2, 3]).to_bytes().expect("it is short");
    let borrowed = borrowed::enums::upload::File::from_bytes(&bytes).expect("it was written so");
    let accepted: &[u8] = Download::new(FILE).accept(borrowed).expect("it is short");
    assert_eq!(accepted, [1, 2, 3]);

    let file = types::SecureFile {
        id: 13,
        access_hash: -2,
        size: 9,
        dc_id: 4,
        date: 1_700_000_000,
        file_hash: vec![0; 32],
        secret: vec![0; 32],
    };
    assert_eq!(RemoteFile::from(&file), FILE);
    let bytes = Boxed(file).to_bytes().expect("it is short");
    let borrowed = Boxed::<borrowed::types::SecureFile<'_>>::from_bytes(&bytes);
    assert_eq!(
        RemoteFile::from(&*borrowed.expect("it was written so")),
        FILE
    );
    let expected = "RemoteFile { id: 13, dc_id: 4, size: 9, date: 1700000000, .. }";
    assert_eq!(format!("{FILE:?}"), expected);
}

#[test]
fn get_file() {
    assert_eq!(get_file_request(r#"a"\"#), r#"{"file_id":"a\"\\"}"#);
    let of = |path: &str| {
        let result = serde_json::json!({ "file_path": path, "file_size": "?" });
        let answer = serde_json::json!({ "ok": true, "result": result, "new": [] });
        file_path(answer.to_string().as_bytes())
    };
    for (path, encoded) in [
        ("passport/file_7.jpg", "passport/file_7.jpg"),
        ("a b/c?d#e", "a%20b/c%3Fd%23e"),
        ("50%/ü", "50%25/%C3%BC"),
        ("a%2Fb", "a%252Fb"),
        ("..a/.b/c..", "..a/.b/c.."),
    ] {
        assert_eq!(of(path).as_deref(), Ok(encoded));
    }
    for path in [
        "",
        "/",
        "/etc/passwd",
        "..",
        "a/../b",
        "a/..",
        "./a",
        "a//b",
        "a/",
        r"a\..\b",
        "a\nb",
        "a\0",
        "%2e%2e/a",
        "a/%2E%2e",
        "a%2f..%2fb",
        "%2fetc",
        "a%5c..%5cb",
        "a%0Db",
        "%ff",
    ] {
        assert_eq!(of(path), Err(GetFileError::Path), "{path}");
    }
}

#[test]
fn get_file_without_a_path() {
    let refused = br#"{"ok":false,"error_code":429,"description":"Too Many Requests",
        "parameters":{"retry_after":5}}"#;
    let expected = GetFileError::Refused {
        code: 429,
        description: "Too Many Requests".into(),
        retry_after: Some(5),
    };
    assert_eq!(file_path(refused), Err(expected));
    let expected = GetFileError::Refused {
        code: 0,
        description: String::new(),
        retry_after: None,
    };
    let refused = br#"{"ok":false,"error_code":"429","description":7,"parameters":[]}"#;
    assert_eq!(file_path(refused), Err(expected));
    let no_path = br#"{"ok":true,"result":{"file_id":"a"}}"#;
    assert_eq!(file_path(no_path), Err(GetFileError::NoPath));

    let mut long = br#"{"ok":true,"result":{"file_path":"a"}}"#.to_vec();
    long.resize(64 * 1024 + 1, b' ');
    let deep = [br#"{"ok":true,"result":"#, "[".repeat(10_000).as_bytes()].concat();
    for answer in [
        &b""[..],
        b"null",
        b"[]",
        b"\xff",
        b"{}",
        b"{\"ok\":1}",
        b"{\"ok\":null}",
        b"<html>",
        br#"{"ok":true,"result":{"file_path":7}}"#,
        br#"{"ok":true,"result":{"file_path":null}}"#,
        &long,
        &deep,
    ] {
        assert_eq!(file_path(answer), Err(GetFileError::Json));
    }
    assert_eq!(file_path(&long[..64 * 1024]).as_deref(), Ok("a"));
}

/// A server that has one file and answers with as much of it as there is.
struct Server {
    content: &'static [u8],
}

impl Server {
    fn new(size: usize) -> Self {
        static CONTENT: LazyLock<Vec<u8>> = LazyLock::new(|| {
            let mut content = vec![0; LARGEST];
            SeededRng::new(1).fill_bytes(&mut content);
            content
        });
        let content = &CONTENT[..size];
        Self { content }
    }

    /// What it hands out, and what it was asked for.
    fn fetch(&self, mut download: Download) -> (Vec<u8>, Vec<GetFile>) {
        let (mut fetched, mut requests) = (Vec::new(), Vec::new());
        while let Some(request) = download.next_request() {
            let start = self.content.len().min(request.offset as usize);
            let end = self.content.len().min(start + request.limit as usize);
            let bytes = self.content[start..end].to_vec();
            fetched.extend(download.accept(answer(bytes)).expect("it is as asked"));
            requests.push(request);
        }
        (fetched, requests)
    }
}

fn answer(bytes: Vec<u8>) -> enums::upload::File {
    let r#type = enums::storage::FileType::FilePartial;
    let mtime = 0;
    types::upload::File {
        r#type,
        mtime,
        bytes,
    }
    .into()
}

/// The table of reference 10.5, for requests without `precise`.
fn follows_the_rules(request: &GetFile) -> Result<(), TestCaseError> {
    let (offset, limit) = (request.offset, i64::from(request.limit));
    prop_assert!(!request.precise && !request.cdn_supported);
    prop_assert_eq!((offset % 4096, limit % 4096), (0, 0));
    prop_assert!(limit > 0 && offset >= 0);
    prop_assert_eq!(1_048_576 % limit, 0);
    prop_assert_eq!(offset >> 20, (offset + limit - 1) >> 20);
    Ok(())
}

const FILE: RemoteFile = RemoteFile {
    id: 13,
    access_hash: -2,
    dc_id: 4,
    size: 9,
    date: 1_700_000_000,
};

const LARGEST: usize = 4 * 1024 * 1024;
