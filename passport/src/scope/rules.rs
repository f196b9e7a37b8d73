//! Which scopes may be requested.
//!
//! Source: protocol reference, section 5.4 (validity rules). The rules about the JSON itself are
//! in `parse`.

use super::error::{Place, ScopeError, ScopeOption, ScopeProblem};
use super::{Kind, Member, Name, Options, ScopeElement};
use crate::ElementType;

/// Finds the first element that breaks a rule.
pub(super) fn check(elements: &[ScopeElement]) -> Result<(), ScopeError> {
    if elements.is_empty() {
        return Err(Place::DATA.error(ScopeProblem::Empty));
    }
    let mut seen = Vec::new();
    for (index, element) in elements.iter().enumerate() {
        let place = Place::element(index);
        match &element.kind {
            Kind::One(name) => {
                options(*name, element.options, place)?;
                once(*name, place, &mut seen)?;
            }
            Kind::OneOf(list) => members(list, element.options, place, &mut seen)?,
        }
    }
    Ok(())
}

fn members(
    members: &[Member],
    common: Options,
    place: Place,
    seen: &mut Vec<(ElementType, Place)>,
) -> Result<(), ScopeError> {
    let Some(first) = members.first() else {
        return Err(place.key("one_of").error(ScopeProblem::NoAlternatives));
    };
    for (index, member) in members.iter().enumerate() {
        let place = place.member(index);
        let problem = match (group(first.name), group(member.name), member.name) {
            (_, _, Name::Alias(alias)) => {
                Some(ScopeProblem::AliasAmongAlternatives { name: alias.name() })
            }
            (_, None, Name::Type(element)) => Some(ScopeProblem::NoAlternative { element }),
            (first, own, _) if first != own => Some(ScopeProblem::MixedAlternatives),
            _ => None,
        };
        if let Some(problem) = problem {
            return Err(place.error(problem));
        }
        options(member.name, member.options, place)?;
        once(member.name, place, seen)?;
    }
    // All are of one group, so what one may have all may.
    options(first.name, common, place)
}

/// Each option only where there is something that it could mean.
fn options(name: Name, options: Options, place: Place) -> Result<(), ScopeError> {
    let allowed = |option| {
        let mut elements = name.elements().iter();
        elements.all(|element| match option {
            ScopeOption::Selfie => element.may_have_selfie(),
            ScopeOption::Translation => element.may_have_translation(),
            ScopeOption::NativeNames => *element == ElementType::PersonalDetails,
        })
    };
    let Some(option) = options.set().find(|&option| !allowed(option)) else {
        return Ok(());
    };
    let name = name.name();
    let problem = ScopeProblem::OptionNotAllowed { option, name };
    Err(place.key(option.name()).error(problem))
}

/// Each type at most once in the whole scope; an alias counts as what it stands for.
fn once(name: Name, place: Place, seen: &mut Vec<(ElementType, Place)>) -> Result<(), ScopeError> {
    for &element in name.elements() {
        if let Some((_, first)) = seen.iter().find(|(it, _)| *it == element) {
            let first = first.to_string();
            return Err(place.error(ScopeProblem::Twice { element, first }));
        }
        seen.push((element, place));
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Identity,
    Address,
}

/// The group within which a type may stand for another, if there is one.
fn group(name: Name) -> Option<Group> {
    let element = name.element()?;
    if element.is_identity_document() {
        Some(Group::Identity)
    } else if element.is_address_document() {
        Some(Group::Address)
    } else {
        None
    }
}
