//! Whether a submission holds what was asked for.
//!
//! Source: protocol reference, sections 5.3 (options), 6 (parts) and 1.3 (what clients leave out).

use core::fmt;

use crate::document::PersonalDetailsField;
use crate::element::ElementType;
use crate::scope::{Required, Scope};
use crate::submission::{Element, FilePart, Finding, Part, Submission};

impl Scope {
    /// Compares a submission with this request, row by row.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use telegram_passport::scope::Scope;
    /// # use telegram_passport::submission::Submission;
    /// # fn handle(scope: &Scope, submission: &Submission) {
    /// let fulfilment = scope.check(submission);
    /// for row in fulfilment.unmet() {
    ///     println!("asked for, but not there: {row}");
    /// }
    /// # }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn check(&self, submission: &Submission) -> Fulfilment {
        let row = |(index, element): (usize, &crate::scope::ScopeElement)| Row {
            index,
            alternatives: element
                .alternatives()
                .map(|required| of(required, submission))
                .collect(),
        };
        Fulfilment {
            rows: self.elements().iter().enumerate().map(row).collect(),
        }
    }
}

/// A request beside what came in answer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fulfilment {
    rows: Vec<Row>,
}

impl Fulfilment {
    /// One row for each element of the scope, in its order.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whether everything that was asked for is there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.unmet().next().is_none()
    }

    /// The rows that are not met.
    pub fn unmet(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.met_by().is_none())
    }
}

/// An element of the scope: one type, or several of which one suffices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    index: usize,
    alternatives: Vec<Alternative>,
}

impl Row {
    /// Its place in the scope, from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// The types of which any one would do, in the order of the scope.
    #[must_use]
    pub fn alternatives(&self) -> &[Alternative] {
        &self.alternatives
    }

    /// The first alternative that has everything.
    #[must_use]
    pub fn met_by(&self) -> Option<ElementType> {
        self.alternatives
            .iter()
            .find(|one| one.is_met())
            .map(|one| one.element_type)
    }
}

/// What is missing, alternative by alternative.
impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, alternative) in self.alternatives.iter().enumerate() {
            let or = if index == 0 { "" } else { ", or " };
            write!(f, "{or}{}", alternative.element_type)?;
            for (index, (ingredient, state)) in alternative.missing().enumerate() {
                let sign = if index == 0 { " (" } else { ", " };
                write!(f, "{sign}{ingredient} {state}")?;
            }
            if !alternative.is_met() {
                f.write_str(")")?;
            }
        }
        Ok(())
    }
}

/// One type that would do, with the state of each thing that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    element_type: ElementType,
    states: Vec<(Ingredient, State)>,
}

impl Alternative {
    /// The type.
    #[must_use]
    pub fn element_type(&self) -> ElementType {
        self.element_type
    }

    /// Everything that an element of this type can bring, with its state.
    #[must_use]
    pub fn states(&self) -> &[(Ingredient, State)] {
        &self.states
    }

    /// What was asked for and is not there, with the reason.
    pub fn missing(&self) -> impl Iterator<Item = (Ingredient, State)> + '_ {
        let missing = |(_, state): &(Ingredient, State)| {
            matches!(state, State::NotSent | State::NoCredentials)
        };
        self.states.iter().copied().filter(missing)
    }

    /// Whether everything that was asked for is there.
    ///
    /// Native names count, though a client does not ask its user for them if the language of the
    /// country of residence is English: see [`Ingredient::NativeNames`].
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.missing().next().is_none()
    }
}

/// What an element consists of, as far as a request is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ingredient {
    /// The JSON document.
    Data,
    /// The front side.
    FrontSide,
    /// The reverse side.
    ReverseSide,
    /// The selfie.
    Selfie,
    /// At least one page of translation.
    Translation,
    /// At least one file.
    Files,
    /// First and last name in the language of the country of residence. A service that serves
    /// countries where that is English may accept that they are missing.
    NativeNames,
    /// The text of a phone number or an e-mail address.
    Text,
}

impl fmt::Display for Ingredient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Data => "data",
            Self::FrontSide => "front_side",
            Self::ReverseSide => "reverse_side",
            Self::Selfie => "selfie",
            Self::Translation => "translation",
            Self::Files => "files",
            Self::NativeNames => "native_names",
            Self::Text => "text",
        })
    }
}

