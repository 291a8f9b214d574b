//! Populations that rates are standardised to, from `data/standard-populations.toml`.

use std::sync::LazyLock;

use vocabulary::AgeBand;

use crate::MeasureError;

/// A population by age that rates are standardised to.
#[derive(Debug, Clone, PartialEq)]
pub struct StandardPopulation {
    code: String,
    name: String,
    source: String,
    bands: Vec<(AgeBand, f64)>,
}

impl StandardPopulation {
    /// The European Standard Population of 2013 in 19 bands, 0-4 to 90+: what OHID and ONS standardise to.
    pub fn esp2013() -> &'static StandardPopulation {
        // The file is part of the program, and a test reads it: its first population is this one.
        &ALL[0]
    }

    /// The population with this code, such as `esp2013`.
    ///
    /// # Errors
    /// [`MeasureError::Unknown`] with the codes there are.
    pub fn named(code: &str) -> Result<&'static StandardPopulation, MeasureError> {
        ALL.iter().find(|known| known.code.eq_ignore_ascii_case(code)).ok_or_else(|| MeasureError::Unknown {
            what: "a standard population",
            value: code.to_owned(),
            expected: ALL.iter().map(|known| known.code.as_str()).collect::<Vec<_>>().join(", "),
        })
    }

    /// Every one that is known.
    pub fn all() -> &'static [StandardPopulation] {
        &ALL
    }

    /// Its code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is published.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its bands, youngest first, each with its people.
    pub fn bands(&self) -> &[(AgeBand, f64)] {
        &self.bands
    }

    /// The place of the band that begins at this age.
    pub fn place(&self, first: u8) -> Option<usize> {
        self.bands.iter().position(|(band, _)| band.first() == first)
    }
}

#[derive(serde::Deserialize)]
struct File {
    population: Vec<Entry>,
}

#[derive(serde::Deserialize)]
struct Entry {
    code: String,
    name: String,
    source: String,
    bands: Vec<Band>,
}

#[derive(serde::Deserialize)]
struct Band {
    age: String,
    value: f64,
}

// The file is compiled in, and a test reads every part of it.
#[allow(clippy::expect_used)]
static ALL: LazyLock<Vec<StandardPopulation>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../data/standard-populations.toml"))
        .expect("the file is part of the program");
    let band = |band: &Band| (band.age.parse().expect("bands in the file are ages"), band.value);
    file.population
        .iter()
        .map(|entry| StandardPopulation {
            code: entry.code.clone(),
            name: entry.name.clone(),
            source: entry.source.clone(),
            bands: entry.bands.iter().map(band).collect(),
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_population_is_a_hundred_thousand_people_without_a_gap() {
        for standard in StandardPopulation::all() {
            assert_eq!(standard.bands().iter().map(|(_, people)| people).sum::<f64>(), 100_000.0);
            assert!(!standard.source().is_empty() && !standard.name().is_empty());
            for pair in standard.bands().windows(2) {
                assert_eq!(
                    pair[0].0.last().map(|last| last + 1),
                    Some(pair[1].0.first()),
                    "{}",
                    standard.code()
                );
            }
            assert_eq!(standard.bands().last().unwrap().0.last(), None);
            assert_eq!(StandardPopulation::named(standard.code()).unwrap(), standard);
        }
        assert_eq!(StandardPopulation::esp2013().code(), "esp2013");
        assert_eq!(StandardPopulation::esp2013().bands().len(), 19);
        assert!(StandardPopulation::named("esp1900").is_err());
    }
}
