//! Integration tests of the engine against published data.

mod agreement;
mod published;
