//! What will be sent.

use core::fmt;

use super::Form;
use crate::client::stored::StoredValue;
use crate::element::ElementType;
use crate::scope::Required;

/// One value for each row of a form, ready to be sent.
#[derive(Clone)]
pub struct Choice<'a> {
    form: &'a Form,
    chosen: Vec<(Required, &'a StoredValue)>,
}

impl<'a> Choice<'a> {
    pub(super) fn new(form: &'a Form, chosen: Vec<(Required, &'a StoredValue)>) -> Self {
        Self { form, chosen }
    }

    /// The form that it fulfils.
    #[must_use]
    pub fn form(&self) -> &'a Form {
        self.form
    }

    /// The types that will be sent, in the order of the form.
    pub fn elements(&self) -> impl Iterator<Item = ElementType> + '_ {
        self.chosen.iter().map(|(required, _)| required.element)
    }

    /// The values, each with what was asked for of it.
    #[must_use]
    pub fn values(&self) -> &[(Required, &'a StoredValue)] {
        &self.chosen
    }
}

impl fmt::Debug for Choice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.elements()).finish()
    }
}
