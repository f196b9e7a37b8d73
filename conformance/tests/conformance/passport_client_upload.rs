//! Uploading: what arrives in parts is one file, encrypted, whatever happens in between.

use std::cell::{Cell, RefCell};
use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use allocation_counter::measure;
use conformance::random::for_each;
use conformance::seeded::SeededRng;
use proptest::prelude::*;
use telegram_passport::client::{
    Connection, Failure, NewFile, PartSize, Request, SourceError, Upload, UploadError, wait,
};
use telegram_passport_tl::functions::upload::SaveFilePart;
use telegram_passport_tl::{Decode, Encode, RpcError};

use super::passport_client_by_hand as by_hand;
use super::passport_client_samples::{new_file, passport_secret, picture, unlocked};
use super::passport_client_shelf::Cut;

/// Keeps the parts of one file, and loses calls as it is told.
#[derive(Default)]
struct Parts {
    calls: RefCell<Vec<SaveFilePart>>,
    fault: Cell<Option<(usize, Lost)>>,
}

#[derive(Clone, Copy)]
enum Lost {
    Request,
    Answer,
    Flood,
}

impl Connection for Parts {
    type Error = Cut;

    async fn send(&self, request: Request<'_>) -> Result<Vec<u8>, Failure<Cut>> {
        assert_eq!(request.method(), "upload.saveFilePart");
        assert_eq!(request.dc_id(), None);
        let call = SaveFilePart::from_bytes(request.body()).expect("a part");
        let lost = self
            .fault
            .get()
            .filter(|(number, _)| *number == self.calls.borrow().len());
        match lost {
            None => self.calls.borrow_mut().push(call),
            Some((_, lost)) => {
                self.fault.set(None);
                match lost {
                    Lost::Request => {}
                    Lost::Answer => self.calls.borrow_mut().push(call),
                    Lost::Flood => return Err(RpcError::parse(420, "FLOOD_WAIT_3").into()),
                }
                return Err(Failure::Connection(Cut));
            }
        }
        Ok(true.to_bytes().expect("a Bool"))
    }
}

impl Parts {
    /// The file that came, and how often each part did.
    fn file(&self, part_size: usize) -> (Vec<u8>, Vec<usize>) {
        let calls = self.calls.borrow();
        let count = calls
            .iter()
            .map(|call| call.file_part)
            .max()
            .expect("a part") as usize
            + 1;
        let (mut parts, mut times) = (vec![Vec::new(); count], vec![0; count]);
        for call in calls.iter() {
            assert_eq!(call.file_id, calls[0].file_id);
            let at = call.file_part as usize;
            let fits = match at + 1 == count {
                true => (1..=part_size).contains(&call.bytes.len()),
                false => call.bytes.len() == part_size,
            };
            assert!(fits, "part {at} has {} bytes", call.bytes.len());
            assert!(
                times[at] == 0 || parts[at] == call.bytes,
                "part {at} changed"
            );
            parts[at].clone_from(&call.bytes);
            times[at] += 1;
        }
        (parts.concat(), times)
    }
}

/// The upload is complete, and what came is the content.
fn check(upload: &Upload, parts: &Parts, part_size: u32, content: &[u8]) -> Vec<usize> {
    let (file, times) = parts.file(part_size as usize);
    let input = upload.to_input(&unlocked()).expect("all parts are there");
    assert_eq!(input.parts as usize, times.len());
    assert_eq!(input.id, parts.calls.borrow()[0].file_id);
    assert_eq!(input.md5_checksum, by_hand::md5(&file));
    let secret = by_hand::unwrap(&passport_secret(), &input.file_hash, &input.secret);
    assert!(by_hand::open(&secret, &input.file_hash, &file) == content);
    assert_eq!(
        (upload.sent(), upload.size()),
        (file.len() as u64, file.len() as u64)
    );
    times
}

fn upload_of(file: &NewFile, part_size: u32) -> Upload {
    let part_size = PartSize::new(part_size).expect("a part size");
    Upload::new(file, part_size, &mut SeededRng::new(file.length())).expect("a sound file")
}

