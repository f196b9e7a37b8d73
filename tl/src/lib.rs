//! TL types.
