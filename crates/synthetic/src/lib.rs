//! The seeded synthetic town, labelled synthetic everywhere.