#[test]
fn any_length_in_parts_of_any_size() {
    let sizes = prop_oneof![1..3000_usize, 30_000..70_000_usize];
    let cases = (sizes, 0..10_u32, any::<u8>(), any::<bool>());
    for_each(30, cases, |(length, part_size, seed, in_memory)| {
        let (content, part_size) = (picture(seed, length), 1024 << part_size);
        let file = match in_memory {
            true => NewFile::from_bytes(content.clone()),
            false => source(content.clone()),
        };
        let (mut upload, parts) = (upload_of(&file, part_size), Parts::default());
        prop_assert!(upload.to_input(&unlocked()).is_none());
        let mut seen = Vec::new();
        let outcome = wait(upload.run(&parts, |sent| seen.push(sent)));
        prop_assert!(outcome.is_ok());
        let times = check(&upload, &parts, part_size, &content);
        prop_assert!(times.iter().all(|times| *times == 1));
        prop_assert_eq!(seen.len(), times.len());
        prop_assert!(
            seen.windows(2)
                .all(|pair| pair[1] - pair[0] <= u64::from(part_size))
        );
        Ok(())
    });
}

#[test]
fn every_step_may_be_cut() {
    let content = picture(1, 5 * 1024 + 17);
    for lost in [Lost::Request, Lost::Answer, Lost::Flood] {
        for number in 0..6 {
            let (mut upload, parts) = (upload_of(&source(content.clone()), 1024), Parts::default());
            parts.fault.set(Some((number, lost)));
            let error = wait(upload.run(&parts, |_| ())).expect_err("it is cut");
            match lost {
                Lost::Flood => assert!(matches!(error, UploadError::Wait { seconds: 3 })),
                _ => assert!(matches!(
                    error,
                    UploadError::Failed(Failure::Connection(Cut))
                )),
            }
            assert_eq!(upload.sent(), 1024 * number as u64);
            wait(upload.run(&parts, |_| ())).expect("it goes on");
            let times = check(&upload, &parts, 1024, &content);
            let mut expected = vec![1; times.len()];
            if matches!(lost, Lost::Answer) {
                expected[number] = 2;
            }
            assert_eq!(times, expected);
        }
    }
}

#[test]
fn any_part_can_be_made_again_at_any_time() {
    let content = picture(2, 9 * 1024);
    let marks = prop::collection::vec((0..12_usize, 0..12_u64), 0..8);
    for_each(60, (marks, any::<bool>()), |(marks, in_memory)| {
        let file = match in_memory {
            true => NewFile::from_bytes(content.clone()),
            false => source(content.clone()),
        };
        let (mut upload, parts) = (upload_of(&file, 1024), Parts::default());
        for (calls, missing) in marks {
            for _ in 0..calls {
                let request = upload.next_request().expect("readable");
                let Some(request) = request else { break };
                let request = SaveFilePart::from_bytes(&request.to_bytes().expect("TL"));
                parts.calls.borrow_mut().push(request.expect("TL"));
                upload.accept();
            }
            let exists = missing < upload.size().div_ceil(1024);
            prop_assert_eq!(upload.mark_missing(missing), exists);
        }
        prop_assert!(wait(upload.run(&parts, |_| ())).is_ok());
        check(&upload, &parts, 1024, &content);
        upload.mark_all_missing();
        prop_assert!(upload.sent() == 0 && !upload.is_complete());
        prop_assert!(wait(upload.run(&parts, |_| ())).is_ok());
        check(&upload, &parts, 1024, &content);
        Ok(())
    });
}

#[test]
fn accepting_what_was_not_asked_does_nothing() {
    let mut upload = upload_of(&new_file(1, 5000), 1024);
    upload.accept();
    assert_eq!(upload.sent(), 0);
    assert!(!upload.mark_missing(u64::MAX));
}

/// The hash of one content with the ciphertext of another could never be opened.
#[test]
fn a_file_that_changes_is_never_completed() {
    for at in [0, 1500, 4999] {
        for also_before in [false, true] {
            let changed = Arc::new(AtomicBool::new(false));
            let file = changing(5000, Arc::clone(&changed), at);
            let (mut upload, parts) = (upload_of(&file, 1024), Parts::default());
            if also_before {
                parts.fault.set(Some((3, Lost::Request)));
                wait(upload.run(&parts, |_| ())).expect_err("it is cut");
                // The parts behind are read again; those before are not.
            }
            changed.store(true, Ordering::Relaxed);
            let outcome = wait(upload.run(&parts, |_| ()));
            if also_before && at < 3 * 1024 {
                // What was changed was sent already, as it was.
                outcome.expect("nothing that is still to be sent has changed");
                check(&upload, &parts, 1024, &picture(1, 5000));
                continue;
            }
            let error = outcome.expect_err("it is noticed");
            assert!(
                matches!(error, UploadError::Source(SourceError::Changed)),
                "{error}"
            );
            assert!(upload.to_input(&unlocked()).is_none());
            let again = wait(upload.run(&parts, |_| ())).expect_err("it stays so");
            assert!(matches!(again, UploadError::Source(SourceError::Changed)));
        }
    }
}

