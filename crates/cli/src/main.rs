//! The het command.
fn main() {}
