//! Memory, counted by whoever has an allocator that counts.

use std::sync::OnceLock;

/// Runs a closure and says how many bytes it held at most at a time, beside those held before.
pub type Meter = fn(&mut dyn FnMut()) -> u64;

/// Bodies measure with this from now on. Without it, their bounds on memory are not looked at: a
/// library should not choose the allocator of every program that it is part of.
pub fn set_meter(meter: Meter) {
    // Whoever was first has set the same one.
    let _ = METER.set(meter);
}

/// What `run` gives, if it held no more than that.
///
/// # Panics
///
/// If it held more.
pub(super) fn bounded<T>(most: usize, run: impl FnOnce() -> T) -> T {
    let Some(meter) = METER.get() else {
        return run();
    };
    let (mut run, mut result) = (Some(run), None);
    let held = meter(&mut || result = run.take().map(|run| run()));
    assert!(held <= most as u64, "{held} bytes were held, not {most}");
    result.expect("a meter runs what it measures")
}

static METER: OnceLock<Meter> = OnceLock::new();
