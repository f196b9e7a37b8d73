//! What all documents have in common.

/// Defines a document and the names of its fields.
macro_rules! document {
    (
        $(#[$doc:meta])* $name:ident
        $(#[$field_doc:meta])* $field:ident[$count:literal] {
            $($(#[$variant_doc:meta])* $variant:ident = $wire:literal,)*
        }
    ) => {
        $(#[$field_doc])*
        ///
        /// Source: protocol reference, section 11.2.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $field {
            $(
                #[doc = concat!("`", $wire, "`")]
                $(#[$variant_doc])*
                $variant,
            )*
        }

        impl $field {
            /// All of them, in the order of the protocol reference.
            pub const ALL: [Self; $count] = [$(Self::$variant),*];

            /// The key in the JSON document, and the name in an element error.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $wire,)*
                }
            }

            /// The field of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|field| field.name() == name)
            }
        }

        impl fmt::Display for $field {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        $(#[$doc])*
        ///
        /// An empty field and a missing one are the same. `Debug` shows nothing of the content.
        #[derive(Clone, Default, PartialEq, Eq)]
        pub struct $name {
            fields: [PrivateText; $count],
        }

        impl $name {
            /// A document without any field.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }

            /// Reads the JSON text of a document: plaintext whose hash has been verified.
            ///
            /// A field may hold text, null (the same as empty) or a number, of which the
            /// characters are kept as they were sent. Unknown keys are skipped, whatever they hold.
            /// The text is kept as it is: see
            /// [`Rule::ControlCharacter`](crate::document::Rule::ControlCharacter).
            ///
            /// Source: protocol reference, section 7.9.
            ///
            /// # Errors
            ///
            /// [`DocumentError`], for whatever else.
            pub fn from_json(bytes: &[u8]) -> Result<Self, DocumentError> {
                let fields = json::read(bytes, $field::ALL.map($field::name))?;
                Ok(Self { fields })
            }

            /// Writes the JSON text that is encrypted: all keys, in alphabetical order, no white
            /// space, characters beyond ASCII as they are.
            ///
            /// A field without text is written as an empty one. Missing and empty mean the same, and
            /// other clients leave such keys out; but not all services can read a document without
            /// them, and this is how TDLib writes.
            ///
            /// It writes what the document holds; [`validate`](Self::validate) first.
            #[must_use]
            pub fn to_json(&self) -> PrivateText {
                let mut fields = $field::ALL.map(|field| (field.name(), self.text(field)));
                fields.sort_unstable_by_key(|(name, _)| *name);
                json::write(&fields)
            }

            /// The text of a field as it was sent; none if it is missing or empty.
            #[must_use]
            pub fn get(&self, field: $field) -> Option<&str> {
                Some(self.text(field)).filter(|text| !text.is_empty())
            }

            /// Puts text into a field; empty text takes the field away.
            pub fn set(&mut self, field: $field, text: impl Into<PrivateText>) {
                self.fields[field as usize] = text.into();
            }

            /// The document with that text in a field.
            #[must_use]
            pub fn with(mut self, field: $field, text: impl Into<PrivateText>) -> Self {
                self.set(field, text);
                self
            }

            /// The array has a place for each field, so this finds one.
            fn text(&self, field: $field) -> &str {
                self.fields[field as usize].as_str()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}
