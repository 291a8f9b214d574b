//! What a form sent.

use axum::body::Body;
use axum::http::{HeaderMap, header};

use crate::{Problem, Visit};

/// The most that a form may send.
pub(crate) const FORM_LIMIT: usize = 512 * 1024;

/// The field that carries the form token.
pub(crate) const TOKEN_FIELD: &str = "form-token";

/// The fields of a form whose token has been checked: a handler that takes one cannot be reached without.
///
/// Use cases judge the values, so they stay text here. (The rejected alternative, a `Deserialize` type for each form,
/// answers a missing field or a letter in a number with an error page of the parser's, not with the form again.)
#[derive(Debug, Clone, Default)]
pub struct Sent {
    fields: Vec<(String, String)>,
}

impl Sent {
    /// Reads a form and checks its token.
    pub(crate) async fn read(visit: &Visit, headers: &HeaderMap, body: Body) -> Result<Sent, Problem> {
        let kind =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(Problem::Unreadable("A form was expected"));
        }
        let limited = http_body_util::Limited::new(body, FORM_LIMIT);
        let bytes = match http_body_util::BodyExt::collect(limited).await {
            Ok(collected) => collected.to_bytes(),
            Err(error) if error.is::<http_body_util::LengthLimitError>() => {
                return Err(Problem::TooLarge { limit: FORM_LIMIT });
            }
            Err(_) => return Err(Problem::Unreadable("The form did not arrive whole")),
        };
        let sent = Sent::of(&bytes);
        if visit.is_own_form(sent.text(TOKEN_FIELD)) { Ok(sent) } else { Err(Problem::Form) }
    }

    fn of(bytes: &[u8]) -> Sent {
        // Browsers send line ends as two characters whatever was typed.
        let plain = |text: &str| text.replace("\r\n", "\n");
        let fields = form_urlencoded::parse(bytes);
        Sent { fields: fields.map(|(name, value)| (name.into_owned(), plain(&value))).collect() }
    }

    /// The value of a field; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    /// Every value of a field, as checkboxes send them.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.fields.iter().filter(|(found, _)| found == name).map(|(_, value)| value.clone()).collect()
    }

    /// Whether a field was sent at all: which of several buttons was pressed, whether a box was ticked.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(found, _)| found == name)
    }

    /// A date from the three fields of a date input, as ISO text: empty when all three are, and text that is no date when they
    /// make none, so that the use case refuses it and the form shows what was typed.
    pub fn date(&self, name: &str) -> String {
        let part = |part: &str| self.text(&format!("{name}-{part}")).trim().to_owned();
        let (day, month, year) = (part("day"), part("month"), part("year"));
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return String::new();
        }
        format!("{year:0>4}-{:0>2}-{day:0>2}", month_number(&month))
    }
}

/// People write months as words as well.
fn month_number(text: &str) -> String {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = text.to_lowercase().chars().take(3).collect::<String>();
    MONTHS.iter().position(|month| *month == start).map_or(text.to_owned(), |index| (index + 1).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_put_together() {
        let check = |form: &str, expected: &str| {
            assert_eq!(Sent::of(form.as_bytes()).date("due"), expected, "{form}")
        };
        check("due-day=31&due-month=3&due-year=2026", "2026-03-31");
        check("due-day=1&due-month=March&due-year=2026", "2026-03-01");
        check("due-day=&due-month=&due-year=", "");
        check("", "");
        check("due-day=x&due-month=13&due-year=26", "0026-13-0x");
    }

    #[test]
    fn fields_are_found() {
        let sent = Sent::of(b"title=A%20b+c&serves=1&serves=2&text=one%0D%0Atwo&tick=");
        assert_eq!(sent.text("title"), "A b c");
        assert_eq!(sent.all("serves"), ["1", "2"]);
        assert_eq!(sent.text("text"), "one\ntwo");
        assert!(sent.has("tick") && !sent.has("tock"));
        assert_eq!(sent.text("tock"), "");
    }
}
