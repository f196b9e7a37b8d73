//! All that the server keeps.

use std::collections::BTreeMap;

use telegram_passport_tl::{enums, types};

use super::super::faults::Plan;
use super::super::random::Randomness;
use super::config::Languages;
use super::password::PasswordState;
use super::refusal::{Refusal, refuse};
use super::upload::Upload;
use super::verify::Verification;
use crate::element::ElementType;
use crate::link::BotId;

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::testing) enum Caller {
    User(i64),
    Bot(i64),
}

/// The whole world.
#[derive(Clone)]
pub(in crate::testing) struct World {
    /// Unix time in seconds.
    pub(in crate::testing) now: i64,
    pub(in crate::testing) random: Randomness,
    pub(in crate::testing) users: BTreeMap<i64, User>,
    pub(in crate::testing) bots: BTreeMap<i64, Bot>,
    pub(in crate::testing) files: BTreeMap<i64, StoredFile>,
    pub(in crate::testing) uploads: BTreeMap<(Caller, i64), Upload>,
    pub(in crate::testing) big_uploads: BTreeMap<(Caller, i64), Upload>,
    pub(in crate::testing) faults: Plan,
    /// Names of the methods that were called, in their order.
    pub(in crate::testing) calls: Vec<&'static str>,
    /// The last answer of each method.
    pub(in crate::testing) answers: BTreeMap<&'static str, Vec<u8>>,
    pub(in crate::testing) languages: Languages,
    /// Where files are stored from now on.
    pub(in crate::testing) file_dc_id: i32,
    last_id: u32,
}

impl World {
    pub(in crate::testing) fn new(seed: u64) -> Self {
        Self {
            now: BEGINNING,
            random: Randomness::new(seed),
            users: BTreeMap::new(),
            bots: BTreeMap::new(),
            files: BTreeMap::new(),
            uploads: BTreeMap::new(),
            big_uploads: BTreeMap::new(),
            faults: Plan::default(),
            calls: Vec::new(),
            answers: BTreeMap::new(),
            languages: Languages::default(),
            file_dc_id: FILE_DC_ID,
            last_id: 1000,
        }
    }

    /// The account of that phone number, made if there is none.
    pub(in crate::testing) fn account(&mut self, phone: &str) -> i64 {
        let found = self.users.values().find(|user| user.phone == phone);
        if let Some(user) = found {
            return user.id;
        }
        let id = self.next_id();
        let user = User::new(id, phone, &mut self.random);
        self.users.insert(id, user);
        id
    }

    /// A new bot.
    pub(in crate::testing) fn bot(&mut self, public_key: &str) -> BotId {
        let _ = self.next_id();
        let bot_id = BotId::simulated(self.last_id);
        let id = bot_id.get();
        let bot = Bot {
            id,
            access_hash: self.random.long(),
            public_key: public_key.to_owned(),
            privacy_policy_url: None,
            updates: Vec::new(),
        };
        self.bots.insert(id, bot);
        bot_id
    }

    /// A number that nothing else has.
    pub(in crate::testing) fn next_id(&mut self) -> i64 {
        self.last_id = self.last_id.saturating_add(1);
        self.last_id.into()
    }

    /// The Unix time as TL writes it.
    pub(in crate::testing) fn date(&self) -> i32 {
        date(self.now)
    }

    /// A user and the source of randomness.
    pub(in crate::testing) fn user(
        &mut self,
        id: i64,
    ) -> Option<(&mut User, &mut Randomness, i64)> {
        let user = self.users.get_mut(&id)?;
        Some((user, &mut self.random, self.now))
    }
}

/// The Unix time as TL writes it.
pub(in crate::testing) fn date(seconds: i64) -> i32 {
    i32::try_from(seconds).unwrap_or(i32::MAX)
}

/// One call that is being carried out.
pub(in crate::testing) struct Call<'a> {
    pub(in crate::testing) world: &'a mut World,
    pub(in crate::testing) caller: Caller,
    pub(in crate::testing) dc_id: Option<i32>,
}

