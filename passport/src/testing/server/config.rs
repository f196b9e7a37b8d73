//! Which language is spoken where: `help.getPassportConfig`.
//!
//! The countries are the simulation's own and few; the hash follows from the text.
//!
//! Source: protocol reference, sections 3.3 and 7.5.

use sha2::{Digest, Sha256};
use telegram_passport_tl::{enums, functions, types};

use super::dispatch::Answer;
use super::refusal::Refusal;
use super::state::Call;

/// The JSON of `countries_langs`.
#[derive(Clone)]
pub(in crate::testing) struct Languages(pub(in crate::testing) String);

impl Languages {
    /// Never 0, which is what a client without the text sends.
    fn hash(&self) -> i32 {
        let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(&self.0));
        (i32::from_le_bytes([a, b, c, d]) & i32::MAX).max(1)
    }
}

impl Default for Languages {
    fn default() -> Self {
        let text = r#"{"DE":"de","FR":"fr","GB":"en","RU":"ru","UA":"uk","US":"en"}"#;
        Self(text.to_owned())
    }
}

impl Answer for functions::help::GetPassportConfig {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let languages = &call.world.languages;
        let hash = languages.hash();
        if self.hash == hash {
            return Ok(enums::help::PassportConfig::NotModified);
        }
        let data = languages.0.clone();
        Ok(types::help::PassportConfig {
            hash,
            countries_langs: types::DataJson { data }.into(),
        }
        .into())
    }
}
