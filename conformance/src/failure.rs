//! Classes of failure: why a test is refused, in one word.
//!
//! An early refusal can hide a missing check: whoever refuses every tampered file for its length has
//! not shown that hashes are compared. So an invalid test may name the class of its failure, in its
//! field `failure`, or several classes if either of two checks may be the first to see it. A shim may
//! name the class of its refusal, in the field `class` beside `err`. If both are there and differ,
//! the outcome is `wrong-reason`, which is not a pass. A shim that names none is judged as before.
//!
//! A class says which rule was broken, not in which words an implementation says so. Where an
//! implementation must not tell checks apart, one class is for all of them: [`Class::Rsa`].
//!
//! The words are also listed in `vectors/schemas/common.schema.json`.

use std::fmt;

macro_rules! classes {
    ($($(#[$doc:meta])+ $name:ident = $word:literal,)*) => {
        /// Why something is refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Class {
            $($(#[$doc])+ $name,)*
        }

        impl Class {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word that vectors and shims have for it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

classes! {
    // What is decrypted.
    /// `length`: too short, too long, or no multiple of what it must be.
    Length = "length",
    /// `hash`: the hash of the decrypted bytes is not the one given.
    Hash = "hash",
    /// `padding`: the random bytes in front of a value, or the zeros behind a TL string, are not as
    /// they must be.
    Padding = "padding",
    /// `checksum`: the bytes of a secret do not add up to 239 modulo 255.
    Checksum = "checksum",
    /// `secret-id`: a secret that is sound, but another one than the server names.
    SecretId = "secret-id",
    /// `rsa`: the RSA step of the credentials. Its checks must not be told apart, that of the secret
    /// in it included, so that this one word is for all of them.
    Rsa = "rsa",
    /// `nonce`: not the nonce that was expected, or none.
    Nonce = "nonce",
    /// `mismatch`: a message and its credentials contradict each other.
    Mismatch = "mismatch",

    // Texts and their fields.
    /// `encoding`: no base64, hexadecimal, PEM, DER or percent encoding where there must be one.
    Encoding = "encoding",
    /// `utf-8`: a text that is not UTF-8.
    Utf8 = "utf-8",
    /// `json`: no JSON, or a value of another type than must be there.
    Json = "json",
    /// `missing`: what must be there is not.
    Missing = "missing",
    /// `duplicate`: what may be there once is there twice.
    Duplicate = "duplicate",
    /// `unknown`: a name, a key or a version that is not defined.
    Unknown = "unknown",
    /// `combination`: parts that do not go together, such as an option of another type.
    Combination = "combination",
    /// `rule`: a field of a document that holds what it may not hold, or that lacks what it must.
    Rule = "rule",
    /// `form`: not one of the forms that a link or a URL may have.
    Form = "form",
    /// `unsupported`: sound perhaps, but nothing that has to be taken, such as an encrypted key.
    Unsupported = "unsupported",

    // Numbers and keys.
    /// `count`: a number of things that is not possible there.
    Count = "count",
    /// `range`: a number outside of what is allowed.
    Range = "range",
    /// `prime`: p is no safe prime of 2048 bits.
    Prime = "prime",
    /// `generator`: g is none that may be used, or none of that p.
    Generator = "generator",
    /// `key-kind`: another key than the one that is wanted: public for private, or not RSA.
    KeyKind = "key-kind",
    /// `key-size`: an RSA key that is too small or too large.
    KeySize = "key-size",
    /// `key-numbers`: numbers that make no RSA key.
    KeyNumbers = "key-numbers",

    // TL.
    /// `end`: the input ends inside a value.
    End = "end",
    /// `trailing`: bytes are left over behind the value.
    Trailing = "trailing",
    /// `constructor`: a constructor id that is not one of the type.
    Constructor = "constructor",
    /// `flags`: a flag bit that the constructor does not define.
    Flags = "flags",
    /// `string-form`: the length of a string is not written as it must be.
    StringForm = "string-form",
    /// `depth`: values are nested too deeply.
    Depth = "depth",
    /// `memory`: the value takes too much memory for its size.
    Memory = "memory",
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
