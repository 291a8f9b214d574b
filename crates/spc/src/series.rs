//! What a chart is made from.

use vocabulary::{Date, Period, Polarity};

use crate::SpcError;

/// One reading of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The days it is about; a single day is a period of one day.
    pub period: Period,
    /// The measurement or the count; `None` is a gap.
    pub value: Option<f64>,
    /// The size of what was looked at, for the kinds that need one (p, p′, u, u′, np, I′, funnel).
    pub denominator: Option<f64>,
    /// Which subgroup the measurement belongs to (x̄ charts): readings next to each other with the same number
    /// are one subgroup.
    pub subgroup: Option<u32>,
    /// The target on that day.
    pub target: Option<f64>,
    /// Shown, but left out of the limits and of the rules.
    pub ghosted: bool,
}

impl Reading {
    /// A measurement without a denominator, subgroup or target. `None` is a gap.
    pub fn new(period: Period, value: Option<f64>) -> Reading {
        Reading { period, value, denominator: None, subgroup: None, target: None, ghosted: false }
    }

    /// A count with the size of what it was counted in.
    pub fn of(period: Period, value: Option<f64>, denominator: Option<f64>) -> Reading {
        Reading { denominator, ..Reading::new(period, value) }
    }
}

/// A place where a person has decided to recalculate the limits, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebase {
    at: Date,
    reason: String,
}

impl Rebase {
    /// Limits are recalculated from the first reading that starts on or after `at`.
    ///
    /// # Errors
    /// [`SpcError::NoReason`] when the reason is blank: limits are never moved without one.
    pub fn new(at: Date, reason: impl Into<String>) -> Result<Rebase, SpcError> {
        let reason = reason.into();
        if reason.trim().is_empty() {
            return Err(SpcError::NoReason { at });
        }
        Ok(Rebase { at, reason })
    }

    /// The first day of the new part.
    pub fn at(&self) -> Date {
        self.at
    }

    /// Why.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// Readings in order of time, with the direction of improvement, and where a person has rebased or frozen the limits.
///
/// Numbers are finite, denominators are not negative, readings are in order of their first day, and every
/// rebase has a reason: a `Series` that exists can be charted.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    readings: Vec<Reading>,
    polarity: Polarity,
    rebases: Vec<Rebase>,
    freezes: Vec<Date>,
}

impl Series {
    /// A series of these readings, oldest first.
    ///
    /// # Errors
    /// [`SpcError::NotFinite`], [`SpcError::NegativeDenominator`] or [`SpcError::OutOfOrder`] with the reading.
    pub fn new(readings: Vec<Reading>, polarity: Polarity) -> Result<Series, SpcError> {
        let mut last: Option<Date> = None;
        for (i, reading) in readings.iter().enumerate() {
            let index = i + 1;
            for (what, number) in
                [("value", reading.value), ("denominator", reading.denominator), ("target", reading.target)]
            {
                if let Some(value) = number.filter(|n| !n.is_finite()) {
                    return Err(SpcError::NotFinite { index, what, value });
                }
            }
            if let Some(value) = reading.denominator.filter(|&n| n < 0.0) {
                return Err(SpcError::NegativeDenominator { index, value });
            }
            let date = reading.period.start();
            if last.is_some_and(|earlier| earlier > date) {
                return Err(SpcError::OutOfOrder { index, date });
            }
            last = Some(date);
        }
        Ok(Series { readings, polarity, rebases: Vec::new(), freezes: Vec::new() })
    }

    /// The same series with one target for every reading that has none of its own.
    pub fn with_target(mut self, target: Option<f64>) -> Series {
        for reading in &mut self.readings {
            reading.target = reading.target.or(target.filter(|t| t.is_finite()));
        }
        self
    }

    /// The same series with the limits recalculated at these places.
    ///
    /// # Errors
    /// [`SpcError::NothingThere`] when no reading starts on or after one of them.
    pub fn with_rebases(mut self, mut rebases: Vec<Rebase>) -> Result<Series, SpcError> {
        if let Some(rebase) = rebases.iter().find(|r| self.index_from(r.at).is_none()) {
            return Err(SpcError::NothingThere { what: "rebase", at: rebase.at });
        }
        rebases.sort_by_key(|r| r.at);
        self.rebases = rebases;
        Ok(self)
    }

    /// The same series with limits frozen: within the part that holds the day, limits come from the readings
    /// that start on or before it, and the later readings of that part are held against them. One freeze a
    /// part is used, the first.
    ///
    /// # Errors
    /// [`SpcError::NothingThere`] when every reading starts after one of them.
    pub fn with_freezes(mut self, mut until: Vec<Date>) -> Result<Series, SpcError> {
        if let Some(&at) =
            until.iter().find(|&&at| self.readings.first().is_none_or(|r| r.period.start() > at))
        {
            return Err(SpcError::NothingThere { what: "freeze", at });
        }
        until.sort_unstable();
        self.freezes = until;
        Ok(self)
    }

    /// The readings, oldest first.
    pub fn readings(&self) -> &[Reading] {
        &self.readings
    }

    /// Which direction is an improvement.
    pub fn polarity(&self) -> Polarity {
        self.polarity
    }

    /// Where the limits are recalculated, in order of time.
    pub fn rebases(&self) -> &[Rebase] {
        &self.rebases
    }

    /// The days until which limits are frozen, in order of time.
    pub fn freezes(&self) -> &[Date] {
        &self.freezes
    }

    /// The first reading that starts on or after the day.
    pub(crate) fn index_from(&self, at: Date) -> Option<usize> {
        let index = self.readings.partition_point(|r| r.period.start() < at);
        (index < self.readings.len()).then_some(index)
    }
}
