//! A few values of each definition of a schema, as bytes: for programs that cannot have the
//! strategies themselves.

use proptest::strategy::{BoxedStrategy, Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestRunner};
use tl_schema_codegen::schema::{Schema, Type};

use crate::dynamic::{Definition, Object, encode};
use crate::least::{Least, shortest_of};
use crate::strategy::Strategies;

/// A value of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample<'s> {
    /// The constructor or function.
    pub definition: &'s str,
    /// What it is read as: the boxed type of a constructor, the function itself.
    pub read_as: &'s str,
    /// The value, with its id before it.
    pub bytes: Vec<u8>,
}

/// Of each definition the shortest value, one with every field and `random` others, the same on
/// every run; constructors first.
///
/// # Panics
///
/// If a type has no value; then the schema is none that a check has passed.
pub fn samples(schema: &Schema, random: usize) -> Vec<Sample<'_>> {
    let constructors = (0..schema.constructors.len()).map(Definition::Constructor);
    let functions = (0..schema.functions.len()).map(Definition::Function);
    let mut runner = TestRunner::new(Config {
        rng_seed: RngSeed::Fixed(0x7e1e_9a55_0230),
        failure_persistence: None,
        ..Config::default()
    });
    let mut strategies = Strategies::new(schema);
    let sizes = Least::size(schema);
    let mut samples = Vec::new();
    for definition in constructors.chain(functions) {
        let combinator = definition.of(schema);
        let read_as = match (definition, &combinator.result) {
            (Definition::Constructor(_), Type::Boxed(at)) => &*schema.types[*at].name,
            _ => &*combinator.name,
        };
        let mut objects = vec![shortest_of(&sizes, definition)];
        let mut add = |strategy: &BoxedStrategy<Object>| match strategy.new_tree(&mut runner) {
            Ok(tree) => objects.push(tree.current()),
            Err(reason) => panic!("{}: {reason}", combinator.name),
        };
        add(&strategies.full(definition, FUEL));
        let any = strategies.definition(definition, FUEL);
        (0..random).for_each(|_| add(&any));
        samples.extend(objects.iter().map(|object| Sample {
            definition: &combinator.name,
            read_as,
            bytes: encode(schema, object).bytes,
        }));
    }
    samples
}

/// How deep values are nested, see [`Strategies`]: enough for each definition to hold others, and
/// few enough for a large layer.
const FUEL: u32 = 5;
