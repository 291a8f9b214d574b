//! CDC's published supporting data.
