//! The store, asked the same questions on SQLite and on PostgreSQL.

mod audit;
mod backup;
mod databases;
