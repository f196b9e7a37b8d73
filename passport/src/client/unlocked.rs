//! The state in which values can be read and written.

use core::fmt;

use crate::secret::PassportSecret;

/// A user's Passport, unlocked: it holds the passport secret, which every value secret is wrapped
/// under.
///
/// Overwritten when dropped, and prints nothing. How long it is kept is the caller's choice; other
/// clients forget it after 30 to 60 minutes.
///
/// Source: protocol reference, sections 8.1 (secrets) and 9.7 (caching).
pub struct Unlocked {
    secret: PassportSecret,
    legacy: bool,
}

impl Unlocked {
    /// A Passport whose secret is at hand already.
    #[must_use]
    pub fn with_secret(secret: PassportSecret) -> Self {
        Self::stored(secret, false)
    }

    pub(super) fn stored(secret: PassportSecret, legacy: bool) -> Self {
        Self { secret, legacy }
    }

    /// Whether the secret is stored by the legacy algorithm, `securePasswordKdfAlgoSHA512`, so that
    /// [`reencrypt_secret`](super::reencrypt_secret) is due.
    #[must_use]
    pub fn is_legacy(&self) -> bool {
        self.legacy
    }

    /// The secret's id, by which the server knows whether it is the current one.
    #[must_use]
    pub fn secret_id(&self) -> i64 {
        self.secret.id()
    }

    /// The secret itself.
    #[must_use]
    pub fn passport_secret(&self) -> &PassportSecret {
        &self.secret
    }
}

impl fmt::Debug for Unlocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unlocked(..)")
    }
}
