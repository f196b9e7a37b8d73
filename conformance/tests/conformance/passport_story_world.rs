//! Anna, her Passport, and a service: the persons of the stories, each step one call.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::OnceLock;
use std::time::Instant;

use telegram_passport::client::{
    Connection, Draft, Form, NewPassword, PartSize, PassportConfig, Password, PasswordError,
    Review, Save, SaveError, StoredValue, Unlocked, all_stored_values, create_secret, password,
    unlock, wait,
};
use telegram_passport::file::mtproto::Download;
use telegram_passport::key::PrivateKey;
use telegram_passport::link::RequestLink;
use telegram_passport::nonce::{MemoryNonceStore, Nonce, NonceLimits, NonceStore};
use telegram_passport::scope::Scope;
use telegram_passport::secret::PassportSecret;
use telegram_passport::submission::{Element, Submission};
use telegram_passport::testing::{Account, Bot, Randomness, SimulationError, Telegram, Update};
use telegram_passport::{ElementType, FileLocation, PassportData, bot_api, mtproto};
use telegram_passport_tl::types;

use super::passport_story_documents::{Content, Contents, content_of, put_json};

/// Anna with her account at a Telegram of her own.
pub(super) struct World {
    pub(super) telegram: Telegram,
    pub(super) anna: Account,
    pub(super) random: Randomness,
}

impl World {
    /// Anna has an account, and no password.
    pub(super) fn new() -> Self {
        let telegram = Telegram::new();
        let anna = telegram.account(NUMBER);
        anna.verify("anna@example.org");
        Self {
            telegram,
            anna,
            random: Randomness::new(7),
        }
    }

    /// Anna has set the password "first", and has an empty Passport.
    pub(super) fn with_passport() -> (Self, Unlocked) {
        static MADE: OnceLock<(Telegram, Randomness, PassportSecret)> = OnceLock::new();
        Self::branch_of(MADE.get_or_init(|| {
            let mut world = Self::new();
            let (new, connection) = (NewPassword::new("first".into()), world.anna.connection());
            wait(password::set(&connection, &new, None, &mut world.random)).expect("set");
            let typed = Password::from("first");
            let created = wait(create_secret(&connection, &typed, &mut world.random));
            let secret = created.expect("created").passport_secret().clone();
            (world.telegram, world.random, secret)
        }))
    }

    /// Anna has a Passport whose secret no test fetches, so that none has to wait for its password.
    pub(super) fn unlocked() -> (Self, Unlocked) {
        static MADE: OnceLock<(Telegram, Randomness, PassportSecret)> = OnceLock::new();
        Self::branch_of(MADE.get_or_init(|| {
            let mut world = Self::new();
            world.anna.set_password("first");
            let secret = PassportSecret::generate(&mut world.random).expect("never fails");
            let algorithm = types::SecurePasswordKdfAlgoSha512 { salt: vec![] };
            world.anna.set_secret(Some(types::SecureSecretSettings {
                secure_algo: algorithm.into(),
                secure_secret: vec![0; 32],
                secure_secret_id: secret.id(),
            }));
            (world.telegram, world.random, secret)
        }))
    }

    /// Passwords take their time: each world is made once, and branches off for each test.
    fn branch_of(
        (telegram, random, secret): &(Telegram, Randomness, PassportSecret),
    ) -> (Self, Unlocked) {
        let telegram = telegram.branch();
        let world = Self {
            anna: telegram.account(NUMBER),
            telegram,
            random: random.clone(),
        };
        (world, Unlocked::with_secret(secret.clone()))
    }

    /// Another world, which is now as this one is.
    pub(super) fn branch(&self) -> Self {
        let telegram = self.telegram.branch();
        Self {
            anna: self.anna.in_world(&telegram),
            telegram,
            random: self.random.clone(),
        }
    }

    pub(super) fn unlock(
        &mut self,
        typed: &str,
    ) -> Result<Unlocked, PasswordError<SimulationError>> {
        let connection = self.anna.connection();
        wait(unlock(
            &connection,
            &Password::from(typed),
            &mut self.random,
        ))
    }

    pub(super) fn save(
        &mut self,
        unlocked: &Unlocked,
        draft: Draft,
    ) -> Result<StoredValue, SaveError<SimulationError>> {
        wait(
            self.prepare(draft)
                .run(&self.anna.connection(), unlocked, |_| ()),
        )
    }

    pub(super) fn prepare(&mut self, draft: Draft) -> Save {
        Save::new(draft, PartSize::DEFAULT, &mut self.random).expect("a sound draft")
    }

    /// All that is stored, files included. All of it must open.
    pub(super) fn stored(&self, unlocked: &Unlocked) -> Contents {
        let connection = self.anna.connection();
        let stored = wait(all_stored_values(&connection, unlocked)).expect("an answer");
        let unusable = stored.unusable;
        assert!(unusable.is_empty(), "all of it opens: {unusable:?}");
        let content = |value: &StoredValue| {
            let mut content = content_of(value);
            for (part, file) in value.all_files() {
                let file = wait(file.fetch(&connection)).expect("it opens");
                content.insert(part.to_string(), file.as_bytes().to_vec());
            }
            (value.element_type(), content)
        };
        stored.values.iter().map(content).collect()
    }

    /// One value, as it is stored.
    pub(super) fn value(&self, unlocked: &Unlocked, element: ElementType) -> StoredValue {
        let value = self.anna.stored(element).expect("it is stored");
        StoredValue::open(value, unlocked).expect("it opens")
    }

    /// All that is stored, as the server keeps it: without a call that could fail. All of it must
    /// open.
    pub(super) fn kept(&self, unlocked: &Unlocked) -> Contents {
        let kept = self.kept_or_broken(unlocked).into_iter();
        kept.map(|(element, content)| (element, content.expect("it opens")))
            .collect()
    }

