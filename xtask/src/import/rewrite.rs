//! A schema file with its definitions replaced by those of another layer, and its layout kept.

use std::collections::{BTreeMap, BTreeSet};

use tl_schema_codegen::print::print;
use tl_schema_codegen::source::Span;
use tl_schema_codegen::syntax::{Comment, Definition, Item, Section, Tree, TypeKind};

/// The old file with those definitions of the `new` one that are named in `keep`.
///
/// What both have keeps its place and its comments. What is new goes behind the last constructor
/// of its type or, if there is none, to a group of its own at the end of its section. A group
/// that loses all its definitions loses its heading.
pub(super) fn rewrite(old: &Tree, new: &Tree, keep: &BTreeSet<&str>, layer: u32) -> String {
    let legend = relayered(old, layer);
    let title = format!(" == New in layer {layer} ==");
    let mut items = Items {
        list: Vec::new(),
        group: None,
    };
    let mut wanted: BTreeMap<(bool, &str), (usize, &Definition)> = (new.definitions().enumerate())
        .filter(|(_, (_, definition))| keep.contains(definition.name.text))
        .map(|(at, (section, it))| ((section == Section::Types, it.name.text), (at, it)))
        .collect();
    let mut section = Section::Types;
    for (at, item) in old.items.iter().enumerate() {
        match item {
            Item::Definition(before) => {
                let found = wanted.remove(&(section == Section::Types, before.name.text));
                items.definition(found.map(|(_, after)| replaced(before, after)));
            }
            Item::Comment(comment) => {
                items.end_group();
                items.group = Some(Group {
                    start: items.list.len(),
                    emptied: None,
                });
                let text = legend.get(&at).map_or(comment.text, String::as_str);
                items.list.push(Item::Comment(Comment { text, ..*comment }));
            }
            Item::Section(marker, _) => {
                items.end_group();
                section = *marker;
                items.list.push(item.clone());
            }
            Item::Blank => items.blank(),
        }
    }
    items.end_group();
    let mut added: Vec<_> = wanted.into_iter().collect();
    added.sort_by_key(|(_, (order, _))| *order);
    for ((is_type, _), (_, definition)) in added {
        let section = if is_type {
            Section::Types
        } else {
            Section::Functions
        };
        items.add(section, definition, &title);
    }
    print(&Tree { items: items.list })
}

/// The new definition with the comments of the old one.
fn replaced<'a>(old: &Definition<'a>, new: &Definition<'a>) -> Definition<'a> {
    Definition {
        comments: old.comments.clone(),
        trailing: old.trailing.clone(),
        ..new.clone()
    }
}

/// The items of the file in the making.
struct Items<'a> {
    list: Vec<Item<'a>>,
    group: Option<Group>,
}

/// What stands below a comment that belongs to no definition.
struct Group {
    /// Where the comment is.
    start: usize,
    /// Whether all definitions so far were left out; none if there were none.
    emptied: Option<bool>,
}

impl<'a> Items<'a> {
    fn definition(&mut self, definition: Option<Definition<'a>>) {
        if let Some(group) = &mut self.group {
            group.emptied = Some(group.emptied.unwrap_or(true) && definition.is_none());
        }
        self.list.extend(definition.map(Item::Definition));
    }

    fn blank(&mut self) {
        if !matches!(self.list.last(), None | Some(Item::Blank)) {
            self.list.push(Item::Blank);
        }
    }

    fn end_group(&mut self) {
        if let Some(Group {
            start,
            emptied: Some(true),
        }) = self.group.take()
        {
            self.list.truncate(start);
        }
    }

    fn add(&mut self, section: Section, definition: &Definition<'a>, title: &'a str) {
        let new = Item::Definition(Definition {
            comments: Vec::new(),
            trailing: Vec::new(),
            ..definition.clone()
        });
        let alike =
            |other: &Definition| section == Section::Types && result(other) == result(definition);
        if let Some(at) = self.last(section, alike) {
            self.list.insert(at + 1, new);
            return;
        }
        let end = self
            .last(section, |_| true)
            .map_or(self.list.len(), |at| at + 1);
        let is_heading = |item: &&Item| matches!(item, Item::Comment(_) | Item::Section(..));
        let mut group = Vec::new();
        match self.list[..end].iter().rfind(is_heading) {
            Some(Item::Comment(comment)) if comment.text == title => {}
            _ => {
                let comment = Comment {
                    block: false,
                    text: title,
                    span: Span::default(),
                };
                group.extend([Item::Blank, Item::Comment(comment), Item::Blank]);
            }
        }
        group.push(new);
        self.list.splice(end..end, group);
    }

