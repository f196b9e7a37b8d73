//! Tables of figures, with what each has to be.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::cases::{CASES, Case, Who};

/// What one operation costs: as many figures as there were rounds.
pub(crate) type Figures = BTreeMap<(Case, Who), Vec<f64>>;

/// The tables of decoding and encoding.
pub(crate) fn wire(unit: &str, figures: &Figures) -> String {
    let number = |case, who| thousands(least(figures, case, who));
    let ratio = |case, ours, peer, most| against(ratio(figures, case, ours, peer), most);
    let mut out = String::new();
    table(
        &mut out,
        &format!("Decode without copying, {unit}"),
        &[
            "ours",
            "grammers",
            "tl-proto",
            "copy",
            "ours / grammers",
            "ours / tl-proto",
        ],
        |case| {
            let of_grammers = if case == Case::SecureValues {
                1.0 / 3.5
            } else {
                0.25
            };
            vec![
                number(case, Who::DecodeBorrowed),
                number(case, Who::DecodeGrammers),
                number(case, Who::DecodeTlProto),
                number(case, Who::Copy),
                ratio(
                    case,
                    Who::DecodeBorrowed,
                    Who::DecodeGrammers,
                    Some(of_grammers),
                ),
                ratio(case, Who::DecodeBorrowed, Who::DecodeTlProto, Some(1.5)),
            ]
        },
    );
    table(
        &mut out,
        &format!("Decode into owned values, {unit}"),
        &["ours", "grammers", "copy", "ours / grammers"],
        |case| {
            let most = match case {
                Case::SecureValuesSentMe | Case::SecureValues => 0.95,
                _ => 0.75,
            };
            vec![
                number(case, Who::DecodeOwned),
                number(case, Who::DecodeGrammers),
                number(case, Who::Copy),
                ratio(case, Who::DecodeOwned, Who::DecodeGrammers, Some(most)),
            ]
        },
    );
    table(
        &mut out,
        &format!("Encode into a new vector, {unit}"),
        &[
            "ours",
            "grammers",
            "tl-proto",
            "copy",
            "ours / grammers",
            "ours / tl-proto",
        ],
        |case| {
            let most = match case {
                Case::SecureValues | Case::UploadFile => 1.0,
                _ => 0.9,
            };
            vec![
                number(case, Who::EncodeOurs),
                number(case, Who::EncodeGrammers),
                number(case, Who::EncodeTlProto),
                number(case, Who::Copy),
                ratio(case, Who::EncodeOurs, Who::EncodeGrammers, Some(most)),
                ratio(case, Who::EncodeOurs, Who::EncodeTlProto, None),
            ]
        },
    );
    table(
        &mut out,
        &format!("Encode into a vector with room, {unit}"),
        &[
            "ours",
            "grammers",
            "tl-proto",
            "ours / grammers",
            "ours / tl-proto",
        ],
        |case| {
            vec![
                number(case, Who::AppendOurs),
                number(case, Who::AppendGrammers),
                number(case, Who::AppendTlProto),
                ratio(case, Who::AppendOurs, Who::AppendGrammers, None),
                ratio(case, Who::AppendOurs, Who::AppendTlProto, None),
            ]
        },
    );
    out
}

/// The table of allocations and reallocations.
pub(crate) fn allocations(figures: &Figures) -> String {
    let number = |case, who| thousands(least(figures, case, who));
    let exactly = |case, who, goal: f64| match least(figures, case, who) {
        count if count == goal => thousands(count),
        count => format!("**{} instead of {goal}**", thousands(count)),
    };
    let mut out = String::new();
    table(
        &mut out,
        "Calls of the allocator (malloc, calloc, realloc)",
        &[
            "decode borrowed, ours",
            "tl-proto",
            "decode owned, ours",
            "grammers",
            "encode, ours",
            "grammers",
            "tl-proto",
            "with room, ours",
        ],
        |case| {
            let borrowed = match case {
                Case::UploadFile => exactly(case, Who::DecodeBorrowed, 0.0),
                _ => number(case, Who::DecodeBorrowed),
            };
            vec![
                borrowed,
                number(case, Who::DecodeTlProto),
                number(case, Who::DecodeOwned),
                number(case, Who::DecodeGrammers),
                exactly(case, Who::EncodeOurs, 1.0),
                number(case, Who::EncodeGrammers),
                number(case, Who::EncodeTlProto),
                exactly(case, Who::AppendOurs, 0.0),
            ]
        },
    );
    out
}

