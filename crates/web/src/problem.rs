//! Why a page could not be shown, and the one place that decides its status.

use axum::http::StatusCode;
use town::Passing;

use crate::layout;

/// Everything that can go wrong between a request and its page.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// There is no such page, or nothing under that name.
    #[error("there is no page here")]
    NotFound,
    /// The page is there, but not to be asked this way.
    #[error("this address does not take that kind of request")]
    Method,
    /// Whoever asks is not signed in and would have to be.
    #[error("you need to sign in")]
    SignedOut,
    /// Whoever asks may not.
    #[error("your account does not allow this")]
    Forbidden,
    /// The form did not come from a page of this session.
    #[error("the form is not from this session")]
    Form,
    /// What was sent cannot be read.
    #[error("the request could not be read: {0}")]
    Unreadable(&'static str),
    /// Something was to be changed without saying what was seen of it.
    #[error("the request does not say which version it changes")]
    Unseen,
    /// More was sent than is accepted.
    #[error("more was sent than the {limit} bytes that are accepted")]
    TooLarge {
        /// The most that is accepted, in bytes.
        limit: usize,
    },
    /// Asked too often.
    #[error("too many attempts; wait {seconds} seconds")]
    TooMany {
        /// How long to wait, in seconds.
        seconds: u64,
    },
    /// The answer took too long.
    #[error("the answer took too long")]
    Slow,
    /// A use case did not do what was asked.
    #[error(transparent)]
    Town(#[from] town::Error),
    /// Something that always works did not.
    #[error("{doing} failed: {reason}")]
    Broken {
        /// What was being done.
        doing: &'static str,
        /// What went wrong.
        reason: String,
    },
}

impl Problem {
    /// Something that always works did not.
    pub fn broken(doing: &'static str, reason: impl std::fmt::Display) -> Problem {
        Problem::Broken { doing, reason: reason.to_string() }
    }

    /// Whether it will pass by itself: the database is away, busy or full.
    fn passing(&self) -> Option<Passing> {
        match self {
            Problem::Town(error) => error.passing(),
            _ => None,
        }
    }

    /// After how many seconds it is worth trying again, where waiting helps.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        match (self, self.passing()) {
            (Problem::TooMany { seconds }, _) => Some(*seconds),
            (Problem::Slow, _) | (_, Some(Passing::Full)) => Some(60),
            (_, Some(Passing::Away | Passing::Busy)) => Some(5),
            _ => None,
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::Town(error) if error.passing().is_some() => StatusCode::SERVICE_UNAVAILABLE,
            Problem::NotFound | Problem::Town(town::Error::NotFound { .. }) => StatusCode::NOT_FOUND,
            Problem::Method => StatusCode::METHOD_NOT_ALLOWED,
            Problem::SignedOut | Problem::Forbidden | Problem::Form => StatusCode::FORBIDDEN,
            Problem::Town(
                town::Error::Forbidden { .. } | town::Error::NotYours { .. } | town::Error::Unconfirmed,
            ) => StatusCode::FORBIDDEN,
            Problem::Unreadable(_) => StatusCode::BAD_REQUEST,
            Problem::Unseen => StatusCode::PRECONDITION_REQUIRED,
            Problem::Town(town::Error::Changed(_)) => StatusCode::PRECONDITION_FAILED,
            Problem::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Problem::Town(town::Error::Refused(_) | town::Error::Source(_)) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Problem::Slow | Problem::Town(town::Error::NoKeys | town::Error::Crowded) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Problem::Town(town::Error::Store(_) | town::Error::Failed { .. }) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            Problem::Broken { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The heading of its page and what it says to whoever asked. Nothing here tells what happened inside.
    pub(crate) fn words(&self) -> (&'static str, String) {
        match self {
            Problem::Town(error) if error.passing() == Some(Passing::Full) => (
                "There is no room left",
                "The disk of het is full, so nothing can be saved. What is there can still be read. Whoever looks after the \
                 machine has to make room."
                    .to_owned(),
            ),
            Problem::Town(error) if error.passing().is_some() => (
                "het cannot answer just now",
                "Its database is away or busy. Try again in a few seconds; if you were saving something, look first whether it \
                 was saved."
                    .to_owned(),
            ),
            Problem::NotFound => ("Page not found", "If you typed the address, check it is correct.".to_owned()),
            Problem::Town(town::Error::NotFound { what, value }) => {
                ("Page not found", format!("There is no {what} called {value}. It may have been renamed."))
            }
            Problem::Method => ("Page not found", "This address cannot be used that way.".to_owned()),
            Problem::SignedOut => (
                "Sign in to continue",
                "You are not signed in, or your session has ended. Nothing was changed.".to_owned(),
            ),
            Problem::Forbidden | Problem::Town(town::Error::Forbidden { .. }) => (
                "You cannot do this",
                "Your account does not allow this. Ask whoever looks after het in your town.".to_owned(),
            ),
            Problem::Town(town::Error::NotYours { .. }) => (
                "This belongs to somebody else",
                "Your account may change what is its own: of a chair, what the subgroup drives; of an owner, the actions they do or \
                 answer for. If it should be yours, ask whoever looks after het in your town."
                    .to_owned(),
            ),
            Problem::Town(town::Error::Unconfirmed) => (
                "Confirm that it is you",
                "You signed in more than ten minutes ago: sign in again first. Nothing was changed.".to_owned(),
            ),
            Problem::Form => (
                "Your form was not accepted",
                "The form was not from a page of this session; nothing was changed. Go back, load the page again and \
                 send the form once more."
                    .to_owned(),
            ),
            Problem::Unreadable(reason) => ("That could not be read", format!("{reason}.")),
            Problem::Unseen => (
                "Which version do you change?",
                "Ask for what is there as JSON and send its ETag back as If-Match, so that nobody's work is overwritten unseen."
                    .to_owned(),
            ),
            Problem::Town(error @ town::Error::Changed(_)) => {
                ("Somebody else changed this", format!("{error}: read it again, then send what you want to change."))
            }
            Problem::TooLarge { limit } => {
                ("That is too large", format!("At most {} KB can be sent here.", limit / 1024))
            }
            Problem::TooMany { seconds } => (
                "Too many attempts",
                format!("Wait {}, then try again.", layout::plural(seconds.div_ceil(60), "minute")),
            ),
            Problem::Town(town::Error::Refused(_)) => {
                ("That was not accepted", "Go back, correct what is wrong and try again.".to_owned())
            }
            Problem::Town(town::Error::Source(error)) => ("The file was refused", error.to_string()),
            Problem::Town(town::Error::NoKeys) => (
                "The register is shut",
                "het was started without the keys that open people's records. Whoever looks after the machine can give it them."
                    .to_owned(),
            ),
            Problem::Slow => {
                ("This is taking too long", "The answer was stopped. Try again in a minute.".to_owned())
            }
            Problem::Town(town::Error::Store(_) | town::Error::Failed { .. } | town::Error::Crowded)
            | Problem::Broken { .. } => {
                ("Sorry, there is a problem with het", "Nothing was changed. Try again later.".to_owned())
            }
        }
    }

    /// Whether it is het's own fault, so that it is worth a line in the log and a reference on the page.
    pub(crate) fn is_ours(&self) -> bool {
        self.status().is_server_error()
    }
}
