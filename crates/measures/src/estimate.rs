//! A figure with its intervals and the name of its method.

use crate::{Confidence, Levels};

/// Where the truth may lie, at one confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// How sure.
    pub confidence: Confidence,
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
}

/// A figure, its intervals and the name of the method that gave them. The three never part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    value: f64,
    intervals: [Interval; Levels::MOST],
    count: usize,
    method: &'static str,
    note: Option<Note>,
    mark: Option<Note>,
}

/// Something to know about a figure that is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// Bands of age in which nobody lives.
    EmptyBands(usize),
    /// The limits cannot be given, with the reason.
    NoInterval(&'static str),
    /// Figures came without errors, so that the limits say how they lie about a line and not how sure each is.
    NoErrors,
    /// Too few events for the figure to be relied on.
    Unreliable,
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Note::EmptyBands(1) => f.write_str("nobody in 1 band, which counts as no events"),
            Note::EmptyBands(count) => write!(f, "nobody in {count} bands, which count as no events"),
            Note::NoInterval(reason) => write!(f, "no interval: {reason}"),
            Note::NoErrors => {
                f.write_str("limits from how the points lie about the line: they have no errors")
            }
            Note::Unreliable => f.write_str("unreliable: few events"),
        }
    }
}

impl Estimate {
    /// A figure with an interval at each level: `limits` gives the lower and the upper limit at a confidence.
    pub fn new(
        value: f64,
        method: &'static str,
        levels: &Levels,
        limits: impl Fn(Confidence) -> (f64, f64),
    ) -> Estimate {
        let mut estimate = Estimate::bare(value, method);
        for &confidence in levels.as_slice() {
            let (lower, upper) = limits(confidence);
            estimate.intervals[estimate.count] = Interval { confidence, lower, upper };
            estimate.count += 1;
        }
        estimate
    }

    /// A figure whose uncertainty is not known.
    pub fn bare(value: f64, method: &'static str) -> Estimate {
        let none = Interval { confidence: Confidence::P95, lower: f64::NAN, upper: f64::NAN };
        Estimate { value, intervals: [none; Levels::MOST], count: 0, method, note: None, mark: None }
    }

    /// The same with a note.
    pub fn with_note(self, note: Note) -> Estimate {
        Estimate { note: Some(note), ..self }
    }

    /// The same with a mark that stands beside its note.
    pub fn with_mark(self, mark: Note) -> Estimate {
        Estimate { mark: Some(mark), ..self }
    }

    /// The same by the name that its method has for a special case.
    pub(crate) fn named(self, method: &'static str) -> Estimate {
        Estimate { method, ..self }
    }

    /// The figure.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// The intervals, in the order of the levels that were asked for.
    pub fn intervals(&self) -> &[Interval] {
        &self.intervals[..self.count]
    }

    /// The interval at a confidence, if it was asked for and can be known.
    pub fn interval(&self, confidence: Confidence) -> Option<Interval> {
        self.intervals().iter().copied().find(|interval| interval.confidence == confidence)
    }

    /// The name of the method.
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// What to know about it.
    pub fn note(&self) -> Option<Note> {
        self.note
    }

    /// What it is marked with.
    pub fn mark(&self) -> Option<Note> {
        self.mark
    }

    /// The same times a number: per 100, per 100,000, or −1 to turn a gap round. Limits stay in order when the
    /// number is negative, which `phe_sii` with a log transformation and a multiplier below 1 gets wrong.
    pub fn times(self, factor: f64) -> Estimate {
        self.map(|x| x * factor)
    }

    /// The same on another scale. `change` must only rise or only fall.
    pub fn map(mut self, change: impl Fn(f64) -> f64) -> Estimate {
        self.value = change(self.value);
        for interval in &mut self.intervals[..self.count] {
            let (one, other) = (change(interval.lower), change(interval.upper));
            (interval.lower, interval.upper) = if one <= other { (one, other) } else { (other, one) };
        }
        self
    }
}