/// Whether something is there, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is there and can be used.
    Present,
    /// It is not there, and was not asked for.
    NotAsked,
    /// It was asked for, and the user did not send it.
    NotSent,
    /// It was asked for and sent, but without the secret that opens it.
    NoCredentials,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Present => "is there",
            Self::NotAsked => "was not asked for",
            Self::NotSent => "was not sent",
            Self::NoCredentials => "was sent without credentials",
        })
    }
}

fn of(required: Required, submission: &Submission) -> Alternative {
    let kind = required.element;
    let asked = [
        (Ingredient::Data, kind.has_data(), true),
        (Ingredient::FrontSide, kind.has_front_side(), true),
        (Ingredient::ReverseSide, kind.has_reverse_side(), true),
        (Ingredient::Files, kind.has_files(), true),
        (Ingredient::Selfie, kind.may_have_selfie(), required.selfie),
        (
            Ingredient::Translation,
            kind.may_have_translation(),
            required.translation,
        ),
        (
            Ingredient::NativeNames,
            kind == ElementType::PersonalDetails,
            required.native_names,
        ),
        (Ingredient::Text, kind.is_plain(), true),
    ];
    let state = |(ingredient, possible, asked): (Ingredient, bool, bool)| {
        let state = match (has(submission.get(kind), ingredient), asked) {
            _ if !possible => return None,
            (true, _) => State::Present,
            (false, false) => State::NotAsked,
            (false, true) if closed(submission, kind, ingredient) => State::NoCredentials,
            (false, true) => State::NotSent,
        };
        Some((ingredient, state))
    };
    Alternative {
        element_type: kind,
        states: asked.into_iter().filter_map(state).collect(),
    }
}

fn has(element: Option<&Element>, ingredient: Ingredient) -> bool {
    match (element, ingredient) {
        (Some(Element::PersonalDetails(element)), Ingredient::NativeNames) => {
            let names = [
                PersonalDetailsField::FirstNameNative,
                PersonalDetailsField::LastNameNative,
            ];
            let details = element.data().map(|data| data.document());
            details.is_some_and(|details| names.iter().all(|name| details.get(*name).is_some()))
        }
        (Some(Element::PersonalDetails(element)), Ingredient::Data) => element.data().is_some(),
        (Some(Element::Address(element)), Ingredient::Data) => element.data().is_some(),
        (Some(Element::IdentityDocument(document)), ingredient) => match ingredient {
            Ingredient::Data => document.data().is_some(),
            Ingredient::FrontSide => document.front_side().is_some(),
            Ingredient::ReverseSide => document.reverse_side().is_some(),
            Ingredient::Selfie => document.selfie().is_some(),
            Ingredient::Translation => document.translation().is_some(),
            _ => false,
        },
        (Some(Element::AddressDocument(document)), Ingredient::Files) => document.files().is_some(),
        (Some(Element::AddressDocument(document)), Ingredient::Translation) => {
            document.translation().is_some()
        }
        (Some(Element::PhoneNumber(_) | Element::Email(_)), Ingredient::Text) => true,
        _ => false,
    }
}

/// Whether it was sent without credentials.
fn closed(submission: &Submission, kind: ElementType, ingredient: Ingredient) -> bool {
    submission.findings().iter().any(|finding| match finding {
        Finding::NoCredentials(element, part) => *element == kind && is(*part, ingredient),
        _ => false,
    })
}

fn is(part: Part, ingredient: Ingredient) -> bool {
    let ingredient_of_part = match part {
        Part::Data => Ingredient::Data,
        Part::File(FilePart::FrontSide) => Ingredient::FrontSide,
        Part::File(FilePart::ReverseSide) => Ingredient::ReverseSide,
        Part::File(FilePart::Selfie) => Ingredient::Selfie,
        Part::File(FilePart::Translation(_)) => Ingredient::Translation,
        Part::File(FilePart::Files(_)) => Ingredient::Files,
    };
    ingredient_of_part == ingredient
        || (ingredient == Ingredient::NativeNames && part == Part::Data)
}
