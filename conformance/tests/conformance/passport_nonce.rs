//! Nonces: made from randomness, of one user, used once, expiring.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use conformance::random::for_each;
use proptest::prelude::*;
use rand_core::{TryCryptoRng, TryRng};
use telegram_passport::nonce::{
    MAX_NONCE_LENGTH, MemoryNonceStore, Nonce, NonceCheck, NonceError, NonceKey, NonceLimits,
    NonceStore, NonceStoreFull, NoncesOfUser,
};

/// 32 bytes, as base64 with the alphabet for URLs and without padding.
#[test]
fn made_from_randomness() {
    let made = |byte| Nonce::generate(&mut Always(byte)).expect("it does not fail");
    assert_eq!(made(0x00).as_str(), "A".repeat(43));
    // Python: base64.urlsafe_b64encode(bytes(32 * [byte]))
    assert_eq!(made(0xff).as_str(), format!("{}8", "_".repeat(42)));
    assert_eq!(
        made(0xfb).as_str(),
        "-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s"
    );
}

#[test]
fn randomness_that_fails() {
    assert!(Nonce::generate(&mut Broken).is_err());
}

#[test]
fn texts_that_are_none() {
    assert_eq!(Nonce::from_text("").err(), Some(NonceError::Empty));
    let text = "n".repeat(MAX_NONCE_LENGTH);
    assert_eq!(Nonce::from_text(&text).expect("it fits").as_str(), text);
    let text = text + "n";
    assert_eq!(Nonce::from_text(&text).err(), Some(NonceError::TooLong));
    assert_eq!(
        [NonceError::Empty, NonceError::TooLong].map(|it| it.to_string()),
        [
            "the nonce is empty, every request needs one of its own",
            "the nonce has more than 35000 bytes",
        ]
    );
}

#[test]
fn equal_only_to_itself() {
    for_each(256, (".{1,16}", ".{0,16}"), |(text, other)| {
        let nonce = Nonce::from_text(&text)?;
        prop_assert!(nonce.is(&text));
        prop_assert_eq!(nonce.is(&other), text == other);
        let twice = format!("{text}{text}");
        prop_assert!(!nonce.is(&twice));
        let mut expected = &nonce;
        prop_assert_eq!(expected.check(&other), text == other);
        prop_assert!(NonceCheck::check(&mut expected, &text));
        Ok(())
    });
}

#[test]
fn debug_is_silent() {
    let nonce = Nonce::from_text("topsecret").expect("it is a nonce");
    let store = store(LIMITS, Instant::now);
    store.keep(5, &nonce).expect("there is room");
    for text in [format!("{nonce:?}"), format!("{store:?} {:?}", store.of(5))] {
        assert!(!text.contains("topsecret"), "{text}");
    }
}

/// Section 4.3: the first and the last character decide, without trimming and without JSON.
#[test]
fn key_by_the_shape_of_the_scope() {
    for scope in ["{}", r#"{"v":1,"d":["pp"]}"#, "{not JSON}", "{{", "{}}"] {
        let expected = match scope {
            "{{" => NonceKey::Payload,
            _ => NonceKey::Nonce,
        };
        assert_eq!(NonceKey::of_scope(scope), expected, "{scope}");
    }
    for scope in [
        "",
        "{",
        "}",
        "asd",
        r#"["passport"]"#,
        " {}",
        "{} ",
        "{}\n",
        "\u{feff}{}",
    ] {
        assert_eq!(NonceKey::of_scope(scope), NonceKey::Payload, "{scope}");
    }
    assert_eq!(NonceKey::Nonce.name(), "nonce");
    assert_eq!(NonceKey::Payload.name(), "payload");
}

#[test]
fn taken_once() {
    let store = store(LIMITS, Instant::now);
    let nonce = kept(&store, 7, "a");
    assert!(!store.consume(7, "b"), "never issued");
    assert!(!store.consume(7, ""), "empty");
    assert!(store.consume(7, nonce.as_str()));
    assert!(!store.consume(7, nonce.as_str()), "replayed");
    assert!(store.is_empty());
}

#[test]
fn taken_once_through_the_adaptor() {
    let store = store(LIMITS, Instant::now);
    kept(&store, 7, "a");
    assert!(!store.of(8).check("a"));
    let mut of_user = store.of(7);
    assert!(of_user.check("a"));
    assert!(!of_user.check("a"));
    let any: &dyn NonceStore<Error = NonceStoreFull> = &store;
    assert!(!NoncesOfUser::new(any, 7).check("a"));
    kept(&store, 7, "b");
    assert!(NoncesOfUser::new(any, 7).check("b"));
}

