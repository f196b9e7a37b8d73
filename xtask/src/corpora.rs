//! `cargo xtask corpora`

use crate::failure::Failure;

/// Try the generator on other systems' schemas
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments) -> Result<(), Failure> {
    Ok(())
}
