//! Public-health statistics and inequality measures.
