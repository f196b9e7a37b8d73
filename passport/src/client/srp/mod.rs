//! The two-step password as SRP proves it: checked parameters, the password's hash, proof and
//! verifier.
//!
//! Nothing here sends or waits; [`password`](super::password) and
//! [`unlock`](super::unlock()) do, and most callers need only those. One way round:
//!
//! ```
//! use telegram_passport::client::{Password, srp::KdfAlgo};
//! use telegram_passport::tl::types::account;
//!
//! # fn main() {}
//! fn answer(
//!     state: &account::PasswordHasPassword,
//!     password: &Password,
//! ) -> Result<(), Box<dyn std::error::Error>> {
//!     let hash = KdfAlgo::check(&state.current_algo)?.hash(password);
//!     let _proof = hash.prove(state.srp_id, &state.srp_b, &mut getrandom::SysRng)?;
//!     Ok(())
//! }
//! ```
//!
//! There is no check of the server: the protocol returns no proof of its own (no M2).
//!
//! Source: protocol reference, sections 9.1 to 9.4.

mod algo;
mod arithmetic;
mod error;
mod hash;
mod prime;
mod proof;

pub use self::algo::KdfAlgo;
pub use self::error::{DrawError, SrpError};
pub use self::hash::PasswordHash;
pub use self::prime::PrimeCache;
pub use self::proof::SecretExponent;
