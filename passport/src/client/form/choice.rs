//! What will be sent.

use core::fmt;

use rand_core::TryCryptoRng;

use super::Form;
use crate::client::Connection;
use crate::client::submit::{Disclosure, SubmitError, submit};
use crate::element::ElementType;

/// One value for each row of a form, ready to be sent.
#[derive(Clone)]
pub struct Choice<'a> {
    form: &'a Form,
    values: Vec<Disclosure>,
}

impl<'a> Choice<'a> {
    pub(super) fn new(form: &'a Form, values: Vec<Disclosure>) -> Self {
        Self { form, values }
    }

    /// The types that will be sent, in the order of the form.
    pub fn elements(&self) -> impl Iterator<Item = ElementType> + '_ {
        self.values.iter().map(Disclosure::element_type)
    }

    /// The values, each with the keys to what was asked for of it.
    #[must_use]
    pub fn values(&self) -> &[Disclosure] {
        &self.values
    }

    /// Hands them over: see [`submit`]. Then open the form's
    /// [callback](Form::callback).
    ///
    /// # Errors
    ///
    /// [`SubmitError`].
    pub async fn submit<C, R>(
        &self,
        connection: &C,
        rng: &mut R,
    ) -> Result<(), SubmitError<C::Error>>
    where
        C: Connection,
        R: TryCryptoRng + ?Sized,
    {
        submit(connection, self.form.link(), &self.values, rng).await
    }
}

impl fmt::Debug for Choice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.elements()).finish()
    }
}
