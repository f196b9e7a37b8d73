//! Times, on a machine that does other things, too.

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use nix::time::ClockId;

use crate::cases::{CASES, contenders};
use crate::report::Figures;

/// The time of one operation in nanoseconds, once for each round.
///
/// All contenders of a case take turns in short batches, so that a change of the machine's mood
/// meets them all.
pub(crate) fn figures(rounds: usize) -> Figures {
    let mut figures = Figures::new();
    for case in CASES {
        let mut contenders = contenders(case);
        let batches: Vec<_> = contenders
            .iter_mut()
            .map(|contender| batch(&mut contender.repeat))
            .collect();
        // Nothing is allocated between the rounds: it would change what the allocator does.
        let mut times: Vec<_> = contenders
            .iter()
            .map(|_| Vec::with_capacity(rounds))
            .collect();
        for _ in 0..rounds {
            for ((contender, &batch), times) in contenders.iter_mut().zip(&batches).zip(&mut times)
            {
                let time = elapsed(&mut contender.repeat, batch);
                times.push(time.as_nanos() as f64 / batch as f64);
            }
        }
        let keys = contenders.iter().map(|contender| (case, contender.who));
        figures.extend(keys.zip(times));
    }
    figures
}

/// Does one thing as often as it is told, and says how long that took.
pub(crate) type Timed = Box<dyn FnMut(u64) -> Result<Duration, Box<dyn Error>>>;

/// The time of one operation in nanoseconds, for each contender once in each round.
///
/// They take turns, each with a batch that takes `least` or somewhat longer.
pub(crate) fn turns(
    contenders: &mut [Timed],
    rounds: usize,
    least: Duration,
) -> Result<Vec<Vec<f64>>, Box<dyn Error>> {
    let mut batches = Vec::new();
    for contender in contenders.iter_mut() {
        let mut times = 1;
        while contender(times)? < least {
            times *= 2;
        }
        batches.push(times);
    }
    let mut times = vec![Vec::with_capacity(rounds); contenders.len()];
    for _ in 0..rounds {
        for ((contender, &batch), times) in contenders.iter_mut().zip(&batches).zip(&mut times) {
            times.push(contender(batch)?.as_nanos() as f64 / batch as f64);
        }
    }
    Ok(times)
}

/// What this thread has spent of the processor's time: others that run beside it do not count, as
/// far as they leave it the caches.
pub(crate) fn processor_time<T>(what: impl FnOnce() -> T) -> Result<Duration, Box<dyn Error>> {
    let now = || ClockId::CLOCK_THREAD_CPUTIME_ID.now().map(Duration::from);
    let start = now()?;
    black_box(what());
    Ok(now()?.saturating_sub(start))
}

/// How many operations take about as long as [`BATCH`].
fn batch(repeat: &mut dyn FnMut(u64)) -> u64 {
    let mut times = 1;
    while elapsed(repeat, times) < BATCH {
        times *= 2;
    }
    times
}

fn elapsed(repeat: &mut dyn FnMut(u64), times: u64) -> Duration {
    let start = Instant::now();
    repeat(times);
    start.elapsed()
}

/// Long enough for the clock, short enough to pass undisturbed now and then.
const BATCH: Duration = Duration::from_micros(150);
