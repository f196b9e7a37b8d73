//! Random values of a schema's definitions, the same on every run.

use conformance::Kind;
use conformance::dynamic::{Definition, Encoding, Object, encode};
use conformance::strategy::Strategies;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use tl_schema_codegen::schema::Schema;

/// How many values are made, and how deep they are nested.
#[derive(Clone, Copy)]
pub(crate) struct Amount {
    pub(crate) cases: u32,
    pub(crate) fuel: u32,
}

/// Calls `check` with values of a definition, and shows the smallest that fails.
///
/// `PROPTEST_CASES` and `PROPTEST_RNG_SEED` ask for more or others.
pub(crate) fn for_values(
    schema: &Schema,
    (kind, tl): (Kind, &str),
    amount: Amount,
    check: impl Fn(Object, Encoding) -> Result<(), TestCaseError>,
) {
    let mut strategies = Strategies::new(schema);
    let strategy = match kind {
        Kind::Constructor => {
            let at = schema.constructors.iter().position(|it| it.name == tl);
            at.map(|at| strategies.definition(Definition::Constructor(at), amount.fuel))
        }
        Kind::Function => {
            let at = schema.functions.iter().position(|it| it.name == tl);
            at.map(|at| strategies.definition(Definition::Function(at), amount.fuel))
        }
        Kind::Type => {
            let at = schema.types.iter().position(|it| it.name == tl);
            at.map(|at| strategies.boxed(at, amount.fuel))
        }
    };
    let strategy = strategy.expect("the schema has this definition");
    let outcome = runner(amount.cases).run(&strategy, |object| {
        let encoding = encode(schema, &object);
        check(object, encoding)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// Proptest with a fixed seed, unless the environment names another.
pub(crate) fn runner(cases: u32) -> TestRunner {
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
    TestRunner::new(config)
}
