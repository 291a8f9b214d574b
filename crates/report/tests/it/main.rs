//! What the crate promises, held from outside: one binary, a module a subject.

mod charts;
mod drawing;
mod maps;
mod sample;