#[test]
fn a_part_made_again_from_a_changed_file_is_refused() {
    for at in [0, 2000, 4999] {
        let changed = Arc::new(AtomicBool::new(false));
        let file = changing(5000, Arc::clone(&changed), at);
        let (mut upload, parts) = (upload_of(&file, 1024), Parts::default());
        wait(upload.run(&parts, |_| ())).expect("it is sent");
        changed.store(true, Ordering::Relaxed);
        upload.mark_all_missing();
        let before = parts.calls.borrow().len();
        let error = wait(upload.run(&parts, |_| ())).expect_err("it is noticed");
        assert!(
            matches!(error, UploadError::Source(SourceError::Changed)),
            "{error}"
        );
        let padding = upload.size() as usize - 5000;
        assert_eq!(parts.calls.borrow().len() - before, (padding + at) / 1024);
    }
}

#[test]
fn a_length_that_is_wrong_is_refused_at_once() {
    for length in [0, 1, 99, 101, 1 << 20] {
        let file = NewFile::from_source(length, || Ok(Cursor::new(picture(1, 100))));
        let outcome = Upload::new(&file, PartSize::DEFAULT, &mut SeededRng::new(1));
        assert!(matches!(outcome, Err(SourceError::Changed)), "{length}");
    }
    let huge = NewFile::from_source(u64::MAX, || Ok(io::empty()));
    let outcome = Upload::new(&huge, PartSize::DEFAULT, &mut SeededRng::new(1));
    assert!(outcome.is_err());
}

/// A reading that fails may have given something before, which must not be lost or taken twice.
#[test]
fn a_failure_to_read_can_be_tried_again() {
    let content = picture(1, 6000);
    let mut outcomes = [0; 3];
    for failing in 1..60 {
        let reads = Arc::new(AtomicUsize::new(0));
        let (counter, bytes) = (Arc::clone(&reads), content.clone());
        let file = NewFile::from_source(6000, move || {
            let counter = Arc::clone(&counter);
            Ok(Unreliable {
                inner: Cursor::new(bytes.clone()),
                counter,
                failing,
            })
        });
        let part_size = PartSize::new(1024).expect("a part size");
        let mut upload = match Upload::new(&file, part_size, &mut SeededRng::new(1)) {
            Ok(upload) => upload,
            Err(error) => {
                assert!(matches!(error, SourceError::Read(_)), "{error}");
                outcomes[0] += 1;
                continue;
            }
        };
        let parts = Parts::default();
        if let Err(error) = wait(upload.run(&parts, |_| ())) {
            let is_reading = matches!(error, UploadError::Source(SourceError::Read(_)));
            assert!(is_reading, "{error}");
            wait(upload.run(&parts, |_| ())).expect("it goes on");
            outcomes[1] += 1;
        } else {
            outcomes[2] += 1;
        }
        let times = check(&upload, &parts, 1024, &content);
        assert!(times.iter().all(|times| *times == 1));
    }
    // While the hash is made: 6000 bytes in readings of 300, and one at the end.
    assert_eq!(outcomes[0], 21);
    assert!(outcomes[1] > 21 && outcomes[2] > 0, "{outcomes:?}");
}

/// Two parts of a file at a time, the second in the call, and sixteen bytes for each.
#[test]
fn one_part_is_in_memory_at_a_time() {
    const LENGTH: u64 = 4 * 1024 * 1024;
    /// Takes parts and keeps nothing.
    struct Nowhere;
    impl Connection for Nowhere {
        type Error = Cut;

        async fn send(&self, _: Request<'_>) -> Result<Vec<u8>, Failure<Cut>> {
            Ok(true.to_bytes().expect("a Bool"))
        }
    }
    for part_size in [32 * 1024, 512 * 1024] {
        let uploaded = measure(|| {
            let file = NewFile::from_source(LENGTH, || Ok(io::repeat(7).take(LENGTH)));
            let mut upload = upload_of(&file, part_size);
            wait(upload.run(&Nowhere, |_| ())).expect("it is sent");
            upload.mark_missing(3);
            wait(upload.run(&Nowhere, |_| ())).expect("it is sent again");
        });
        let most = 2 * u64::from(part_size) + 32 * 1024;
        assert!(
            uploaded.bytes_max < most,
            "{} bytes were held",
            uploaded.bytes_max
        );
    }
}

