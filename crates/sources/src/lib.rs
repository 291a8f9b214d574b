//! Readers of published files into the vocabulary's types.
