//! A form beside what is stored: what is there, what is missing, what is to be sent.
//!
//! Source: protocol reference, sections 1.3 (U6, U8, choosing), 6 (completeness) and 11.4 (errors).

use core::fmt;

use super::Form;
use super::blame::{Blame, Replacement};
use super::choice::Choice;
use super::lack::{Incomplete, Lack, MissingRow};
use super::rows::FormRow;
use crate::client::StoredValues;
use crate::client::config::{NativeNamesForm, PassportConfig};
use crate::client::stored::{StoredContent, StoredError, StoredValue};
use crate::client::submit::Disclosure;
use crate::client::unlocked::Unlocked;
use crate::document::{NativeNames, PersonalDetails, PersonalDetailsField, Violations};
use crate::element::ElementType;
use crate::fulfilment::Ingredient;
use crate::scope::Required;

impl Form {
    /// Opens what is stored, so that it can be shown, changed and sent.
    ///
    /// A value that does not open is reported and left alone: it stays on the server until the user
    /// saves another one in its place.
    #[must_use]
    pub fn review(self, unlocked: &Unlocked, config: &PassportConfig) -> Review {
        let values = self.values.iter().cloned().map(Into::into);
        Review {
            blames: self.blames.clone(),
            stored: StoredValues::open(values, unlocked),
            form: self,
            config: config.clone(),
        }
    }
}

/// A form in the user's hands.
///
/// ```
/// # async fn example<C: telegram_passport::client::Connection>(connection: &C, form: telegram_passport::client::Form, unlocked: &telegram_passport::client::Unlocked) -> Result<(), Box<dyn std::error::Error>>
/// # where C::Error: Send + Sync {
/// use telegram_passport::client::PassportConfig;
///
/// let review = form.review(unlocked, &PassportConfig::unknown());
/// match review.choose() {
///     Ok(choice) => choice.submit(connection, &mut getrandom::SysRng).await?,
///     Err(incomplete) => println!("{incomplete}"),
/// }
/// # Ok(())
/// # }
/// ```
pub struct Review {
    form: Form,
    stored: StoredValues,
    blames: Vec<Blame>,
    config: PassportConfig,
}

impl Review {
    /// The form.
    #[must_use]
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// The stored value of that type, if there is one that opens.
    #[must_use]
    pub fn value(&self, element: ElementType) -> Option<&StoredValue> {
        self.stored.get(element)
    }

    /// The stored values that do not open, with the reasons.
    #[must_use]
    pub fn unusable(&self) -> &[StoredError] {
        &self.stored.unusable
    }

    /// The complaints of the service that still stand.
    #[must_use]
    pub fn blames(&self) -> &[Blame] {
        &self.blames
    }

    /// Takes a value that was just saved in the place of the old one. Complaints about what has
    /// changed are over: about a field if its text is another, about a file if it is gone, about a
    /// list if it is another, about the value as a whole in any case.
    pub fn put(&mut self, value: StoredValue) {
        let element = value.element_type();
        let old = self.stored.get(element);
        let replacement = old.map(|old| Replacement::new(old, &value));
        self.blames.retain(|blame| {
            let stands = |it: &Replacement<'_>| !it.resolves(blame);
            blame.element_type() != element || replacement.as_ref().is_some_and(stands)
        });
        let stored = &mut self.stored;
        stored
            .unusable
            .retain(|error| error.element_type() != element);
        stored.values.retain(|it| it.element_type() != element);
        stored.values.push(value);
    }

    /// What is still to be done about one alternative of the form, in the order in which a user is
    /// led through it: the document itself, its other sides, its translation, then what the service
    /// complains about. Empty if it is ready.
    #[must_use]
    pub fn lacks(&self, required: Required) -> Vec<Lack> {
        let element = required.element;
        let mut lacks = Vec::new();
        if self
            .unusable()
            .iter()
            .any(|error| error.element_type() == element)
        {
            lacks.push(Lack::Unusable);
        } else if let Some(value) = self.stored.get(element) {
            self.lacks_of(required, value, &mut lacks);
        } else {
            lacks.push(Lack::Missing(first_ingredient(element)));
        }
        let blames = self.blames.iter();
        let blames = blames.filter(|blame| blame.element_type() == element);
        lacks.extend(blames.cloned().map(Lack::Blamed));
        lacks
    }

