//! Random values of any schema: proptest strategies that follow from the checked schema.

use std::collections::HashMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use tl_schema_codegen::schema::{Combinator, Condition, Schema, Type};

use crate::dynamic::{Definition, Dynamic, Object, inner_call, is_flags_word};
use crate::least::Least;

/// Strategies for the values of one schema, made when asked for and kept.
///
/// Values of types that contain each other are cut short by *fuel*: each constructor takes one
/// unit, and when nothing is left, whatever can be absent or empty is, and of the constructors of
/// a type only those remain that need the fewest others.
pub struct Strategies<'s> {
    schema: &'s Schema,
    heights: Least<'s>,
    types: HashMap<(Type, u32), BoxedStrategy<Dynamic>>,
}

impl<'s> Strategies<'s> {
    /// Nothing is made yet.
    pub fn new(schema: &'s Schema) -> Self {
        Self {
            schema,
            heights: Least::height(schema),
            types: HashMap::new(),
        }
    }

    /// A constructor or a function with random arguments.
    pub fn definition(&mut self, definition: Definition, fuel: u32) -> BoxedStrategy<Object> {
        self.object(definition, fuel, false)
    }

    /// The same with every argument that there is fuel for.
    pub fn full(&mut self, definition: Definition, fuel: u32) -> BoxedStrategy<Object> {
        self.object(definition, fuel, true)
    }

    fn object(&mut self, definition: Definition, fuel: u32, full: bool) -> BoxedStrategy<Object> {
        let combinator = definition.of(self.schema);
        let members: Vec<_> = members(combinator)
            .iter()
            .filter_map(|member| self.member(combinator, member, fuel.saturating_sub(1), full))
            .collect();
        let count = combinator.fields.len();
        let object = members.prop_map(move |members| {
            let mut fields = vec![None; count];
            for (at, value) in members.into_iter().flatten() {
                fields[at] = Some(value);
            }
            Object { definition, fields }
        });
        object.boxed()
    }

    /// A value of the boxed type of this index.
    pub fn boxed(&mut self, at: usize, fuel: u32) -> BoxedStrategy<Object> {
        let room = fuel.max(self.heights.types[at]);
        let mut fitting = self.schema.types[at].constructors.clone();
        fitting.retain(|&it| self.heights.constructors[it] <= room);
        let constructors = fitting.into_iter().map(Definition::Constructor);
        Union::new(constructors.map(|it| self.definition(it, fuel))).boxed()
    }

    fn ty(&mut self, ty: &Type, fuel: u32) -> BoxedStrategy<Dynamic> {
        let key = (ty.clone(), fuel);
        if let Some(known) = self.types.get(&key) {
            return known.clone();
        }
        let strategy = match ty {
            Type::Int => ints().prop_map(Dynamic::Int).boxed(),
            Type::Flags => any::<u32>().prop_map(Dynamic::Word).boxed(),
            Type::Long => longs().prop_map(Dynamic::Long).boxed(),
            Type::Double => doubles().prop_map(Dynamic::Double).boxed(),
            Type::String => texts().prop_map(Dynamic::Text).boxed(),
            Type::Bytes => bytes().prop_map(Dynamic::Bytes).boxed(),
            Type::Int128 => raw(16),
            Type::Int256 => raw(32),
            Type::Int512 => raw(64),
            Type::Object => raw(12),
            Type::True => Just(Dynamic::True).boxed(),
            Type::Bool => any::<bool>().prop_map(Dynamic::Bool).boxed(),
            Type::Vector { element, .. } if self.heights.ty(element) > fuel => {
                Just(Dynamic::List(Vec::new())).boxed()
            }
            Type::Vector { element, .. } => {
                let elements = vec(self.ty(element, fuel), 0..=MOST_ELEMENTS);
                elements.prop_map(Dynamic::List).boxed()
            }
            Type::Repeat { count, element } => {
                let elements = vec(self.ty(element, fuel), *count as usize);
                elements.prop_map(Dynamic::List).boxed()
            }
            Type::Boxed(at) => self.boxed(*at, fuel).prop_map(Dynamic::Object).boxed(),
            Type::Bare(at) => {
                let bare = self.definition(Definition::Constructor(*at), fuel);
                bare.prop_map(Dynamic::Object).boxed()
            }
            // A parameter is the type of no field.
            Type::Call(_) | Type::Param(_) => {
                let call = self.definition(inner_call(self.schema), fuel);
                call.prop_map(Dynamic::Object).boxed()
            }
        };
        self.types.insert(key, strategy.clone());
        strategy
    }

