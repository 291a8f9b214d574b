//! What one process counts while it serves: figures for whoever watches, and what it lets through at once.

mod costly;
mod metrics;
mod requests;

pub(crate) use costly::Costly;
pub(crate) use metrics::Metrics;
pub(crate) use requests::{Requests, network};