/// What another user presents is refused, and still there for its owner.
#[test]
fn of_one_user() {
    let store = store(LIMITS, Instant::now);
    for user_id in [0, -7, i64::MIN, i64::MAX] {
        kept(&store, user_id, "other");
    }
    kept(&store, 7, "a");
    for user_id in [0, 6, 8, -7, i64::MIN, i64::MAX] {
        assert!(!store.consume(user_id, "a"));
    }
    assert!(!store.consume(7, "other"));
    assert!(store.consume(7, "a"));
    assert_eq!(store.len(), 4);
}

/// A user who has several requests open may answer any of them, in any order.
#[test]
fn several_requests_of_one_user() {
    let store = store(LIMITS, Instant::now);
    for text in ["a", "b", "c"] {
        kept(&store, 7, text);
    }
    for text in ["b", "c", "a"] {
        assert!(store.consume(7, text));
        assert!(!store.consume(7, text));
    }
}

#[test]
fn expired() {
    let (start, passed) = (Instant::now(), Cell::new(0));
    let store = store(LIMITS, || start + Duration::from_secs(passed.get()));
    kept(&store, 7, "first");
    passed.set(10);
    kept(&store, 7, "second");
    kept(&store, 8, "third");
    passed.set(59);
    assert_eq!(store.len(), 3);
    passed.set(60);
    assert_eq!(store.len(), 2);
    assert!(!store.consume(7, "first"), "60 seconds after it was issued");
    passed.set(69);
    assert!(store.consume(7, "second"), "59 seconds after");
    passed.set(70);
    assert!(!store.consume(8, "third"));
    assert!(store.is_empty());
}

/// A clock that went back makes nothing live for ever, and nothing panics.
#[test]
fn a_clock_that_goes_back() {
    let (start, passed) = (Instant::now() + Duration::from_secs(1000), Cell::new(100));
    let store = store(LIMITS, || start + Duration::from_secs(passed.get()));
    kept(&store, 7, "a");
    passed.set(0);
    kept(&store, 7, "b");
    assert!(store.consume(7, "a"));
    passed.set(60);
    assert!(!store.consume(7, "b"));
}

/// Who asks again and again loses their own oldest nonces, nobody else's.
#[test]
fn a_flood_from_one_user() {
    let store = store(LIMITS, Instant::now);
    kept(&store, 1, "of another user");
    for number in 0..10_000 {
        kept(&store, 7, &number.to_string());
        assert!(store.len() <= 1 + LIMITS.per_user);
    }
    assert!(!store.consume(7, "9996"));
    for number in 9997..10_000 {
        assert!(store.consume(7, &number.to_string()), "{number}");
    }
    assert!(store.consume(1, "of another user"));
}

/// From many accounts: new requests are refused, those under way are answered.
#[test]
fn a_flood_from_many_users() {
    let (start, passed) = (Instant::now(), Cell::new(0));
    let store = store(LIMITS, || start + Duration::from_secs(passed.get()));
    kept(&store, -1, "early");
    let full = |user_id| {
        let nonce = Nonce::from_text("n").expect("it is a nonce");
        store.keep(user_id, &nonce) == Err(NonceStoreFull)
    };
    for user_id in 0..1000 {
        assert_eq!(full(user_id), user_id >= 9, "{user_id}");
        assert!(store.len() <= LIMITS.total);
    }
    assert!(store.consume(-1, "early"));
    assert!(!full(1000), "there is room for one");
    assert!(full(1001));
    passed.set(60);
    assert!(!full(1001), "the others have expired");
    assert_eq!(store.len(), 1);
    assert_eq!(
        NonceStoreFull.to_string(),
        "too many requests are unanswered, try again when some have expired"
    );
}

/// A full store still lets those renew who have as many as one may have.
#[test]
fn renewing_in_a_full_store() {
    let limits = NonceLimits {
        per_user: 2,
        total: 3,
        ..LIMITS
    };
    let store = store(limits, Instant::now);
    for (user_id, text) in [(7, "a"), (7, "b"), (8, "c"), (7, "d")] {
        kept(&store, user_id, text);
    }
    assert!(!store.consume(7, "a"));
    assert!(store.consume(7, "b") && store.consume(7, "d") && store.consume(8, "c"));
}

