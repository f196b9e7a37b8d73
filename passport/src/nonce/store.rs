//! Where nonces wait for the submissions that answer them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Nonce, NonceCheck};

/// The nonces that were issued and not used yet.
///
/// Each belongs to one user and is taken at most once. The number of the user is that of Telegram,
/// as the message with the submission tells it; a service that does not know it when it asks may
/// bind the nonce to the number of a session instead, provided that it finds the session again
/// otherwise than by what the submission says.
///
/// A service that runs on several machines implements this over what they share; `consume` must
/// look up and remove in one step there, or the same submission is accepted by two of them.
pub trait NonceStore {
    /// Why a nonce cannot be kept.
    type Error;

    /// Keeps a nonce for a user.
    ///
    /// # Errors
    ///
    /// If it cannot be kept; then no request may be made with it.
    fn keep(&self, user_id: i64, nonce: &Nonce) -> Result<(), Self::Error>;

    /// Whether this nonce is kept for this user. It is not kept any longer then.
    fn consume(&self, user_id: i64, presented: &str) -> bool;

    /// The nonces of one user, as opening a submission wants them.
    fn of(&self, user_id: i64) -> NoncesOfUser<'_, Self>
    where
        Self: Sized,
    {
        NoncesOfUser::new(self, user_id)
    }
}

/// The nonces of one user: what a submission of that user may bear. From [`NonceStore::of`].
pub struct NoncesOfUser<'a, S: ?Sized> {
    store: &'a S,
    user_id: i64,
}

impl<'a, S: NonceStore + ?Sized> NoncesOfUser<'a, S> {
    /// The same as [`NonceStore::of`], also for a store whose type is not known.
    pub fn new(store: &'a S, user_id: i64) -> Self {
        Self { store, user_id }
    }
}

impl<S: NonceStore + ?Sized> NonceCheck for NoncesOfUser<'_, S> {
    fn check(&mut self, presented: &str) -> bool {
        self.store.consume(self.user_id, presented)
    }
}

impl<S: ?Sized> fmt::Debug for NoncesOfUser<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NoncesOfUser")
            .field("user_id", &self.user_id)
            .finish_non_exhaustive()
    }
}

/// Keeps nonces in memory; shared by reference among threads and tasks.
///
/// It never holds more than [`NonceLimits`] allow:
///
/// * A user who asks again and again pushes out their own oldest nonce, nobody else's.
/// * When it is full, new nonces are refused. So a flood from many accounts stops new requests
///   until old ones expire, but not the submissions that are under way.
///
/// ```
/// use std::time::Instant;
/// use telegram_passport::nonce::{MemoryNonceStore, Nonce, NonceLimits, NonceStore};
///
/// let store = MemoryNonceStore::new(NonceLimits::default(), Instant::now);
/// # let nonce = Nonce::from_text("in earnest: Nonce::generate")?;
/// store.keep(7, &nonce)?;
/// assert!(!store.consume(8, nonce.as_str()), "another user");
/// assert!(store.consume(7, nonce.as_str()));
/// assert!(!store.consume(7, nonce.as_str()), "a second time");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct MemoryNonceStore<C = fn() -> Instant> {
    limits: NonceLimits,
    clock: C,
    kept: Mutex<Kept>,
}

impl<C: Fn() -> Instant> MemoryNonceStore<C> {
    /// An empty one that tells the time by this clock, which must not go back: `Instant::now`.
    #[must_use]
    pub fn new(limits: NonceLimits, clock: C) -> Self {
        Self {
            limits,
            clock,
            kept: Mutex::default(),
        }
    }

    /// How many are kept that have not expired.
    #[must_use]
    pub fn len(&self) -> usize {
        self.living().nonces.len()
    }

    /// Whether none is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is kept, without what has expired. A thread that panicked elsewhere while it held the
    /// lock has left nothing half done, since nothing here panics.
    fn living(&self) -> MutexGuard<'_, Kept> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // After the lock, so that times stand in the same order as numbers.
        let now = (self.clock)();
        kept.expire(now, self.limits.lifetime);
        kept
    }
}

impl<C: Fn() -> Instant> NonceStore for MemoryNonceStore<C> {
    type Error = NonceStoreFull;

    fn keep(&self, user_id: i64, nonce: &Nonce) -> Result<(), NonceStoreFull> {
        let mut kept = self.living();
        if kept.of_user(user_id).count() >= self.limits.per_user {
            kept.remove_oldest(user_id);
        }
        if self.limits.per_user == 0 || kept.nonces.len() >= self.limits.total {
            return Err(NonceStoreFull);
        }
        let issued = (self.clock)();
        kept.insert(user_id, nonce.clone(), issued);
        Ok(())
    }

    fn consume(&self, user_id: i64, presented: &str) -> bool {
        let mut kept = self.living();
        // All of them are compared, so that the time does not tell which it was.
        let mut found = None;
        for (number, nonce) in kept.of_user(user_id) {
            if nonce.is(presented) {
                found = Some(number);
            }
        }
        found.is_some_and(|number| kept.remove(user_id, number))
    }
}

impl<C> fmt::Debug for MemoryNonceStore<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryNonceStore")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// How much a [`MemoryNonceStore`] keeps, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NonceLimits {
    /// For how long a nonce is good.
    pub lifetime: Duration,
    /// How many are kept of one user; the oldest makes room for a new one.
    pub per_user: usize,
    /// How many are kept of all users together; beyond that new ones are refused.
    pub total: usize,
}

impl Default for NonceLimits {
    /// A day, since people have to look for their documents first; 8 of one user, 100 000
    /// together, which is a few tens of megabytes of generated nonces.
    fn default() -> Self {
        Self {
            lifetime: Duration::from_secs(24 * 60 * 60),
            per_user: 8,
            total: 100_000,
        }
    }
}

/// The store holds as many nonces as its limits allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NonceStoreFull;

impl fmt::Display for NonceStoreFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("too many requests are unanswered, try again when some have expired")
    }
}

impl std::error::Error for NonceStoreFull {}

/// The nonces by user and running number, and whose numbers are the oldest. All live equally
/// long, so the lowest numbers expire first.
#[derive(Default)]
struct Kept {
    next: u64,
    nonces: BTreeMap<(i64, u64), Nonce>,
    issued: BTreeMap<u64, (Instant, i64)>,
}

impl Kept {
    fn insert(&mut self, user_id: i64, nonce: Nonce, issued: Instant) {
        let number = self.next;
        // 2^64 requests are out of reach.
        self.next = self.next.wrapping_add(1);
        self.nonces.insert((user_id, number), nonce);
        self.issued.insert(number, (issued, user_id));
    }

    fn of_user(&self, user_id: i64) -> impl Iterator<Item = (u64, &Nonce)> {
        let range = self.nonces.range((user_id, 0)..=(user_id, u64::MAX));
        range.map(|((_, number), nonce)| (*number, nonce))
    }

    fn remove(&mut self, user_id: i64, number: u64) -> bool {
        self.issued.remove(&number);
        self.nonces.remove(&(user_id, number)).is_some()
    }

    fn remove_oldest(&mut self, user_id: i64) {
        let oldest = self.of_user(user_id).next().map(|(number, _)| number);
        if let Some(number) = oldest {
            self.remove(user_id, number);
        }
    }

    fn expire(&mut self, now: Instant, lifetime: Duration) {
        while let Some((&number, &(issued, user_id))) = self.issued.first_key_value() {
            if now.saturating_duration_since(issued) < lifetime {
                break;
            }
            self.remove(user_id, number);
        }
    }
}
