//! The words of a download: its indicators, ages, groups and periods.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use vocabulary::{Age, AgeBand, Date, Period};

use super::FingertipsIndicator;

/// Every text that repeats from row to row, once.
pub(super) struct Words {
    file: Arc<str>,
    none: Arc<str>,
    indicators: Vec<FingertipsIndicator>,
    at: HashMap<u32, usize>,
    ages: HashMap<String, Arc<str>>,
    groups: HashMap<(String, String), Arc<str>>,
    shared: HashSet<Arc<str>>,
}

impl Words {
    pub(super) fn new(file: &str) -> Words {
        let none: Arc<str> = Arc::from("");
        Words {
            file: file.into(),
            shared: HashSet::from([none.clone()]),
            none,
            indicators: Vec::new(),
            at: HashMap::new(),
            ages: HashMap::new(),
            groups: HashMap::new(),
        }
    }

    pub(super) fn file(&self) -> Arc<str> {
        self.file.clone()
    }

    pub(super) fn none(&self) -> Arc<str> {
        self.none.clone()
    }

    /// Every indicator that was met, in the order of the file.
    pub(super) fn indicators(self) -> Vec<FingertipsIndicator> {
        self.indicators
    }

    /// The code of an indicator: `fingertips-` and its number.
    pub(super) fn indicator(&mut self, id: u32, name: &str) -> Arc<str> {
        if let Some(at) = self.at.get(&id) {
            return self.indicators[*at].code.clone();
        }
        let code: Arc<str> = format!("fingertips-{id}").into();
        self.at.insert(id, self.indicators.len());
        self.indicators.push(FingertipsIndicator { code: code.clone(), id, name: name.into() });
        code
    }

    /// An age as the vocabulary writes it; as Fingertips does where it is neither an age nor a band.
    pub(super) fn age(&mut self, text: &str) -> Arc<str> {
        if let Some(age) = self.ages.get(text) {
            return age.clone();
        }
        let age = self.shared(&age(text));
        self.ages.insert(text.to_owned(), age.clone());
        age
    }

    /// The group: `category type: category`, or empty for everyone.
    pub(super) fn group(&mut self, category_type: &str, category: &str) -> Arc<str> {
        if category_type.is_empty() && category.is_empty() {
            return self.none();
        }
        let key = (category_type.to_owned(), category.to_owned());
        if let Some(group) = self.groups.get(&key) {
            return group.clone();
        }
        let group = match (category_type.is_empty(), category.is_empty()) {
            (true, _) => self.shared(category),
            (_, true) => self.shared(category_type),
            _ => self.shared(&format!("{category_type}: {category}")),
        };
        self.groups.insert(key, group.clone());
        group
    }

    /// A text that may have been met before.
    pub(super) fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(shared) = self.shared.get(text) {
            return shared.clone();
        }
        let shared: Arc<str> = text.into();
        self.shared.insert(shared.clone());
        shared
    }
}

fn age(text: &str) -> String {
    if text.eq_ignore_ascii_case("not applicable") {
        return String::new();
    }
    let spoken = text.to_ascii_lowercase().replace("under ", "<").replace("<1 yr", "<1");
    match (text.parse::<Age>(), text.parse::<AgeBand>(), spoken.parse::<AgeBand>()) {
        (Ok(age), ..) => age.to_string(),
        (_, Ok(band), _) | (.., Ok(band)) => band.to_string(),
        _ => text.to_owned(),
    }
}

/// The days of a period, from the words of Fingertips; where the vocabulary does not know them, from the sortable number
/// (year, quarter, month: 20230200 is the second quarter of 2023) and the range (`1y`, `1q`, `1m`).
pub(super) fn period(text: &str, sortable: &str, range: &str) -> Option<Period> {
    let plain = text.split('(').next().unwrap_or_default().trim();
    let plain = ["academic year", "financial year", "calendar year", "academic", "school year"]
        .iter()
        .fold(plain.to_ascii_lowercase(), |text, word| text.replace(word, ""));
    let plain = plain.trim();
    plain
        .parse()
        .ok()
        .or_else(|| dates(plain))
        .or_else(|| year_first(plain))
        .or_else(|| from_sortable(sortable, range))
}

/// `2023 Mar`, `2023 March`.
fn year_first(text: &str) -> Option<Period> {
    let (year, month) = text.split_once(' ')?;
    format!("{} {year}", month.trim()).parse().ok()
}

/// `1 Apr 2022 - 31 Mar 2023`, `01/04/2022 to 31/03/2023`.
fn dates(text: &str) -> Option<Period> {
    let dashes = text.replace(['\u{2013}', '\u{2014}'], "-");
    let (start, end) = dashes.split_once(" - ").or_else(|| dashes.split_once(" to "))?;
    Period::new(day(start)?, day(end)?)
}

fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split([' ', '/']).filter(|part| !part.is_empty()).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let month = match month.parse::<i8>() {
        Ok(month) => month,
        Err(_) => format!("{month} {year}").parse::<Period>().ok()?.start().month(),
    };
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

fn from_sortable(sortable: &str, range: &str) -> Option<Period> {
    if sortable.len() != 8 || !sortable.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| sortable.get(from..to).and_then(|part| part.parse::<i16>().ok());
    let (year, quarter, month) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
    match (range.trim(), quarter, month) {
        ("1m", _, month) if month > 0 => Period::month(year, month as i8),
        ("1q", quarter, _) if quarter > 0 => Period::calendar_quarter(year, quarter as i8),
        // A year alone does not tell whether it begins in January or in April.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_in_the_words_of_fingertips() {
        let check = |text: &str, written: &str| assert_eq!(age(text), written, "{text}");
        check("All ages", "all ages");
        check("65+ yrs", "65+");
        check("<75 yrs", "0-74");
        check("Under 75", "0-74");
        check("10-11 yrs", "10-11");
        check("2 yrs", "24 months");
        check("5 yrs", "5 years");
        check("<1 yr", "0-0");
        check("Not applicable", "");
        check("School age", "School age");
    }

    #[test]
    fn periods_in_the_words_of_fingertips() {
        let check = |text: &str, sortable: &str, range: &str, iso: &str| {
            let read = period(text, sortable, range).map(Period::to_iso).unwrap_or_default();
            assert_eq!(read, iso, "{text}");
        };
        check("2022/23", "20220000", "1y", "2022-04-01/2023-03-31");
        check("2020 - 22", "20200000", "3y", "2020-01-01/2022-12-31");
        check("2021/22 - 23/24", "20210000", "3y", "2021-04-01/2024-03-31");
        check("2019/20 Q3", "20190300", "1q", "2019-10-01/2019-12-31");
        check("2023 Mar", "20230003", "1m", "2023-03-01/2023-03-31");
        check("Aug 2020 - Jul 2023", "20200000", "3y", "2020-08-01/2023-07-31");
        check("1 Apr 2022 - 31 Mar 2023", "", "", "2022-04-01/2023-03-31");
        check("2022/23 (academic)", "", "", "2022-04-01/2023-03-31");
        check("Spring", "20230003", "1m", "2023-03-01/2023-03-31");
        check("Spring", "20230000", "1y", "");
        check("whenever", "", "", "");
    }
}
