//! Integration tests of the engine against published data.

mod agreement;
mod edges;
mod example;
mod properties;
mod published;
mod uk_cases;
mod uk_properties;