    /// Fields that are present together, or none; nothing if there is no fuel for them.
    fn member(
        &mut self,
        combinator: &Combinator,
        (condition, fields): &(Option<Condition>, Vec<usize>),
        fuel: u32,
        full: bool,
    ) -> Option<BoxedStrategy<Vec<(usize, Dynamic)>>> {
        let height = |&at: &usize| self.heights.ty(&combinator.fields[at].ty);
        if condition.is_some() && fields.iter().map(height).any(|height| height > fuel) {
            return None;
        }
        let values: Vec<_> = fields
            .iter()
            .map(|&at| {
                let value = match &combinator.fields[at].ty {
                    Type::Flags => own_bits(combinator, at),
                    ty => self.ty(ty, fuel),
                };
                value.prop_map(move |value| (at, value))
            })
            .collect();
        Some(match condition {
            Some(_) if !full => proptest::option::of(values)
                .prop_map(Option::unwrap_or_default)
                .boxed(),
            _ => values.boxed(),
        })
    }
}

/// Fields by the bit under which they stand; those without one each for itself.
fn members(combinator: &Combinator) -> Vec<(Option<Condition>, Vec<usize>)> {
    let mut members: Vec<(Option<Condition>, Vec<usize>)> = Vec::new();
    for (at, field) in combinator.fields.iter().enumerate() {
        let known = members
            .iter_mut()
            .find(|(condition, _)| condition.is_some() && *condition == field.condition);
        match known {
            Some((_, fields)) => fields.push(at),
            None => members.push((field.condition, vec![at])),
        }
    }
    members
}

/// The bits of a `#` that announce no field: none in a flags word, any in another word.
fn own_bits(combinator: &Combinator, at: usize) -> BoxedStrategy<Dynamic> {
    let name = combinator.fields[at].name.as_deref().unwrap_or_default();
    let conditions = combinator.fields.iter().filter_map(|field| field.condition);
    let announcing = conditions.filter(|it| it.flags == at).map(|it| 1 << it.bit);
    let own = match is_flags_word(name, &Type::Flags) {
        true => 0,
        false => !announcing.fold(0, |all, bit: u32| all | bit),
    };
    any::<u32>()
        .prop_map(move |word| Dynamic::Word(word & own))
        .boxed()
}

fn ints() -> impl Strategy<Value = i32> {
    prop_oneof![any::<i32>(), select(vec![0, 1, -1, i32::MAX, i32::MIN])]
}

fn longs() -> impl Strategy<Value = i64> {
    let edges = vec![0, -1, i64::from(u32::MAX), i64::MAX, i64::MIN];
    prop_oneof![any::<i64>(), select(edges)]
}

/// Anything but NaN, which no `==` finds again.
fn doubles() -> impl Strategy<Value = f64> {
    use proptest::num::f64::{INFINITE, NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO | INFINITE
}

fn texts() -> impl Strategy<Value = String> {
    let short = vec(any::<char>(), 0..6).prop_map(String::from_iter);
    prop_oneof![15 => short, 1 => select(LENGTHS).prop_map(|len| "a".repeat(len))]
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let edge = select(LENGTHS).prop_flat_map(|len| vec(any::<u8>(), len));
    prop_oneof![15 => vec(any::<u8>(), 0..10), 1 => edge]
}

fn raw(len: usize) -> BoxedStrategy<Dynamic> {
    vec(any::<u8>(), len).prop_map(Dynamic::Raw).boxed()
}

const MOST_ELEMENTS: usize = 3;

/// Lengths of strings around the step from the short form to the long, at each padding.
const LENGTHS: &[usize] = &[252, 253, 254, 255, 256, 257];
