//! A file of vectors in the making.

use serde_json::{Map, Value, json};

/// A file of one kind; all of its vectors are valid.
pub(super) struct VectorFile {
    algorithm: &'static str,
    header: &'static str,
    notes: Map<String, Value>,
    groups: Vec<Group>,
    count: usize,
}

struct Group {
    kind: &'static str,
    /// What its vectors have in common, such as a key.
    fields: Value,
    tests: Vec<Value>,
}

impl VectorFile {
    /// `notes` explains each flag.
    pub(super) fn new(
        algorithm: &'static str,
        header: &'static str,
        notes: &[(&str, &str)],
    ) -> Self {
        let notes = notes.iter().map(|(flag, description)| {
            let note = json!({"bugType": "BASIC", "description": description});
            ((*flag).to_owned(), note)
        });
        Self {
            algorithm,
            header,
            notes: notes.collect(),
            groups: Vec::new(),
            count: 0,
        }
    }

    /// Adds a vector to the group of this kind that has these fields.
    pub(super) fn test(
        &mut self,
        kind: &'static str,
        fields: &Value,
        flag: &str,
        comment: String,
        mut test: Value,
    ) {
        debug_assert!(self.notes.contains_key(flag), "{flag}");
        self.count += 1;
        test["tcId"] = self.count.into();
        test["comment"] = comment.into();
        test["flags"] = json!([flag]);
        test["result"] = "valid".into();
        let mut groups = self.groups.iter_mut();
        match groups.find(|it| it.kind == kind && it.fields == *fields) {
            Some(group) => group.tests.push(test),
            None => self.groups.push(Group {
                kind,
                fields: fields.clone(),
                tests: vec![test],
            }),
        }
    }

    /// How many vectors there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn to_json(&self, seed: u64) -> String {
        let groups = self.groups.iter().map(|group| {
            let mut object = group.fields.clone();
            object["type"] = group.kind.into();
            object["tests"] = group.tests.clone().into();
            object
        });
        let file = json!({
            "algorithm": self.algorithm,
            "generator": format!("cargo run -p conformance -- made --seed {seed}"),
            "generatorVersion": "1",
            "numberOfTests": self.count,
            "header": [self.header],
            "notes": self.notes,
            "testGroups": groups.collect::<Vec<_>>(),
        });
        format!("{file:#}\n")
    }
}
