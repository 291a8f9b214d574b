//! What the crate promises, held from outside: one binary, a module a subject.

mod charts;
mod conformance;
mod documents;
mod drawing;
mod maps;
mod sample;
