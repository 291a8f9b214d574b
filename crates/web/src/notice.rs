//! What was just done, said at the top of the next page.

/// One of a fixed list, so that nobody can make a page say something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Something new was made.
    Created,
    /// A change was kept.
    Saved,
    /// A report was published.
    Published,
    /// Somebody signed in.
    SignedIn,
    /// Somebody confirmed who they are.
    Confirmed,
    /// Somebody signed out.
    SignedOut,
}

impl Notice {
    const ALL: &'static [Notice] = &[
        Notice::Created,
        Notice::Saved,
        Notice::Published,
        Notice::SignedIn,
        Notice::Confirmed,
        Notice::SignedOut,
    ];

    /// How the cookie writes it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Notice::Created => "created",
            Notice::Saved => "saved",
            Notice::Published => "published",
            Notice::SignedIn => "signed-in",
            Notice::Confirmed => "confirmed",
            Notice::SignedOut => "signed-out",
        }
    }

    /// What the page says.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Notice::Created => "Created. It is in the programme from now on.",
            Notice::Saved => "Your changes have been saved.",
            Notice::Published => "The report has been published. It will read the same from now on.",
            Notice::SignedIn => "You are signed in.",
            Notice::Confirmed => "You have confirmed that it is you. Go on with what you wanted to do.",
            Notice::SignedOut => "You have signed out.",
        }
    }

    /// The one that a cookie speaks of.
    pub(crate) fn from_code(code: &str) -> Option<Notice> {
        Notice::ALL.iter().copied().find(|notice| notice.code() == code)
    }
}
