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
        self.list
            .extend(definition.map(|it| Item::Definition(Box::new(it))));
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
        let new = Item::Definition(Box::new(Definition {
            comments: Vec::new(),
            trailing: Vec::new(),
            ..definition.clone()
        }));
        let alike =
            |other: &Definition| section == Section::Types && result(other) == result(definition);
        if let Some(at) = self.last(section, alike) {
            self.list.insert(at + 1, new);
            return;
        }
        let end = self
            .last(section, |_| true)
            .map_or(self.list.len(), |at| at + 1);
        let group = self.list[..end].iter().rposition(|item| match item {
            Item::Comment(comment) => comment.text == title,
            _ => false,
        });
        let mut group_items = Vec::new();
        if group.is_none_or(|at| {
            self.list[at..end]
                .iter()
                .any(|it| matches!(it, Item::Section(..)))
        }) {
            let comment = Comment {
                block: false,
                text: title,
                span: Span::default(),
            };
            group_items = vec![Item::Blank, Item::Comment(comment), Item::Blank];
        }
        group_items.push(new);
        self.list.splice(end..end, group_items);
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
