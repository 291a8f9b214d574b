//! Quality improvement.
