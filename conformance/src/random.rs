//! Random values of a schema's definitions, the same on every run.

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use tl_schema_codegen::schema::Schema;

use crate::Kind;
use crate::dynamic::{Definition, Object};
use crate::strategy::Strategies;

/// Values of a definition; `fuel` says how deep they are nested, see [`Strategies`].
///
/// # Panics
///
/// If the schema has no such definition.
pub fn values(schema: &Schema, (kind, tl): (Kind, &str), fuel: u32) -> BoxedStrategy<Object> {
    let mut strategies = Strategies::new(schema);
    let is_it = |name: &str| name == tl;
    let strategy = match kind {
        Kind::Constructor => {
            let at = schema.constructors.iter().position(|it| is_it(&it.name));
            at.map(|at| strategies.definition(Definition::Constructor(at), fuel))
        }
        Kind::Function => {
            let at = schema.functions.iter().position(|it| is_it(&it.name));
            at.map(|at| strategies.definition(Definition::Function(at), fuel))
        }
        Kind::Type => {
            let at = schema.types.iter().position(|it| is_it(&it.name));
            at.map(|at| strategies.boxed(at, fuel))
        }
    };
    strategy.expect("the schema has this definition")
}

/// Calls `check` with so many values, and shows the smallest that fails.
///
/// `PROPTEST_CASES` and `PROPTEST_RNG_SEED` ask for more or others.
///
/// # Panics
///
/// If one fails; the message shows it.
pub fn for_each<T: Debug>(
    cases: u32,
    values: impl Strategy<Value = T>,
    check: impl Fn(T) -> Result<(), TestCaseError>,
) {
    let mut config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(0x7e1e_9a55_0230);
    }
    if let Err(error) = TestRunner::new(config).run(&values, check) {
        panic!("{error}");
    }
}
