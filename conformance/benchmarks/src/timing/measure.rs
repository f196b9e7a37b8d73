//! Times of two classes of inputs, in random order.

use std::hint::black_box;
use std::time::{Duration, Instant};

use getrandom::SysRng;
use nix::errno::Errno;
use nix::time::ClockId;
use rand_core::TryRng;

use super::statistics::Times;

/// Two classes of inputs, and what is done with them.
pub(crate) struct Subject {
    pub(crate) name: String,
    /// What distinguishes the inputs of each class.
    pub(crate) classes: [&'static str; 2],
    /// Makes an input of the class, a new one each time.
    pub(crate) make: Make,
    /// What is timed.
    pub(crate) run: Run,
}

/// Makes an input of the first class or, if told `true`, of the second.
pub(crate) type Make = Box<dyn FnMut(bool) -> Vec<u8>>;

/// Does what is timed.
pub(crate) type Run = Box<dyn FnMut(&[u8])>;

/// The times of so many seconds, in nanoseconds of the processor.
///
/// Inputs are made in blocks, before any of the block is timed, and each is copied to the same
/// place, so that no class has the warmer cache.
pub(crate) fn measure(subject: &mut Subject, time: Duration) -> Result<Times, Errno> {
    let mut times = Times::default();
    let (mut buffer, begin) = (Vec::new(), Instant::now());
    let mut is_warm = false;
    while begin.elapsed() < time {
        let classes: [u8; BLOCK] = random();
        let inputs = classes.map(|class| (class & 1 == 1, (subject.make)(class & 1 == 1)));
        for (is_second, input) in inputs {
            buffer.clear();
            buffer.extend_from_slice(&input);
            let time = processor_time(|| (subject.run)(black_box(&buffer)))?;
            if is_warm {
                times[usize::from(is_second)].push(time.as_nanos() as f64);
            }
        }
        is_warm = true;
    }
    Ok(times)
}

/// What this thread has spent of the processor's time: others that run beside it do not count, as
/// far as they leave it the caches.
fn processor_time(what: impl FnOnce()) -> Result<Duration, Errno> {
    let now = || ClockId::CLOCK_THREAD_CPUTIME_ID.now().map(Duration::from);
    let start = now()?;
    what();
    Ok(now()?.saturating_sub(start))
}

/// Random bytes of the system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SysRng
        .try_fill_bytes(&mut bytes)
        .expect("the system has randomness");
    bytes
}

const BLOCK: usize = 64;