    /// Chooses for each row the first alternative that is ready, as Telegram Desktop does.
    ///
    /// # Errors
    ///
    /// [`Incomplete`] with the rows that have none.
    pub fn choose(&self) -> Result<Choice<'_>, Incomplete> {
        self.choose_by(|_| true)
    }

    /// Chooses among these types only: the user's own choice where a row has alternatives.
    ///
    /// # Errors
    ///
    /// [`Incomplete`] with the rows of which none of these types is ready.
    pub fn choose_among(&self, elements: &[ElementType]) -> Result<Choice<'_>, Incomplete> {
        self.choose_by(|element| elements.contains(&element))
    }

    fn choose_by(&self, wanted: impl Fn(ElementType) -> bool) -> Result<Choice<'_>, Incomplete> {
        let ready = |row: &FormRow| {
            let mut alternatives = row.alternatives().iter().copied();
            let required =
                alternatives.find(|one| wanted(one.element) && self.lacks(*one).is_empty())?;
            let value = self.stored.get(required.element)?;
            Disclosure::of(value, required).ok()
        };
        let mut chosen = Vec::new();
        let mut missing = Vec::new();
        for (number, row) in self.form.rows.iter().enumerate() {
            match ready(row) {
                Some(one) => chosen.push(one),
                None => missing.push(MissingRow {
                    row: number,
                    alternatives: row
                        .alternatives()
                        .iter()
                        .map(|one| (one.element, self.lacks(*one)))
                        .collect(),
                }),
            }
        }
        if missing.is_empty() {
            Ok(Choice::new(&self.form, chosen))
        } else {
            Err(Incomplete::new(missing))
        }
    }

    fn lacks_of(&self, required: Required, value: &StoredValue, lacks: &mut Vec<Lack>) {
        let missing = |ingredient, there: bool| (!there).then_some(Lack::Missing(ingredient));
        match value.content() {
            StoredContent::PersonalDetails(data) => {
                self.details(required, data.document(), lacks);
            }
            StoredContent::Address(data) => invalid(data.document().validate(), lacks),
            StoredContent::IdentityDocument(document) => {
                invalid(document.data().document().validate(), lacks);
                if required.selfie {
                    lacks.extend(missing(Ingredient::Selfie, document.selfie().is_some()));
                }
            }
            StoredContent::PhoneNumber(phone) => invalid(phone.validate(), lacks),
            StoredContent::Email(email) => invalid(email.validate(), lacks),
            StoredContent::AddressDocument(_) => {}
        }
        if required.translation && required.element.may_have_translation() {
            let there = !value.translation().is_empty();
            lacks.extend(missing(Ingredient::Translation, there));
        }
    }

    /// Native names are asked for by the country of residence; where they are the Latin ones, they
    /// are to be saved all the same.
    fn details(&self, required: Required, details: &PersonalDetails, lacks: &mut Vec<Lack>) {
        invalid(details.validate(NativeNames::NotRequired), lacks);
        let hidden = self.config.native_names(details) == NativeNamesForm::Hidden;
        if required.native_names && !hidden {
            let names = [
                PersonalDetailsField::FirstNameNative,
                PersonalDetailsField::LastNameNative,
            ];
            if names.iter().any(|name| details.get(*name).is_none()) {
                lacks.push(Lack::Missing(Ingredient::NativeNames));
            }
        }
    }
}

/// Prints the form and what stands against it, and nothing of the values.
impl fmt::Debug for Review {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Review")
            .field("form", &self.form)
            .field("unusable", &self.unusable())
            .field("blames", &self.blames)
            .finish_non_exhaustive()
    }
}

/// What is asked of the user first where nothing is stored.
fn first_ingredient(element: ElementType) -> Ingredient {
    if element.has_front_side() {
        Ingredient::FrontSide
    } else if element.has_files() {
        Ingredient::Files
    } else if element.has_data() {
        Ingredient::Data
    } else {
        Ingredient::Text
    }
}

fn invalid<F: fmt::Display>(result: Result<(), Violations<F>>, lacks: &mut Vec<Lack>) {
    if let Err(violations) = result {
        lacks.extend(violations.iter().map(|one| Lack::Invalid {
            field: one.field.to_string(),
            rule: one.rule,
        }));
    }
}
