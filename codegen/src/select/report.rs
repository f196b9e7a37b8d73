//! How much was selected, and what drags in what.

use std::fmt;

use super::graph::{Closure, Graph, Node, leaf};
use crate::schema::Schema;

/// Why each type of a selection is in it, and what it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What was selected in all.
    pub counts: Counts,
    /// A row for each boxed type, the most expensive ones first.
    pub rows: Vec<Row>,
}

/// How one boxed type came into a selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The type.
    pub name: String,
    /// What the selection would lose if the type were made opaque, itself included.
    pub alone: Counts,
    /// What the type reaches, whether or not others reach it as well.
    pub reaches: Counts,
    /// The shortest way from a root: the root's name, then `constructor.field` for each step.
    pub path: Vec<String>,
}

/// Numbers of definitions.
///
/// `Bool` counts as a type with two constructors where it is used; types of which only single
/// constructors were selected, and opaque ones, do not count as types.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counts {
    /// Functions.
    pub methods: usize,
    /// Boxed types.
    pub types: usize,
    /// Constructors.
    pub constructors: usize,
}

impl Counts {
    /// Counts a whole schema.
    pub fn of(schema: &Schema) -> Self {
        let definitions = schema.constructors.iter().chain(&schema.functions);
        let types =
            definitions.flat_map(|it| it.fields.iter().map(|at| &at.ty).chain([&it.result]));
        let bool_used = usize::from(types.into_iter().any(|ty| leaf(ty) == Some(Node::Bool)));
        let whole = schema
            .types
            .iter()
            .filter(|ty| !ty.partial && !ty.constructors.is_empty());
        Self {
            methods: schema.functions.len(),
            types: whole.count() + bool_used,
            constructors: schema.constructors.len() + 2 * bool_used,
        }
    }

    /// Definitions in all: methods and constructors.
    pub fn definitions(self) -> usize {
        self.methods + self.constructors
    }

    pub(super) fn of_closure(graph: &Graph, closure: &Closure) -> Self {
        let mut counts = Self::default();
        for node in &closure.order {
            match *node {
                Node::Function(_) => counts.methods += 1,
                Node::Constructor(_) => counts.constructors += 1,
                Node::Type(at) => counts.types += usize::from(!graph.is_opaque(at)),
                Node::Bool => {
                    counts.types += 1;
                    counts.constructors += 2;
                }
            }
        }
        counts
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            methods,
            types,
            constructors,
        } = self;
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        write!(f, "{methods} method{}, ", plural(*methods))?;
        write!(f, "{constructors} constructor{} of ", plural(*constructors))?;
        write!(f, "{types} type{}", plural(*types))
    }
}

/// A table, the most expensive types first.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self
            .rows
            .iter()
            .map(|row| row.name.len())
            .max()
            .unwrap_or(0)
            .max(4);
        writeln!(f, "{}; those that each type drags in:", self.counts)?;
        writeln!(
            f,
            "{:width$}  {:>9}  {:>9}  first reached through",
            "type", "alone", "reaches"
        )?;
        for Row {
            name,
            alone,
            reaches,
            path,
        } in &self.rows
        {
            let short = |counts: &Counts| format!("{}/{}", counts.types, counts.constructors);
            let (alone, reaches) = (short(alone), short(reaches));
            writeln!(
                f,
                "{name:width$}  {alone:>9}  {reaches:>9}  {}",
                path.join(" > ")
            )?;
        }
        Ok(())
    }
}

pub(super) fn report(graph: &Graph, roots: &[Node]) -> Report {
    let reached = graph.closure(roots, None);
    let all = Counts::of_closure(graph, &reached);
    let is_type = |node: &&Node| match node {
        Node::Type(at) => !graph.is_opaque(*at),
        Node::Bool => true,
        _ => false,
    };
    let mut rows: Vec<Row> = (reached.order.iter().filter(is_type))
        .map(|&node| {
            let rest = Counts::of_closure(graph, &graph.closure(roots, Some(node)));
            Row {
                name: name(graph, node).to_owned(),
                alone: Counts {
                    methods: 0,
                    types: all.types - rest.types,
                    constructors: all.constructors - rest.constructors,
                },
                reaches: Counts::of_closure(graph, &graph.closure(&[node], None)),
                path: path(graph, &reached, node),
            }
        })
        .collect();
    rows.sort_by(|a, b| {
        let cost = |row: &Row| (row.alone.constructors, row.alone.types);
        cost(b).cmp(&cost(a)).then_with(|| a.name.cmp(&b.name))
    });
    Report { counts: all, rows }
}

fn path(graph: &Graph, reached: &Closure, mut node: Node) -> Vec<String> {
    let mut path = Vec::new();
    while let Some(step) = reached.step(graph.index(node)) {
        if let Some(field) = step.field {
            path.push(format!(
                "{}.{}",
                name(graph, step.from),
                field_name(graph, step.from, field)
            ));
        } else if let Node::Function(_) = step.from {
            path.push(name(graph, step.from).to_owned());
        }
        node = step.from;
    }
    if path.is_empty() {
        path.push(name(graph, node).to_owned());
    }
    path.reverse();
    path
}

fn name<'a>(graph: &Graph<'a>, node: Node) -> &'a str {
    match node {
        Node::Function(at) => &graph.schema.functions[at].name,
        Node::Constructor(at) => &graph.schema.constructors[at].name,
        Node::Type(at) => &graph.schema.types[at].name,
        Node::Bool => "Bool",
    }
}

/// The field's name, or its place if it has none.
fn field_name(graph: &Graph, node: Node, field: usize) -> String {
    let combinator = match node {
        Node::Function(at) => &graph.schema.functions[at],
        Node::Constructor(at) => &graph.schema.constructors[at],
        Node::Type(_) | Node::Bool => return field.to_string(),
    };
    combinator.fields[field]
        .name
        .clone()
        .unwrap_or_else(|| field.to_string())
}
