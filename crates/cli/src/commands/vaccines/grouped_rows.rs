//! A file with a row for each dose, turned into one with a row for each child. The rows of a child stand together.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use csv::StringRecord;

use super::parquet_text::quoted;

type Input = Box<dyn Read + Send>;

/// The same text; where its heading has `vaccine` and `date` but no `doses`, with a row for each child.
pub fn a_row_for_each_child(input: Input) -> io::Result<Input> {
    let mut input = BufReader::with_capacity(1 << 20, input);
    let mut heading = Vec::new();
    input.read_until(b'\n', &mut heading)?;
    let text = String::from_utf8_lossy(&heading).into_owned();
    let names: Vec<String> = text
        .trim_start_matches('\u{feff}')
        .trim()
        .split(',')
        .map(|name| name.trim().trim_matches('"').to_ascii_lowercase().replace([' ', '-'], "_"))
        .collect();
    let find = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
    let whole: Input = Box::new(Cursor::new(heading).chain(input));
    let (None, Some(vaccine), Some(date), Some(id)) =
        (find(&["doses"]), find(&["vaccine"]), find(&["date"]), find(&["id", "person"]))
    else {
        return Ok(whole);
    };
    let dose = [vaccine, date];
    let carried: Vec<usize> = (0..names.len()).filter(|place| !dose.contains(place)).collect();
    let headings: Vec<&str> = carried.iter().map(|place| names[*place].as_str()).collect();
    Ok(Box::new(Grouped {
        text: format!("{},doses\n", headings.join(",")),
        at: 0,
        rows: csv::ReaderBuilder::new().flexible(true).from_reader(whole),
        id,
        dose,
        carried,
        next: None,
    }))
}

struct Grouped {
    rows: csv::Reader<Input>,
    id: usize,
    dose: [usize; 2],
    carried: Vec<usize>,
    next: Option<StringRecord>,
    text: String,
    at: usize,
}

impl Grouped {
    fn read_row(&mut self) -> Option<StringRecord> {
        loop {
            let mut row = StringRecord::new();
            match self.rows.read_record(&mut row) {
                Ok(true) => return Some(row),
                Ok(false) => return None,
                // A row that is not text is left out with the others of its kind.
                Err(error) if error.is_io_error() => return None,
                Err(_) => {}
            }
        }
    }

    /// Writes the next child's row; false at the end.
    fn fill(&mut self) -> bool {
        let Some(first) = self.next.take().or_else(|| self.read_row()) else { return false };
        let places = self.dose;
        let dose = |row: &StringRecord| {
            let [vaccine, date] = places.map(|place| row.get(place).unwrap_or_default().trim().to_owned());
            (!vaccine.is_empty() || !date.is_empty()).then(|| format!("{vaccine} {date}"))
        };
        let mut doses: Vec<String> = dose(&first).into_iter().collect();
        let mut next = None;
        while let Some(row) = self.read_row() {
            if row.get(self.id) != first.get(self.id) {
                next = Some(row);
                break;
            }
            doses.extend(dose(&row));
        }
        self.next = next;
        self.text.clear();
        self.at = 0;
        for place in &self.carried {
            self.text.push_str(&quoted(first.get(*place).unwrap_or_default()));
            self.text.push(',');
        }
        self.text.push_str(&quoted(&doses.join(";")));
        self.text.push('\n');
        true
    }
}

impl Read for Grouped {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.text.len() && !self.fill() {
            return Ok(0);
        }
        let rest = &self.text.as_bytes()[self.at..];
        let some = rest.len().min(into.len());
        into[..some].copy_from_slice(&rest[..some]);
        self.at += some;
        Ok(some)
    }
}