#[test]
fn parts_have_the_sizes_that_the_protocol_has() {
    let allowed: Vec<u32> = (0..=1_100_000)
        .step_by(512)
        .filter(|&size| PartSize::new(size).is_ok())
        .collect();
    let expected: Vec<u32> = (10..20).map(|bits| 1 << bits).collect();
    assert_eq!(allowed, expected);
    assert!(PartSize::new(u32::MAX).is_err());

    let most = 4000 * 1024 - 300;
    let (rng, smallest) = (&mut SeededRng::new(1), PartSize::new(1024).expect("a size"));
    assert!(Upload::new(&new_file(1, most), smallest, rng).is_ok());
    let outcome = Upload::new(&new_file(1, 4000 * 1024), smallest, rng);
    assert!(matches!(outcome, Err(SourceError::TooManyParts)));
}

#[test]
fn a_path_is_read_anew_each_time() {
    let folder = super::passport_files_disk::Folder::new();
    let path = folder.path("picture.jpg");
    std::fs::write(&path, picture(9, 3000)).expect("written");
    let file = NewFile::from_path(&path).expect("it is there");
    let (mut upload, parts) = (upload_of(&file, 1024), Parts::default());
    wait(upload.run(&parts, |_| ())).expect("it is sent");
    check(&upload, &parts, 1024, &picture(9, 3000));
    std::fs::write(&path, picture(8, 3000)).expect("written");
    upload.mark_missing(0);
    assert!(wait(upload.run(&parts, |_| ())).is_err());
    assert!(NewFile::from_path(folder.path("missing.jpg")).is_err());
}

/// Read from elsewhere, a few bytes at a time.
fn source(content: Vec<u8>) -> NewFile {
    NewFile::from_source(content.len() as u64, move || {
        Ok(Slowly(Cursor::new(content.clone())))
    })
}

struct Slowly(Cursor<Vec<u8>>);

impl Read for Slowly {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(1 + self.0.position() as usize % 997);
        self.0.read(&mut buffer[..length])
    }
}

/// One byte becomes another when it is told, also for readers that are open already.
fn changing(length: usize, changed: Arc<AtomicBool>, at: usize) -> NewFile {
    NewFile::from_source(length as u64, move || {
        let (inner, changed) = (Cursor::new(picture(1, length)), Arc::clone(&changed));
        Ok(Changing { inner, changed, at })
    })
}

struct Changing {
    inner: Cursor<Vec<u8>>,
    changed: Arc<AtomicBool>,
    at: usize,
}

impl Read for Changing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let start = self.inner.position() as usize;
        let count = self.inner.read(buffer)?;
        if self.changed.load(Ordering::Relaxed) && (start..start + count).contains(&self.at) {
            buffer[self.at - start] ^= 1;
        }
        Ok(count)
    }
}

/// Gives 300 bytes at a time, and fails at the reading of that number, from 1.
struct Unreliable {
    inner: Cursor<Vec<u8>>,
    counter: Arc<AtomicUsize>,
    failing: usize,
}

impl Read for Unreliable {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.counter.fetch_add(1, Ordering::Relaxed) + 1 == self.failing {
            true => Err(io::ErrorKind::ConnectionReset.into()),
            false => {
                let length = buffer.len().min(300);
                self.inner.read(&mut buffer[..length])
            }
        }
    }
}

#[test]
fn the_future_can_be_sent_to_another_thread() {
    fn is_send(_: impl Send) {}
    struct Elsewhere;
    impl Connection for Elsewhere {
        type Error = Cut;

        async fn send(&self, _: Request<'_>) -> Result<Vec<u8>, Failure<Cut>> {
            Err(Failure::Connection(Cut))
        }
    }
    let mut upload = upload_of(&new_file(1, 100), 1024);
    is_send(upload.run(&Elsewhere, |_| ()));
}
