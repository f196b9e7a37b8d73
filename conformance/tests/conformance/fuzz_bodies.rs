//! The bodies of the fuzz targets as bounded property tests: each with its seeds, and with so many of
//! their mutations, the same on every run.
//!
//! `PROPTEST_CASES` and `PROPTEST_RNG_SEED` ask for more or others; the package `conformance/fuzz`
//! looks further.

use std::fs;

use conformance::fuzz::{self, TARGETS, Target};
use conformance::guard::listed;
use conformance::random::for_each;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

#[test]
fn tl_decode_type() {
    check("tl_decode_type", 1024);
}

#[test]
fn tl_decode_function() {
    check("tl_decode_function", 1024);
}

#[test]
fn tl_json() {
    check("tl_json", 128);
}

#[test]
fn schema_text() {
    check("schema_text", 32);
}

#[test]
fn value_decrypt() {
    check("value_decrypt", 1024);
}

#[test]
fn credentials() {
    check("credentials", 256);
}

#[test]
fn bot_api_update() {
    check("bot_api_update", 256);
}

#[test]
fn mtproto_action() {
    check("mtproto_action", 256);
}

#[test]
fn link_and_scope() {
    check("link_and_scope", 1024);
}

#[test]
fn pem() {
    check("pem", 96);
}

#[test]
fn file_stream() {
    check("file_stream", 64);
}

#[test]
fn shim_line() {
    check("shim_line", 64);
}

#[test]
fn form() {
    check("form", 512);
}

#[test]
fn documents() {
    check("documents", 1024);
}

#[test]
fn image() {
    check("image", 1024);
}

#[test]
fn file_path() {
    check("file_path", 512);
}

#[test]
fn srp_parameters() {
    check("srp_parameters", 96);
}

#[test]
fn every_target_is_tested_and_has_a_program() {
    let tests = listed(&["conformance::fuzz_bodies::"]);
    let mut names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
    for name in &names {
        let test = format!("conformance::fuzz_bodies::{name}");
        assert!(
            tests.contains(&test),
            "{name} has no test of its name in this file"
        );
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz");
    let programs = fs::read_dir(format!("{folder}/fuzz_targets")).expect("the folder is there");
    let stem = |path: fs::DirEntry| path.path().file_stem()?.to_str().map(str::to_owned);
    let mut programs: Vec<_> = programs.filter_map(|it| stem(it.ok()?)).collect();
    names.sort_unstable();
    programs.sort_unstable();
    assert_eq!(
        programs, names,
        "the files of fuzz_targets, and TARGETS in conformance/src/fuzz/mod.rs"
    );
    let manifest = fs::read_to_string(format!("{folder}/Cargo.toml")).expect("it is there");
    let readme = fs::read_to_string(format!("{folder}/README.md")).expect("it is there");
    for name in names {
        assert!(
            manifest.contains(&format!("\nname = \"{name}\"\n")),
            "{name} has no [[bin]] in conformance/fuzz/Cargo.toml"
        );
        assert!(
            readme.contains(&format!("\n| `{name}` | ")),
            "{name} is not in the table of conformance/fuzz/README.md"
        );
    }
}

fn check(name: &str, cases: u32) {
    fuzz::set_meter(|run| allocation_counter::measure(run).bytes_max);
    let target = TARGETS.iter().find(|it| it.name == name);
    let Target { run, seeds, .. } = target.expect("the target is in the table");
    let seeds = seeds();
    assert!(
        seeds.len() > 4,
        "{} seeds, and five are wanted",
        seeds.len()
    );
    // What is only made when it is first asked for counts to nobody.
    run(&[]);
    seeds.iter().for_each(|seed| run(seed));
    let mutated = (select(seeds.clone()), select(seeds), vec(mutations(), 1..5));
    let mutated = mutated.prop_map(|(mut seed, other, mutations)| {
        for mutation in mutations {
            mutation.apply(&mut seed, &other);
        }
        Input(seed)
    });
    for_each(cases, mutated, |Input(bytes)| {
        run(&bytes);
        Ok(())
    });
}

/// A change of bytes; places are from the start of what there is.
#[derive(Clone, Debug)]
enum Mutation {
    Flip(Index, u8),
    Truncate(Index),
    Remove(Index, u8),
    Insert(Index, Vec<u8>),
    Repeat(Index, u8),
    /// What stands behind a place becomes what stands behind a place of another seed.
    Splice(Index, Index),
}

fn mutations() -> impl Strategy<Value = Mutation> {
    let at = any::<Index>;
    let telling: Vec<&[u8]> = vec![
        b"\"",
        b"{",
        b"[",
        b"]",
        b"}",
        b":",
        b"\\",
        b"%",
        b"&",
        b"\n",
        b"null",
        b"\\ud800",
        b"1e9",
        b"\xff\xff\xff\x7f",
        b"\xff\xff\xff\xff",
        b"\0\0\0\0",
        b"\xfe",
        b"\x15\xc4\xb5\x1c",
        b"#",
        b";",
    ];
    let inserted = prop_oneof![
        select(telling).prop_map(<[u8]>::to_vec),
        vec(any::<u8>(), 1..6),
    ];
    prop_oneof![
        4 => (at(), 0..8_u8).prop_map(|(at, bit)| Mutation::Flip(at, bit)),
        1 => at().prop_map(Mutation::Truncate),
        2 => (at(), any::<u8>()).prop_map(|(at, len)| Mutation::Remove(at, len)),
        3 => (at(), inserted).prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
        1 => (at(), any::<u8>()).prop_map(|(at, len)| Mutation::Repeat(at, len)),
        1 => (at(), at()).prop_map(|(at, there)| Mutation::Splice(at, there)),
    ]
}

impl Mutation {
    fn apply(self, bytes: &mut Vec<u8>, other: &[u8]) {
        let (end, there_end) = (bytes.len() + 1, other.len() + 1);
        match self {
            Self::Flip(at, bit) => {
                if let Some(byte) = bytes.get_mut(at.index(end)) {
                    *byte ^= 1 << bit;
                }
            }
            Self::Truncate(at) => bytes.truncate(at.index(end)),
            Self::Remove(at, len) => {
                let at = at.index(end);
                bytes.drain(at..bytes.len().min(at + usize::from(len)));
            }
            Self::Insert(at, inserted) => {
                let at = at.index(end);
                bytes.splice(at..at, inserted);
            }
            Self::Repeat(at, len) => {
                let at = at.index(end);
                let again = bytes[at..bytes.len().min(at + usize::from(len))].to_vec();
                bytes.splice(at..at, again);
            }
            Self::Splice(at, there) => {
                bytes.truncate(at.index(end));
                bytes.extend_from_slice(&other[there.index(there_end)..]);
            }
        }
    }
}

/// Bytes that a failure shows as text, and in full.
struct Input(Vec<u8>);

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}
