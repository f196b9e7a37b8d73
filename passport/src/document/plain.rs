//! Phone number and e-mail address, which are sent as plain text.
//!
//! The server has verified both; a service that wants to know more asks `validate`.

use core::fmt;

use super::rules::{Checks, Kind, Violations};
use super::text::PrivateText;
use crate::ElementType;

macro_rules! plain {
    ($($(#[$doc:meta])* $name:ident: $element:ident, $kind:ident, $rule:literal;)*) => {$(
        $(#[$doc])*
        ///
        /// The text is kept as it was sent. It is overwritten when dropped; `Debug` shows nothing.
        ///
        /// Source: protocol reference, section 7.9.
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(PrivateText);

        impl $name {
            /// Takes any text.
            #[must_use]
            pub fn new(text: impl Into<PrivateText>) -> Self {
                Self(text.into())
            }

            /// The text as it was sent.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            #[doc = concat!("Holds it to the rule of Telegram Desktop: ", $rule)]
            ///
            /// # Errors
            ///
            /// Every rule that is broken.
            pub fn validate(&self) -> Result<(), Violations<ElementType>> {
                let text = Some(self.as_str()).filter(|text| !text.is_empty());
                let mut checks = Checks::new();
                checks.required(ElementType::$element, text, Kind::$kind);
                checks.finish()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )*};
}

plain! {
    /// A phone number.
    ///
    /// ```
    /// use telegram_passport::document::PhoneNumber;
    ///
    /// let phone = PhoneNumber::new("+999 66 1234567");
    /// assert_eq!(phone.digits().as_str(), "999661234567");
    /// assert!(phone.validate().is_ok());
    /// ```
    PhoneNumber: PhoneNumber, Phone, "2 to 12 digits, whatever stands between them.";
    /// An e-mail address.
    ///
    /// ```
    /// use telegram_passport::document::EmailAddress;
    ///
    /// assert!(EmailAddress::new("anna@example.org").validate().is_ok());
    /// assert!(EmailAddress::new("anna.example@org").validate().is_err());
    /// ```
    EmailAddress: Email, Email, "after trimming an `@`, not as the first character, and a `.` behind it.";
}

impl PhoneNumber {
    /// Only its digits, 0 to 9.
    #[must_use]
    pub fn digits(&self) -> PrivateText {
        let mut digits = PrivateText::with_capacity(self.as_str().len());
        let all = self.as_str().chars().filter(char::is_ascii_digit);
        all.for_each(|digit| digits.push(digit));
        digits
    }
}
