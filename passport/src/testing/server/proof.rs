//! Checking a proof of the password.
//!
//! Source: protocol reference, sections 9.4 and 9.5.

use telegram_passport_tl::enums;

use super::password::PasswordState;
use super::refusal::{Refusal, refuse};
use super::srp::{self, Expected};

impl PasswordState {
    /// Takes the proof against the last `srp_id`, which is used up by that, whether the proof is
    /// good or not.
    pub(super) fn check(&mut self, proof: &enums::InputCheckPasswordSrp) -> Result<(), Refusal> {
        let enums::InputCheckPasswordSrp::Srp(proof) = proof else {
            return match self.current {
                None => Ok(()),
                Some(_) => refuse("PASSWORD_HASH_INVALID"),
            };
        };
        let challenge = self.challenge.take_if(|it| it.id == proof.srp_id);
        let Some(challenge) = challenge else {
            return refuse("SRP_ID_INVALID");
        };
        let current = self.current.as_ref();
        let Some(password) = current.filter(|_| challenge.version == self.version) else {
            return refuse("SRP_PASSWORD_CHANGED");
        };
        let expected = Expected {
            verifier: &password.verifier,
            salt1: &password.salt1,
            salt2: &password.salt2,
            secret: &challenge.secret,
        };
        if srp::proves(&expected, &proof.a, &proof.m1) {
            Ok(())
        } else {
            refuse("PASSWORD_HASH_INVALID")
        }
    }
}
