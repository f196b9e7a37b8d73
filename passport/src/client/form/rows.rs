//! What a form asks for, row by row.

use telegram_passport_tl::enums;

use super::error::FormError;
use crate::element::ElementType;
use crate::scope::Required;

/// A row of a form: one type, or several of which one suffices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormRow {
    alternatives: Vec<Required>,
}

impl FormRow {
    /// What fulfils the row, in the order of the form. Never empty.
    #[must_use]
    pub fn alternatives(&self) -> &[Required] {
        &self.alternatives
    }

    /// The alternative of that type.
    #[must_use]
    pub fn find(&self, element: ElementType) -> Option<Required> {
        let mut alternatives = self.alternatives.iter();
        alternatives.find(|one| one.element == element).copied()
    }
}

/// The rows of `account.authorizationForm.required_types`, checked as Telegram Desktop does. A list
/// inside of a list is passed over, as TDLib does.
pub(super) fn rows(
    required_types: &[enums::SecureRequiredType],
) -> Result<Vec<FormRow>, FormError> {
    let mut seen: Vec<ElementType> = Vec::new();
    let mut rows = Vec::with_capacity(required_types.len());
    for (row, required) in required_types.iter().enumerate() {
        let alternatives: Vec<Required> = match required {
            enums::SecureRequiredType::Type(one) => vec![read(one)],
            enums::SecureRequiredType::OneOf(several) => {
                let several = several.types.iter();
                several
                    .filter_map(|one| match one {
                        enums::SecureRequiredType::Type(one) => Some(read(one)),
                        enums::SecureRequiredType::OneOf(_) => None,
                    })
                    .collect()
            }
        };
        let Some(first) = alternatives.first() else {
            return Err(FormError::EmptyRow { row });
        };
        let element = first.element;
        if alternatives.len() > 1 && !is_document(element) {
            return Err(FormError::Alternatives { row, element });
        }
        for one in &alternatives {
            let element = one.element;
            if seen.contains(&element) {
                return Err(FormError::Repeated { row, element });
            }
            seen.push(element);
            let wrong = (one.selfie && !is_document(element))
                || (one.translation && !is_document(element))
                || (one.native_names && element != ElementType::PersonalDetails);
            if wrong {
                return Err(FormError::Option { row, element });
            }
        }
        rows.push(FormRow { alternatives });
    }
    Ok(rows)
}

fn read(one: &telegram_passport_tl::types::SecureRequiredType) -> Required {
    let element = ElementType::from(&one.r#type);
    Required {
        element,
        // An address document cannot have one; Telegram Desktop tolerates that it is asked for.
        selfie: one.selfie_required,
        translation: one.translation_required,
        native_names: one.native_names,
    }
}

fn is_document(element: ElementType) -> bool {
    element.is_identity_document() || element.is_address_document()
}
