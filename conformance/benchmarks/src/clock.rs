//! Times, on a machine that does other things, too.

use std::time::{Duration, Instant};

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
