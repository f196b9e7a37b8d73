//! "Did you mean": cheap guesses for a name that does not exist.

/// The candidate that looks most like a name, if any does. The lowest one in doubt.
pub(crate) fn similar<'a>(
    name: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    nearest(name, candidates).map(|(_, candidate)| candidate)
}

/// The same among types, of which those that are built in need no declaration.
pub(crate) fn similar_type<'a>(
    name: &str,
    declared: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let built_in = BUILT_IN.into_iter();
    let built_in = built_in.filter_map(|candidate| Some((unlike(name, candidate)?, candidate)));
    nearest(name, declared)
        .into_iter()
        .chain(built_in)
        // The first one in doubt: what the schema declares.
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How far a name is from that of a built-in type, if it can be meant. Those are short words, so
/// less is allowed than among names of a schema.
fn unlike(name: &str, built_in: &str) -> Option<usize> {
    let last = last_part(name);
    if last.eq_ignore_ascii_case(built_in) {
        return Some(0);
    }
    let is_upper = |name: &str| name.starts_with(|first: char| first.is_ascii_uppercase());
    let limit = if last.len() > 4 { 2 } else { 1 };
    let distance = distance(last.as_bytes(), built_in.as_bytes(), limit);
    let abbreviated = || {
        let start = built_in.get(..last.len())?;
        (last.len() >= 3 && start.eq_ignore_ascii_case(last)).then_some(2)
    };
    distance
        .filter(|_| is_upper(last) <= is_upper(built_in))
        .or_else(abbreviated)
}

fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<(usize, &'a str)> {
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

/// Built-in types, without their rarer names.
const BUILT_IN: [&str; 12] = [
    "Bool", "Object", "Vector", "bytes", "double", "int", "int128", "int256", "int512", "long",
    "string", "true",
];
