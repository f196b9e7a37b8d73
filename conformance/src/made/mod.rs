//! What our user's side makes, as vectors for others to open.
//!
//! Three persons set a password, fill their Passport on the simulated Telegram and answer three
//! services. What these receive, through both doors, becomes vectors of the kinds that the runner
//! knows; so do what the server stores, the proofs of the passwords, and the calls themselves. What
//! must come of them is what the persons typed in before anything was encrypted; nothing here is
//! asked of our decryption, but for the hashes and secrets that the user's side names, and of those
//! the files show that they are right: the bytes that the service downloads open with them to what
//! was put in.

mod collect;
mod file;
mod person;
mod service;
mod sheet;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use telegram_passport::testing::Telegram;

use self::collect::Collection;
use self::person::Person;
use self::service::{Service, Wish};

/// The folders that are written, by who opens what is in them: services, the server, and both.
pub const FOLDERS: [&str; 3] = ["calls", "secrets", "submissions"];

/// Files of vectors, and the encrypted files that they name.
#[derive(Debug)]
pub struct Made {
    files: BTreeMap<PathBuf, Vec<u8>>,
    tests: usize,
}

impl Made {
    /// Writes them into [`FOLDERS`] of this folder, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        for (path, content) in &self.files {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, content)?;
        }
        Ok(())
    }

    /// The files by their paths from the folder.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<PathBuf, Vec<u8>> {
        &self.files
    }

    /// How many vectors there are.
    #[must_use]
    pub fn tests(&self) -> usize {
        self.tests
    }
}

/// Lets it all happen. The same seed makes the same bytes.
///
/// # Errors
///
/// What goes wrong between our user's side and the simulated Telegram; nothing should.
pub fn make(seed: u64) -> Result<Made, Box<dyn Error>> {
    let telegram = Telegram::with_seed(seed);
    let mut collection = Collection::new(seed);
    let mut services = Vec::new();
    for (wish, number) in [Wish::Everything, Wish::EverythingBare, Wish::OneOfSeveral]
        .into_iter()
        .zip(1000..)
    {
        services.push(Service::new(&telegram, wish, seed.wrapping_add(number))?);
    }
    for (typist, number) in sheet::all().into_iter().zip(1..) {
        let mut person = Person::new(&telegram, typist, seed.wrapping_add(number))?;
        collection.password(&mut person)?;
        collection.stored(&person)?;
        for service in &mut services {
            if !person.typist.wishes.contains(&service.wish) {
                continue;
            }
            let link = service.ask()?;
            person.answer(&link)?;
            collection.received(&person, service, &link)?;
        }
        person.change_password()?;
        collection.password(&mut person)?;
        collection.calls(&person)?;
    }
    Ok(collection.finish())
}
