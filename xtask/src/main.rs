//! Checks and generated documents.
fn main() {}