/// Whether the length of a file shows in the time of decoding it without copying.
pub(crate) fn constant(instructions: &Figures) -> String {
    let [small, large] = [Case::SmallUploadFile, Case::UploadFile]
        .map(|case| thousands(least(instructions, case, Who::DecodeBorrowed)));
    format!(
        "`upload.file` without copying: {small} instructions for 1 KiB, {large} for 512 KiB.\n\n"
    )
}

/// What disturbs only adds time, so the least of many batches repeats best.
pub(crate) fn smallest(figures: &[f64]) -> f64 {
    figures.iter().copied().fold(f64::INFINITY, f64::min)
}

fn least(figures: &Figures, case: Case, who: Who) -> f64 {
    smallest(&figures[&(case, who)])
}

/// The median of the ratios within each round, where the same mood of the machine met both.
pub(crate) fn median_ratio(ours: &[f64], peer: &[f64]) -> f64 {
    let pairs = ours.iter().zip(peer);
    let mut ratios: Vec<_> = pairs.map(|(ours, peer)| ours / peer).collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

fn ratio(figures: &Figures, case: Case, ours: Who, peer: Who) -> f64 {
    median_ratio(&figures[&(case, ours)], &figures[&(case, peer)])
}

/// A ratio, and whether it is what it has to be: `0.20 ≤ 0.25`.
pub(crate) fn against(ratio: f64, most: Option<f64>) -> String {
    match most {
        None => format!("{ratio:.2}"),
        Some(most) if ratio <= most => format!("{ratio:.2} ≤ {most:.2}"),
        Some(most) => format!("**{ratio:.2} > {most:.2}**"),
    }
}

/// A ratio that should be large, and whether it is: `0.97 ≥ 0.85`.
pub(crate) fn at_least(ratio: f64, least: Option<f64>) -> String {
    match least {
        None => format!("{ratio:.2}"),
        Some(least) if ratio >= least => format!("{ratio:.2} ≥ {least:.2}"),
        Some(least) => format!("**{ratio:.2} < {least:.2}**"),
    }
}

/// A whole number, and whether it is what it has to be.
pub(crate) fn at_most(number: f64, most: f64) -> String {
    match number <= most {
        true => format!("{number:.0} ≤ {most:.0}"),
        false => format!("**{number:.0} > {most:.0}**"),
    }
}

fn table(out: &mut String, title: &str, columns: &[&str], row: impl Fn(Case) -> Vec<String>) {
    let rows = CASES.map(|case| {
        let mut cells = vec![name(case).to_owned()];
        cells.extend(row(case));
        cells
    });
    let mut head = vec![title];
    head.extend(columns);
    markdown(out, &head, &rows);
}

/// A table whose first column is text and whose others are figures.
pub(crate) fn markdown(out: &mut String, head: &[&str], rows: &[Vec<String>]) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(out, "| {} |", head.join(" | "));
    let _ = writeln!(out, "| ---{} |", " | ---:".repeat(head.len() - 1));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
    out.push('\n');
}

fn name(case: Case) -> &'static str {
    match case {
        Case::InputSecureValue => "`inputSecureValue`, 11 files",
        Case::AuthorizationForm => "`account.authorizationForm`, 13 values",
        Case::SecureValuesSentMe => "`messageActionSecureValuesSentMe`, 13 values",
        Case::SecureValues => "`Vector<SecureValue>`, 1000 values",
        Case::UploadFile => "`upload.file`, 512 KiB",
        Case::SmallUploadFile => "`upload.file`, 1 KiB",
        Case::Password => "`account.password`",
    }
}

/// `1234567` as `1 234 567`.
pub(crate) fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}
