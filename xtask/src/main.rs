//! The commands of the people who work on this workspace.

fn main() {}