#[test]
fn limits_of_nothing() {
    let nonce = Nonce::from_text("a").expect("it is a nonce");
    for limits in [
        NonceLimits {
            per_user: 0,
            ..LIMITS
        },
        NonceLimits { total: 0, ..LIMITS },
    ] {
        let store = store(limits, Instant::now);
        assert_eq!(store.keep(7, &nonce), Err(NonceStoreFull));
        assert!(!store.consume(7, "a"));
    }
    let limits = NonceLimits {
        lifetime: Duration::ZERO,
        ..LIMITS
    };
    let store = store(limits, Instant::now);
    kept(&store, 7, "a");
    assert!(!store.consume(7, "a"));
}

/// Of all that present the same nonce at the same time, one gets through.
#[test]
fn raced_by_threads() {
    let limits = NonceLimits {
        per_user: 100,
        total: 100,
        ..LIMITS
    };
    let store = store(limits, Instant::now as fn() -> Instant);
    let texts: Vec<_> = (0..100).map(|number| number.to_string()).collect();
    for text in &texts {
        kept(&store, 7, text);
    }
    let accepted = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for text in &texts {
                    let count = usize::from(store.consume(7, text));
                    accepted.fetch_add(count, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(accepted.into_inner(), texts.len());
}

/// Any sequence of requests, answers and waiting, held against a list that is searched.
#[test]
fn as_a_list_would_do() {
    let step = (0..4_u8, 0..3_i64, 0..6_u8, 0..25_u64);
    for_each(256, prop::collection::vec(step, 0..60), |steps| {
        let (start, passed) = (Instant::now(), Cell::new(0));
        let store = store(LIMITS, || start + Duration::from_secs(passed.get()));
        let mut list: Vec<(i64, String, u64)> = Vec::new();
        for (what, user_id, text, seconds) in steps {
            list.retain(|it| passed.get() - it.2 < LIMITS.lifetime.as_secs());
            let text = text.to_string();
            match what {
                0 => passed.set(passed.get() + seconds),
                1 | 2 => {
                    let own = list.iter().filter(|it| it.0 == user_id).count();
                    if own == LIMITS.per_user {
                        let oldest = list.iter().position(|it| it.0 == user_id);
                        list.remove(oldest.expect("there are some"));
                    }
                    let nonce = Nonce::from_text(&text)?;
                    let outcome = store.keep(user_id, &nonce);
                    prop_assert_eq!(outcome.is_ok(), list.len() < LIMITS.total);
                    if outcome.is_ok() {
                        list.push((user_id, text, passed.get()));
                    }
                }
                _ => {
                    let is_it = |it: &(i64, String, u64)| it.0 == user_id && it.1 == text;
                    // Of equal ones the youngest is taken.
                    let at = list.iter().rposition(is_it);
                    prop_assert_eq!(store.consume(user_id, &text), at.is_some());
                    at.map(|at| list.remove(at));
                }
            }
            list.retain(|it| passed.get() - it.2 < LIMITS.lifetime.as_secs());
            prop_assert_eq!(store.len(), list.len());
        }
        Ok(())
    });
}

/// A store of one's own needs no more than the trait, or a closure.
#[test]
fn a_closure_as_check() {
    let mut expected = BTreeSet::from(["a", "b"]);
    let mut check = |presented: &str| expected.remove(presented);
    assert!(NonceCheck::check(&mut check, "a"));
    assert!(!NonceCheck::check(&mut check, "a"));
    assert!(NonceCheck::check(&mut check, "b"));
}

const LIMITS: NonceLimits = NonceLimits {
    lifetime: Duration::from_secs(60),
    per_user: 3,
    total: 10,
};

fn store<C: Fn() -> Instant>(limits: NonceLimits, clock: C) -> MemoryNonceStore<C> {
    MemoryNonceStore::new(limits, clock)
}

fn kept<S: NonceStore<Error = NonceStoreFull>>(store: &S, user_id: i64, text: &str) -> Nonce {
    let nonce = Nonce::from_text(text).expect("it is a nonce");
    store.keep(user_id, &nonce).expect("there is room");
    nonce
}

/// Randomness that gives one byte only.
struct Always(u8);

impl TryRng for Always {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_ne_bytes([self.0; 4]))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_ne_bytes([self.0; 8]))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill(self.0);
        Ok(())
    }
}

impl TryCryptoRng for Always {}

/// Randomness that there is none of.
#[derive(Debug)]
struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("broken")
    }
}

impl std::error::Error for Broken {}

impl TryRng for Broken {
    type Error = Broken;

    fn try_next_u32(&mut self) -> Result<u32, Broken> {
        Err(Broken)
    }

    fn try_next_u64(&mut self) -> Result<u64, Broken> {
        Err(Broken)
    }

    fn try_fill_bytes(&mut self, _: &mut [u8]) -> Result<(), Broken> {
        Err(Broken)
    }
}

impl TryCryptoRng for Broken {}