impl Call<'_> {
    /// The calling user, the source of randomness and the time.
    pub(super) fn user(&mut self) -> Result<(&mut User, &mut Randomness, i64), Refusal> {
        match self.caller {
            Caller::User(id) => self
                .world
                .user(id)
                .ok_or(Refusal::new("AUTH_KEY_UNREGISTERED")),
            Caller::Bot(_) => refuse("SIMULATION_USERS_ONLY"),
        }
    }
}

/// An account.
#[derive(Clone)]
pub(in crate::testing) struct User {
    pub(in crate::testing) id: i64,
    /// By which bots name the account.
    pub(in crate::testing) access_hash: i64,
    pub(in crate::testing) phone: String,
    pub(in crate::testing) password: PasswordState,
    pub(in crate::testing) verification: Verification,
    pub(in crate::testing) values: BTreeMap<ElementType, types::SecureValue>,
    /// Errors that bots have set, each with the bot.
    pub(in crate::testing) errors: Vec<(i64, enums::SecureValueError)>,
    /// What the chats with bots show.
    pub(in crate::testing) sent: Vec<(i64, types::MessageActionSecureValuesSent)>,
    /// Codes that reached the user: where, and which. The last is the newest.
    pub(in crate::testing) codes: Vec<(String, String)>,
}

impl User {
    fn new(id: i64, phone: &str, random: &mut Randomness) -> Self {
        Self {
            id,
            access_hash: random.long(),
            phone: phone.to_owned(),
            password: PasswordState::new(random),
            verification: Verification::new(phone),
            values: BTreeMap::new(),
            errors: Vec::new(),
            sent: Vec::new(),
            codes: Vec::new(),
        }
    }

    /// The two-step password is gone, or was replaced without the old one: Passport data is lost.
    pub(in crate::testing) fn lose_passport(&mut self) {
        self.password.secret = None;
        self.values.clear();
        self.errors.clear();
    }
}

/// A bot.
#[derive(Clone)]
pub(in crate::testing) struct Bot {
    pub(in crate::testing) id: i64,
    /// By which users name the bot.
    pub(in crate::testing) access_hash: i64,
    pub(in crate::testing) public_key: String,
    pub(in crate::testing) privacy_policy_url: Option<String>,
    pub(in crate::testing) updates: Vec<super::super::bot::Update>,
}

/// An encrypted file.
#[derive(Clone)]
pub(in crate::testing) struct StoredFile {
    pub(in crate::testing) bytes: Vec<u8>,
    pub(in crate::testing) dc_id: i32,
    pub(in crate::testing) date: i32,
    /// The passport secret that was the current one when the file was stored.
    pub(in crate::testing) secret_id: i64,
    /// Who may download it, by which access hash.
    pub(in crate::testing) access: BTreeMap<Caller, i64>,
}

/// The files of a value, those that are there.
pub(in crate::testing) fn files_of(
    value: &types::SecureValue,
) -> impl Iterator<Item = &types::SecureFile> {
    let singles = [&value.front_side, &value.reverse_side, &value.selfie];
    let lists = [&value.translation, &value.files];
    let singles = singles.into_iter().flatten();
    let files = singles.chain(lists.into_iter().flatten().flatten());
    files.filter_map(|file| match file {
        enums::SecureFile::File(file) => Some(file),
        enums::SecureFile::Empty => None,
    })
}

/// The same, to change them.
pub(in crate::testing) fn files_of_mut(
    value: &mut types::SecureValue,
) -> impl Iterator<Item = &mut types::SecureFile> {
    let singles = [
        &mut value.front_side,
        &mut value.reverse_side,
        &mut value.selfie,
    ];
    let lists = [&mut value.translation, &mut value.files];
    let singles = singles.into_iter().flatten();
    let files = singles.chain(lists.into_iter().flatten().flatten());
    files.filter_map(|file| match file {
        enums::SecureFile::File(file) => Some(file),
        enums::SecureFile::Empty => None,
    })
}

/// When the world begins: Unix time in seconds.
const BEGINNING: i64 = 1_700_000_000;

/// The data centre of every account.
pub(in crate::testing) const HOME_DC_ID: i32 = 2;

/// The data centre of files, at first: another one, so that downloads have to go there.
const FILE_DC_ID: i32 = 4;