    /// Where the last definition of a section stands that `is` accepts.
    fn last(&self, section: Section, is: impl Fn(&Definition) -> bool) -> Option<usize> {
        let (mut now, mut last) = (Section::Types, None);
        for (at, item) in self.list.iter().enumerate() {
            match item {
                Item::Section(marker, _) => now = *marker,
                Item::Definition(it) if now == section && is(it) => last = Some(at),
                _ => {}
            }
        }
        last
    }
}

fn result<'a>(definition: &Definition<'a>) -> &'a str {
    match definition.result.kind {
        TypeKind::Named { name, .. } => name,
        _ => "",
    }
}

/// The comments on top that name the layer, by their index, with the new number instead.
fn relayered(old: &Tree, layer: u32) -> BTreeMap<usize, String> {
    let Some(before) = old.layer() else {
        return BTreeMap::new();
    };
    let top = old.items.iter().enumerate();
    let top = top.take_while(|(_, it)| matches!(it, Item::Comment(_) | Item::Blank));
    let comments = top.filter_map(|(at, item)| match item {
        Item::Comment(comment) => Some((at, with_number(comment.text, before, layer))),
        _ => None,
    });
    comments.collect()
}

/// The text with the new number wherever the old one follows the word `layer`.
fn with_number(text: &str, old: u32, new: u32) -> String {
    let old = old.to_string();
    let mut after_layer = false;
    let words = text.split(' ').map(|word| {
        let number = std::mem::replace(&mut after_layer, word.eq_ignore_ascii_case("layer"));
        match word.strip_prefix(&*old) {
            Some(rest) if number && !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) => {
                format!("{new}{rest}")
            }
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use tl_schema_codegen::parser::parse;
    use tl_schema_codegen::source::Source;

    use super::*;

    const OLD: &str = "\
// LAYER 7
//
// Taken from layer 7, not from layer 70.

---types---

// == First ==

// Stays.
a#1 x:int = A; // as it is
b#2 = A;

// == Second ==

c#3 = C;

---functions---

// == Calls ==

f#4 = A;
";

    #[track_caller]
    fn check(new: &str, keep: &[&str], expected: &str) {
        let (old, new) = (Source::new("old", OLD), Source::new("new", new));
        let ((old, no_errors), (new, errors)) = (parse(&old, 0), parse(&new, 1));
        assert_eq!((no_errors.errors(), errors.errors()), (0, 0));
        assert_eq!(
            rewrite(&old, &new, &keep.iter().copied().collect(), 8),
            expected
        );
    }

    #[test]
    fn what_stays_keeps_its_place_and_its_comments() {
        let new = "c#3 = C; /* other */ b#2 = A; a#5 x:long = A; ---functions--- f#4 = A;";
        let expected = OLD
            .replace("a#1 x:int", "a#5 x:long")
            .replace("LAYER 7", "LAYER 8");
        check(
            new,
            &["a", "b", "c", "f"],
            &expected.replace("layer 7,", "layer 8,"),
        );
    }

    #[test]
    fn what_is_new_goes_to_its_type_or_to_the_end() {
        let new = "
            a#1 x:int = A; b#2 = A; n#11 = N; d#6 = A; c#3 = C; m#12 = N;
            ---functions--- g#13 = A; f#4 = A; h#14 = A;
        ";
        let expected = "\
// LAYER 8
//
// Taken from layer 8, not from layer 70.

---types---

// == First ==

// Stays.
a#1 x:int = A; // as it is
b#2 = A;
d#6 = A;

// == Second ==

c#3 = C;

// == New in layer 8 ==

n#11 = N;
m#12 = N;

---functions---

// == Calls ==

f#4 = A;

// == New in layer 8 ==

g#13 = A;
h#14 = A;
";
        check(
            new,
            &["a", "b", "c", "d", "n", "m", "f", "g", "h"],
            expected,
        );
    }

    /// `c` moved among the functions, and is another thing there.
    #[test]
    fn a_group_without_definitions_goes() {
        let expected = "\
// LAYER 8
//
// Taken from layer 8, not from layer 70.

---types---

// == First ==

b#2 = A;

---functions---

// == Calls ==

f#4 = A;

// == New in layer 8 ==

c#3 = A;
";
        check(
            "b#2 = A; d#9 = A; ---functions--- f#4 = A; c#3 = A;",
            &["b", "c", "f"],
            expected,
        );
    }
}
