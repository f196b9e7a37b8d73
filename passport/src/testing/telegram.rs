//! The handle to the world.

use core::fmt;
use core::time::Duration;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::account::Account;
use super::bot::Bot;
use super::faults::Faults;
use super::server::config::Languages;
use super::server::dispatch::METHODS;
use super::server::state::World;

/// A Telegram in memory; see the [module](super) for what it can do.
///
/// All handles that come from it share one world, also among threads. Two worlds of the same seed,
/// asked the same, answer the same.
///
/// ```
/// use telegram_passport::client::{Connection, wait};
/// use telegram_passport::testing::Telegram;
/// use telegram_passport::tl::functions::account::GetPassword;
///
/// let telegram = Telegram::new();
/// let anna = telegram.account("+15550100");
/// anna.set_password("correct horse");
///
/// let state = wait(anna.connection().invoke(&GetPassword {}))?;
/// assert!(state.has_password.is_some() && !state.has_secure_values);
/// assert_eq!(telegram.calls(), ["account.getPassword"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Telegram {
    pub(super) world: Arc<Mutex<World>>,
}

impl Telegram {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::with_seed(0)
    }

    /// An empty one with other ids, codes and salts.
    #[must_use]
    pub fn with_seed(seed: u64) -> Self {
        Self {
            world: Arc::new(Mutex::new(World::new(seed))),
        }
    }

    /// Another world, which is now as this one is: from here on, what happens in one does not happen
    /// in the other. So what took long to set up can be tried under one fault after the other.
    ///
    /// Accounts and bots of this world are found in it by [`Account::in_world`] and
    /// [`Bot::in_world`].
    ///
    /// ```
    /// use telegram_passport::testing::Telegram;
    ///
    /// let telegram = Telegram::new();
    /// let anna = telegram.account("+15550100");
    /// let other = telegram.branch();
    /// anna.in_world(&other).set_recovery_email("anna@example.org");
    /// other.advance(core::time::Duration::from_secs(60));
    /// assert_eq!(other.now(), telegram.now() + 60);
    /// assert_eq!(anna.in_world(&other).id(), anna.id());
    /// ```
    #[must_use]
    pub fn branch(&self) -> Self {
        let world = lock(&self.world).clone();
        Self {
            world: Arc::new(Mutex::new(world)),
        }
    }

    /// The account of that phone number: signed in, without a password at first. The same number
    /// gives the same account.
    #[must_use]
    pub fn account(&self, phone: &str) -> Account {
        let id = lock(&self.world).account(phone);
        Account::new(self.clone(), id)
    }

    /// A new bot, with that public key registered: the text that goes into its links.
    #[must_use]
    pub fn bot(&self, public_key: &str) -> Bot {
        let id = lock(&self.world).bot(public_key);
        Bot::new(self.clone(), id)
    }

    /// What is to go wrong.
    #[must_use]
    pub fn faults(&self) -> Faults {
        Faults(Arc::clone(&self.world))
    }

    /// The time: seconds since 1970. It stands still, unless it is [advanced](Self::advance).
    #[must_use]
    pub fn now(&self) -> i64 {
        lock(&self.world).now
    }

    /// Lets so much time pass: codes and uploaded parts expire, waiting periods end.
    pub fn advance(&self, time: Duration) {
        let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
        let mut world = lock(&self.world);
        world.now = world.now.saturating_add(seconds);
    }

    /// The names of the methods that were called so far, in their order.
    #[must_use]
    pub fn calls(&self) -> Vec<&'static str> {
        lock(&self.world).calls.clone()
    }

    /// Stores files in this data centre from now on. Accounts are in another one at first, so that
    /// downloads have to go there.
    pub fn store_files_in(&self, dc_id: i32) {
        lock(&self.world).file_dc_id = dc_id;
    }

    /// Which language is spoken where: the JSON text of `countries_langs`.
    pub fn set_countries_langs(&self, json: impl Into<String>) {
        lock(&self.world).languages = Languages(json.into());
    }

    /// The names of all methods that are simulated.
    #[must_use]
    pub fn methods() -> &'static [&'static str] {
        METHODS
    }
}

impl Default for Telegram {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Telegram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Telegram")
    }
}

/// The world. A test that has panicked elsewhere while it held the lock has done no harm that would
/// matter.
pub(super) fn lock(world: &Mutex<World>) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}
