//! Ids that the original parser computes, as a list of others.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tl_schema_codegen::ids::{self, Dialect};
use tl_schema_codegen::syntax::Tree;

use crate::failure::{Failure, shown};

/// Ids by schema and name; empty if there is no list.
pub(super) struct Oracle(BTreeMap<String, BTreeMap<String, u32>>);

impl Oracle {
    pub(super) fn read(root: &Path, path: Option<&Path>) -> Result<Self, Failure> {
        let default = root.join("conformance/vectors/reference_ids.tsv");
        let path = match path {
            Some(path) => path,
            None if default.is_file() => &default,
            None => return Ok(Self(BTreeMap::new())),
        };
        let text = fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))?;
        let mut list = BTreeMap::new();
        for (at, line) in text.lines().enumerate() {
            let mut columns = line.split('\t');
            let (schema, name) = (columns.next(), columns.next());
            let id = columns
                .next()
                .and_then(|id| u32::from_str_radix(id, 16).ok());
            let (Some(schema), Some(name), Some(id)) = (schema, name, id) else {
                let message = format!("{}:{} is not schema, name and id", shown(path), at + 1);
                return Err(Failure::trouble(message));
            };
            let ids: &mut BTreeMap<_, _> = list.entry(schema.to_owned()).or_default();
            ids.insert(name.to_owned(), id);
        }
        Ok(Self(list))
    }

    /// How many ids of a schema are compared; none if the list does not have it.
    pub(super) fn len(&self, schema: &str) -> Option<usize> {
        self.0.get(schema).map(BTreeMap::len)
    }

    /// Names whose id, explicit or else computed, is not the listed one, or that only one has.
    pub(super) fn differences(&self, schema: &str, tree: &Tree, dialect: Dialect) -> Vec<String> {
        let Some(listed) = self.0.get(schema) else {
            return Vec::new();
        };
        let ours: BTreeMap<&str, u32> = (tree.definitions())
            .map(|(_, it)| {
                (
                    it.name.text,
                    it.id.unwrap_or_else(|| ids::compute(it, dialect)),
                )
            })
            .collect();
        let names = listed
            .keys()
            .map(String::as_str)
            .chain(ours.keys().copied());
        let mut different: Vec<String> = names
            .filter(|name| listed.get(*name) != ours.get(name))
            .map(str::to_owned)
            .collect();
        different.sort();
        different.dedup();
        different
    }
}
