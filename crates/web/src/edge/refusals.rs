//! Refusals, for whoever watches: each is a line of the log and one more in the figures, and names nobody.
//!
//! The line tells which role was refused, what it would have needed and in which session; only the database leads from the name of a
//! session to a person, as long as it lasts, and the audit log from its beginning. It carries the reference of the request, and with it
//! the row of the route table stands on the line that every request has.

use town::Permission;

use crate::counts::Metrics;
use crate::{Problem, Visit};

/// A form from another site: there is no visit yet, so there is nothing else to tell.
pub(super) fn note_other_site(metrics: &Metrics) {
    metrics.refused("other-site");
    tracing::warn!(reason = "other-site", "refused");
}

/// Notes that somebody was refused, when it is a refusal; what is not there and what is het's own fault are none.
pub(crate) fn note_refusal(visit: &Visit, needs: Permission, problem: &Problem) {
    let Some(reason) = reason(problem) else { return };
    visit.app().metrics().refused(reason);
    let (role, needs, session) = (visit.actor().role().code(), needs.code(), visit.session_id());
    let program = visit.is_machine().then(|| visit.actor().name());
    // Being sent to sign in is what a link from outside does.
    if reason == "signed-out" && visit.is_reading() {
        tracing::info!(reason, role, needs, "refused");
    } else {
        tracing::warn!(reason, role, needs, session, program, "refused");
    }
}

/// Why, in a word.
fn reason(problem: &Problem) -> Option<&'static str> {
    match problem {
        Problem::SignedOut => Some("signed-out"),
        Problem::Forbidden | Problem::Town(town::Error::Forbidden { .. }) => Some("policy"),
        Problem::Town(town::Error::NotYours { .. }) => Some("not-theirs"),
        Problem::Town(town::Error::Unconfirmed) => Some("unconfirmed"),
        Problem::Form => Some("form-token"),
        Problem::TooMany { .. } => Some("too-many"),
        Problem::TooLarge { .. } => Some("too-large"),
        Problem::Unreadable(_) => Some("unreadable"),
        _ => None,
    }
}
