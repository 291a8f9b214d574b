//! A published figure, which may be withheld.

use std::fmt;

/// A figure as published: a number, or the reason there is none. The three reasons are different things and
/// none of them is zero.
///
/// There is no `Display` and no conversion to a number that ignores the reason: whoever prints a figure
/// has to say what a withheld one looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// The number.
    Value(f64),
    /// There is no number, and why.
    Withheld(Withheld),
}

/// Why a figure has no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Withheld {
    /// Withheld because it could identify someone.
    Suppressed,
    /// The figure has no meaning here: a vaccine that this cohort is not offered, a rate of nobody.
    NotApplicable,
    /// It should exist and was not sent, or was not good enough to publish.
    Missing,
}

impl Figure {
    /// The number, when there is one.
    pub fn value(self) -> Option<f64> {
        match self {
            Figure::Value(number) => Some(number),
            Figure::Withheld(_) => None,
        }
    }

    /// The stable code of its state: `value`, `suppressed`, `not-applicable` or `missing`.
    pub fn status(self) -> &'static str {
        match self {
            Figure::Value(_) => "value",
            Figure::Withheld(reason) => reason.code(),
        }
    }

    /// A figure from its stored parts: the number (if any) and the status code. A status of `value` with no
    /// number is read as missing, and an unknown status as `None`.
    pub fn from_parts(number: Option<f64>, status: &str) -> Option<Figure> {
        if status == "value" {
            return Some(number.map_or(Figure::Withheld(Withheld::Missing), Figure::Value));
        }
        Withheld::from_code(status).map(Figure::Withheld)
    }
}

impl Withheld {
    /// The stable code used in files and tables.
    pub fn code(self) -> &'static str {
        match self {
            Withheld::Suppressed => "suppressed",
            Withheld::NotApplicable => "not-applicable",
            Withheld::Missing => "missing",
        }
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Withheld> {
        [Withheld::Suppressed, Withheld::NotApplicable, Withheld::Missing]
            .into_iter()
            .find(|w| w.code() == code)
    }
}

/// The word that stands in place of the number on a page.
impl fmt::Display for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Withheld::Suppressed => "suppressed",
            Withheld::NotApplicable => "not applicable",
            Withheld::Missing => "missing",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_go_there_and_back() {
        for figure in [
            Figure::Value(0.0),
            Figure::Withheld(Withheld::Suppressed),
            Figure::Withheld(Withheld::NotApplicable),
            Figure::Withheld(Withheld::Missing),
        ] {
            assert_eq!(Figure::from_parts(figure.value(), figure.status()), Some(figure));
        }
        assert_eq!(Figure::from_parts(Some(1.0), "nonsense"), None);
    }
}
