//! "Did you mean": cheap guesses for a name that does not exist.

/// The candidate that looks most like a name, if any does. The lowest one in doubt.
pub(crate) fn similar<'a>(
    name: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let limit = match name.len() {
        0..=3 => 1,
        4..=MAX_LEN => 2,
        _ => return None,
    };
    candidates
        .filter_map(|candidate| {
            // A forgotten or superfluous namespace changes much of the text.
            let distance = if last_part(name) == last_part(candidate) {
                0
            } else {
                distance(name.as_bytes(), candidate.as_bytes(), limit)?
            };
            Some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Letters to change, insert or remove, if not more than `limit`; case counts for nothing.
fn distance(a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(!x.eq_ignore_ascii_case(y));
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    Some(row[b.len()]).filter(|&distance| distance <= limit)
}

/// Longer names are not typed by hand.
const MAX_LEN: usize = 64;
