//! Decrypted files on the disk: there when verified and complete, and otherwise no trace of them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::{env, fs, io, panic, process, thread};

use telegram_passport::file::{AtomicFile, Decryptor, FileError, decrypt_to_path};

use super::passport_files::Sample;

#[test]
fn a_sound_file_is_there_and_nothing_else() {
    let (folder, sample) = (Folder::new(), sample(1));
    let path = folder.path("selfie.jpg");
    let written = decrypt_to_path(&*sample.encrypted, &path, &sample.credentials, |_| {});
    let written = written.expect("it is sound");
    assert_eq!(written.path(), path);
    assert_eq!(written.length(), LENGTH as u64);
    assert_eq!(folder.names(), ["selfie.jpg"]);
    assert!(fs::read(&path).expect("it is there") == sample.plaintext());
    only_the_owner_may_read(&path);
}

#[test]
fn until_then_it_has_another_name() {
    let (folder, sample) = (Folder::new(), sample(2));
    let paths = ["a", "b"].map(|name| folder.path(name));
    let mut decryptors = paths.map(|path| {
        let file = AtomicFile::create_new(path).expect("the folder can be written");
        Decryptor::new(&sample.credentials, file)
    });
    for decryptor in &mut decryptors {
        decryptor.push(&sample.encrypted).expect("there is room");
    }
    let names = folder.names();
    assert_eq!(names.len(), 2);
    assert_ne!(names[0], names[1]);
    for name in names {
        let digits = name.strip_prefix(".passport-").expect("how it is named");
        assert!(digits.len() == 32 && digits.bytes().all(|it| it.is_ascii_hexdigit()));
        only_the_owner_may_read(&folder.path(&name));
    }
    let [one, other] = decryptors;
    drop(one);
    assert_eq!(folder.names().len(), 1);
    other.finish().expect("it is sound");
    assert_eq!(folder.names(), ["b"]);
}

#[test]
fn a_failure_leaves_nothing() {
    let (folder, sample) = (Folder::new(), sample(3));
    let path = folder.path("selfie.jpg");
    let open = |encrypted: &[u8]| decrypt_to_path(encrypted, &path, &sample.credentials, |_| {});
    let mut changed = sample.encrypted.clone();
    changed[LENGTH] ^= 1;
    let cut = &sample.encrypted[..sample.encrypted.len() - 16];
    for encrypted in [&*changed, cut, &cut[1..], &[]] {
        assert!(matches!(open(encrypted), Err(FileError::Open(_))));
        assert_eq!(folder.names(), NOTHING);
    }
    let endless = decrypt_to_path(io::repeat(0), &path, &sample.credentials, |_| {});
    assert!(matches!(endless, Err(FileError::TooLarge { .. })));
    assert_eq!(folder.names(), NOTHING);

    let unwinding = panic::AssertUnwindSafe(|| {
        // Not `panic!`, whose message would be printed.
        let progress = |_| panic::resume_unwind(Box::new("the callback failed"));
        decrypt_to_path(&*sample.encrypted, &path, &sample.credentials, progress)
    });
    assert!(panic::catch_unwind(unwinding).is_err());
    assert_eq!(folder.names(), NOTHING);
}

#[test]
fn a_target_that_exists_is_refused_or_replaced() {
    let (folder, sample) = (Folder::new(), sample(4));
    let path = folder.path("selfie.jpg");
    fs::write(&path, "older").expect("the folder can be written");
    let refused = decrypt_to_path(&*sample.encrypted, &path, &sample.credentials, |_| {
        panic!("it is refused before anything is read");
    });
    already_exists(refused);
    assert_eq!(fs::read(&path).expect("it is there"), b"older");

    let replace = |encrypted: &[u8]| {
        let file = AtomicFile::replace(&path).expect("the folder can be written");
        Decryptor::new(&sample.credentials, file).read_all(encrypted, |_| {})
    };
    replace(&sample.encrypted[16..]).expect_err("it is cut");
    assert_eq!(folder.names(), ["selfie.jpg"]);
    assert_eq!(fs::read(&path).expect("it is there"), b"older");

    let written = replace(&sample.encrypted).expect("it is sound");
    assert_eq!(written.path(), path);
    assert_eq!(folder.names(), ["selfie.jpg"]);
    assert!(fs::read(&path).expect("it is there") == sample.plaintext());
    only_the_owner_may_read(&path);
}

#[test]
fn a_target_that_comes_in_between_is_kept() {
    let (folder, sample) = (Folder::new(), sample(5));
    let path = folder.path("selfie.jpg");
    let file = AtomicFile::create_new(&path).expect("there is nothing yet");
    fs::write(&path, "in between").expect("the folder can be written");
    let late = Decryptor::new(&sample.credentials, file).read_all(&*sample.encrypted, |_| {});
    already_exists(late);
    assert_eq!(folder.names(), ["selfie.jpg"]);
    assert_eq!(fs::read(&path).expect("it is there"), b"in between");
}

