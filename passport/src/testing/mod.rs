//! A Telegram in memory, to test an integration against: no network, no phone, no token.
//!
//! Switch on the feature `testing` for a development dependency.
mod bad;
mod container;
mod document;
mod random;
mod seal;
mod submission;

pub use self::bad::{BadSubmission, Noticed};
pub use self::document::{Document, picture};
pub use self::random::Randomness;
pub use self::submission::{Submission, SubmissionError, submission};
