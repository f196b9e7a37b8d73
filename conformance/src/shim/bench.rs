//! How long the two operations take that somebody waits for, so that runners can compare
//! implementations. What is timed is what a service does; reading the key or the disk is not.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use telegram_passport::hash::FileHash;
use telegram_passport::secret::ValueSecret;
use telegram_passport::{bot_api, cipher};

use super::Refusal;
use super::fields::{self, base64, text};
use super::passport::key;

/// From the text of a `passport_data` to verified elements.
pub(super) fn message(request: &Value) -> Result<Value, Refusal> {
    let key = key(request)?;
    let text = text(request, "text")?;
    measured(request, || {
        let started = Instant::now();
        let submission = bot_api::read_passport_data(text)?.open(&key, |_: &str| true)?;
        let took = started.elapsed();
        drop(submission);
        Ok(took)
    })
}

/// From the bytes of a file to a verified plaintext.
pub(super) fn file(request: &Value) -> Result<Value, Refusal> {
    let secret = ValueSecret::from_slice(&base64(request, "secret")?)?;
    let hash = FileHash::from_slice(&base64(request, "hash")?)?;
    let encrypted = fields::file(request, "path")?;
    measured(request, || {
        let bytes = encrypted.clone();
        let started = Instant::now();
        let plaintext = cipher::decrypt_file(&secret, &hash, bytes)?;
        let took = started.elapsed();
        drop(plaintext);
        Ok(took)
    })
}

/// Runs it `n` times.
fn measured(
    request: &Value,
    mut run: impl FnMut() -> Result<Duration, Refusal>,
) -> Result<Value, Refusal> {
    let runs = request["n"].as_u64().unwrap_or(1).clamp(1, MOST_RUNS);
    let mut times = (0..runs).map(|_| run()).collect::<Result<Vec<_>, _>>()?;
    times.sort_unstable();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    let least = times.first().copied().unwrap_or_default();
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    Ok(json!({
        "median_us": micros(median),
        "min_us": micros(least),
        "maxrss_kb": most_memory(),
    }))
}

/// The most memory that this process ever had, in KiB; null where the system does not say.
fn most_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// So that a request cannot keep the shim for hours.
const MOST_RUNS: u64 = 10_000;