    /// The same, where some of it may not open.
    pub(super) fn kept_or_broken(
        &self,
        unlocked: &Unlocked,
    ) -> BTreeMap<ElementType, Option<Content>> {
        let content = |element: ElementType| {
            let value = self.anna.stored(element)?;
            let value = StoredValue::open(value, unlocked).ok()?;
            let mut content = content_of(&value);
            for (part, file) in value.all_files() {
                let encrypted = self.anna.stored_file(file.remote().id)?;
                let plain = file.credentials().decrypt(encrypted).ok()?;
                content.insert(part.to_string(), plain.as_bytes().to_vec());
            }
            Some(content)
        };
        let types = self.anna.stored_types().into_iter();
        types.map(|element| (element, content(element))).collect()
    }

    pub(super) fn review(&self, link: &RequestLink, unlocked: &Unlocked) -> Review {
        let form = wait(Form::load(&self.anna.connection(), link)).expect("a form");
        form.review(unlocked, &PassportConfig::unknown())
    }
}

/// A service with its bot.
pub(super) struct Service {
    pub(super) bot: Bot,
    key: Rc<PrivateKey>,
    random: Randomness,
}

impl Service {
    pub(super) fn new(world: &World, seed: u64) -> Self {
        let pem = include_str!("../../../passport/examples/sample/private_key.pem");
        let key = PrivateKey::from_pem(pem).expect("a key");
        let bot = world.telegram.bot(key.public_key().text());
        let random = Randomness::new(seed);
        let key = Rc::new(key);
        Self { bot, key, random }
    }

    /// The same service in a branch of its world.
    pub(super) fn in_world(&self, world: &World) -> Self {
        Self {
            bot: self.bot.in_world(&world.telegram),
            key: Rc::clone(&self.key),
            random: self.random.clone(),
        }
    }

    /// A request with a nonce of its own.
    pub(super) fn ask(&mut self, scope: &Scope) -> RequestLink {
        let nonce = Nonce::generate(&mut self.random).expect("never fails");
        let link = RequestLink::new(self.bot.id(), scope, self.key.public_key().text(), &nonce);
        link.expect("a link")
    }

    /// The one submission that came, as both doors read it.
    pub(super) fn open(&self, link: &RequestLink) -> [Submission; 2] {
        let updates = self.bot.updates();
        let [update] = updates.as_slice() else {
            panic!("{} submissions came", updates.len());
        };
        self.open_both(link, update)
    }

    /// A submission, as both doors read it.
    pub(super) fn open_both(&self, link: &RequestLink, update: &Update) -> [Submission; 2] {
        let incoming = bot_api::read_update(update.json()).expect("sound");
        let action = mtproto::read_action(update.action()).expect("sound");
        let open = |data: PassportData| data.open(&self.key, link.nonce()).expect("it opens");
        [
            open(incoming.expect("a submission").passport_data),
            open(action),
        ]
    }

    /// All that came, as a service opens it that takes each nonce once.
    pub(super) fn take_once(&self, link: &RequestLink) -> Vec<Option<Submission>> {
        self.open_once(link, &self.bot.updates())
    }

    /// The same of these updates.
    pub(super) fn open_once(
        &self,
        link: &RequestLink,
        updates: &[Update],
    ) -> Vec<Option<Submission>> {
        let store = MemoryNonceStore::new(NonceLimits::default(), Instant::now);
        let user_id = updates.first().map(Update::user_id).unwrap_or_default();
        store.keep(user_id, link.nonce()).expect("there is room");
        let open = |update: &Update| {
            let incoming = bot_api::read_update(update.json()).expect("sound");
            let incoming = incoming.expect("a submission");
            let nonces = store.of(incoming.user_id);
            incoming.passport_data.open(&self.key, nonces).ok()
        };
        updates.iter().map(open).collect()
    }

    /// What a submission holds, files included.
    pub(super) fn contents(&self, submission: &Submission) -> Contents {
        let content = |element: &Element| {
            let mut content = Content::new();
            match element {
                Element::PersonalDetails(it) => {
                    put_json(&mut content, it.data().map(|it| it.document().to_json()));
                }
                Element::Address(it) => {
                    put_json(&mut content, it.data().map(|it| it.document().to_json()));
                }
                Element::IdentityDocument(it) => {
                    put_json(&mut content, it.data().map(|it| it.document().to_json()));
                }
                Element::PhoneNumber(it) => {
                    content.insert("text".to_owned(), it.text().as_str().into());
                }
                Element::Email(it) => {
                    content.insert("text".to_owned(), it.text().as_str().into());
                }
                _ => {}
            }
            for file in element.files() {
                let plain = file
                    .decrypt(self.download(file.location()))
                    .expect("it opens");
                content.insert(file.part().to_string(), plain.as_bytes().to_vec());
            }
            (element.element_type(), content)
        };
        submission.elements().iter().map(content).collect()
    }

    fn download(&self, location: &FileLocation) -> Vec<u8> {
        let file = match location {
            FileLocation::BotApi(file) => return self.bot.file(&file.file_id).expect("a file"),
            FileLocation::Mtproto(file) => file,
        };
        let (mut download, mut whole) = (Download::new(*file), Vec::new());
        while let Some(request) = download.next_request() {
            let connection = self.bot.connection();
            let answer = wait(connection.invoke_in(Some(download.dc_id()), &request));
            let piece = download.accept(answer.expect("a piece"));
            whole.extend(piece.expect("of that file"));
        }
        whole
    }
}

/// Anna's.
const NUMBER: &str = "+15550100";