#[test]
fn of_many_at_the_same_time_one_gets_the_name() {
    let folder = Folder::new();
    let path = folder.path("selfie.jpg");
    let barrier = Arc::new(Barrier::new(WRITERS));
    let threads = [(); WRITERS].map(|()| {
        let (path, barrier) = (path.clone(), Arc::clone(&barrier));
        thread::spawn(move || {
            let sample = sample(6);
            let file = AtomicFile::create_new(&path).expect("nobody has finished");
            barrier.wait();
            Decryptor::new(&sample.credentials, file).read_all(&*sample.encrypted, |_| {})
        })
    });
    let outcomes = threads.map(|thread| thread.join().expect("it does not panic"));
    let (sound, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!((sound.len(), refused.len()), (1, WRITERS - 1));
    refused.into_iter().for_each(already_exists);
    assert_eq!(folder.names(), ["selfie.jpg"]);
    assert!(fs::read(&path).expect("it is there") == sample(6).plaintext());
}

#[test]
fn who_replaces_at_the_same_time_never_mixes() {
    let folder = Folder::new();
    let path = folder.path("selfie.jpg");
    let samples = [7, 8].map(sample);
    let [one, other] = [0, 1].map(|_| AtomicFile::replace(&path).expect("there is a folder"));
    let mut one = Decryptor::new(&samples[0].credentials, one);
    let mut other = Decryptor::new(&samples[1].credentials, other);
    let chunks = samples[0].encrypted.chunks(1000);
    for (a, b) in chunks.zip(samples[1].encrypted.chunks(1000)) {
        one.push(a).expect("there is room");
        other.push(b).expect("there is room");
    }
    one.finish().expect("it is sound");
    assert!(fs::read(&path).expect("it is there") == samples[0].plaintext());
    other.finish().expect("it is sound");
    assert!(fs::read(&path).expect("it is there") == samples[1].plaintext());
    assert_eq!(folder.names(), ["selfie.jpg"]);
}

#[test]
fn where_no_file_can_be() {
    let folder = Folder::new();
    fs::write(folder.path("file"), "older").expect("the folder can be written");
    for path in ["missing/selfie.jpg", "file/selfie.jpg"].map(|path| folder.path(path)) {
        let credentials = sample(9).credentials;
        let outcome = decrypt_to_path(io::repeat(0), &path, &credentials, |_| {
            panic!("it is refused before anything is read");
        });
        assert!(matches!(outcome, Err(FileError::Write(_))));
        assert!(AtomicFile::replace(&path).is_err());
    }
    for path in ["", "missing/.."].map(Path::new) {
        for file in [AtomicFile::create_new(path), AtomicFile::replace(path)] {
            let error = file.expect_err("this names no file");
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
        }
    }
    assert_eq!(folder.names(), ["file"]);
}

/// Releasing fails then, and that too leaves nothing.
#[test]
fn a_target_that_becomes_a_folder() {
    let (folder, sample) = (Folder::new(), sample(10));
    let path = folder.path("selfie.jpg");
    for open in [AtomicFile::create_new, AtomicFile::replace] {
        let open: fn(PathBuf) -> io::Result<AtomicFile> = open;
        let file = open(path.clone()).expect("there is nothing yet");
        fs::create_dir(&path).expect("the folder can be written");
        let outcome =
            Decryptor::new(&sample.credentials, file).read_all(&*sample.encrypted, |_| {});
        assert!(matches!(outcome, Err(FileError::Write(_))));
        assert_eq!(folder.names(), ["selfie.jpg"]);
        fs::remove_dir(&path).expect("it is empty");
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    let (folder, sample) = (Folder::new(), sample(11));
    let (path, elsewhere) = (folder.path("selfie.jpg"), folder.path("elsewhere"));
    std::os::unix::fs::symlink(&elsewhere, &path).expect("the folder can be written");
    let refused = decrypt_to_path(&*sample.encrypted, &path, &sample.credentials, |_| {});
    already_exists(refused);
    assert_eq!(folder.names(), ["selfie.jpg"]);

    fs::write(&elsewhere, "older").expect("the folder can be written");
    let file = AtomicFile::replace(&path).expect("the folder can be written");
    let written = Decryptor::new(&sample.credentials, file).read_all(&*sample.encrypted, |_| {});
    written.expect("it is sound");
    assert!(fs::symlink_metadata(&path).is_ok_and(|it| it.is_file()));
    assert_eq!(fs::read(&elsewhere).expect("it is there"), b"older");
}

/// Longer than one piece, so that most of it is written before it is verified.
fn sample(seed: u64) -> Sample {
    Sample::new(seed, 40, LENGTH)
}

fn already_exists<T>(outcome: Result<T, FileError>) {
    match outcome {
        Err(FileError::Write(error)) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => panic!("refused, but so: {error}"),
        Ok(_) => panic!("it was written"),
    }
}

fn only_the_owner_may_read(path: &Path) {
    let metadata = fs::symlink_metadata(path).expect("it is there");
    assert!(metadata.is_file());
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions());
        assert_eq!(mode & 0o7777, 0o600);
    }
}

/// A new folder, removed with all that is in it.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("telegram-passport-{}-{number}", process::id());
        let path = env::temp_dir().join(name);
        fs::create_dir(&path).expect("there is a folder for temporary files");
        Self(path)
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(super) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("the folder can be read");
        let mut names: Vec<_> = entries
            .map(|entry| entry.expect("the folder can be read").file_name())
            .map(|name| name.into_string().expect("the names are ASCII"))
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const LENGTH: usize = 40_008;

const NOTHING: [&str; 0] = [];

const WRITERS: usize = 8;
