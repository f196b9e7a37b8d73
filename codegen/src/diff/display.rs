//! A diff as a person reads it.

use std::fmt::{Display, Formatter, Result};

use super::{Breaks, Change, Definition, Diff, Impact, Kind, What};

/// Counts first, then what was removed, added and changed, each with whom it breaks.
impl Display for Diff {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let [Some(old), Some(new)] = self.layers {
            writeln!(f, "layer {old} -> {new}")?;
        }
        let Self {
            added,
            removed,
            changed,
            ..
        } = self;
        let (added_count, removed_count) = (added.len(), removed.len());
        write!(
            f,
            "{added_count} added, {removed_count} removed, {} changed",
            changed.len()
        )?;
        writeln!(
            f,
            "; {} keep their id while their text changes",
            self.id_kept().count()
        )?;
        for (title, mark, definitions) in [("removed", '-', removed), ("added", '+', added)] {
            if !definitions.is_empty() {
                writeln!(f, "\n{title}")?;
            }
            for Definition { kind, text, impact } in definitions {
                writeln!(f, "  {mark} {kind} {text}")?;
                if *impact != Impact::default() {
                    writeln!(f, "      {impact}")?;
                }
            }
        }
        if !changed.is_empty() {
            writeln!(f, "\nchanged")?;
        }
        changed.iter().try_for_each(|change| write!(f, "{change}"))
    }
}

impl Display for Change {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Self {
            kind,
            name,
            id_kept,
            details,
            impact,
            ..
        } = self;
        let id = if *id_kept { ", id kept" } else { "" };
        writeln!(f, "  ~ {kind} {name}{id}: {impact}")?;
        details
            .iter()
            .try_for_each(|detail| writeln!(f, "      {}", detail.what))
    }
}

impl Display for What {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            What::Id([old, new]) => write!(f, "id {old:08x} -> {new:08x}"),
            What::Name([old, new]) => write!(f, "name {old} -> {new}"),
            What::Result([old, new]) => write!(f, "= {old} -> = {new}"),
            What::TypeParams => write!(f, "type parameters"),
            What::FieldAdded(field) => write!(f, "+ {field}"),
            What::FieldRemoved(field) => write!(f, "- {field}"),
            What::Field([old, new]) => write!(f, "{old} -> {new}"),
            What::FieldName([old, new]) => write!(f, "field name {old} -> {new}"),
            What::Order => write!(f, "order of the fields"),
            What::Spelling => write!(f, "spelling alone"),
        }
    }
}

impl Display for Kind {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Kind::Constructor => "constructor",
            Kind::Function => "function",
        })
    }
}

impl Display for Impact {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let side = |breaks, who: &str| match breaks {
            Breaks::Never => None,
            Breaks::IfStrict => Some(format!("{who} where unknown flag bits are refused")),
            Breaks::Sometimes => Some(format!("{who} on some values")),
            Breaks::Always => Some(who.to_owned()),
        };
        let sides = [side(self.readers, "readers"), side(self.writers, "writers")];
        match sides {
            [Some(readers), Some(writers)] => write!(f, "breaks {readers} and {writers}"),
            [Some(one), None] | [None, Some(one)] => write!(f, "breaks {one}"),
            [None, None] => write!(f, "breaks nobody"),
        }
    }
}
