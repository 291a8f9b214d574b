//! What a form sent.

use axum::body::Body;
use axum::http::{HeaderMap, header};

use crate::{Problem, Visit};

/// The most that a form may send.
pub(crate) const FORM_LIMIT: usize = 512 * 1024;

/// The most that a form with files may send: the largest release that het reads is a third of it.
pub(crate) const FILES_LIMIT: usize = 128 * 1024 * 1024;

/// The field that carries the form token.
pub(crate) const TOKEN_FIELD: &str = "form-token";

/// The fields of a form whose token has been checked: a handler that takes one cannot be reached without.
///
/// Use cases judge the values, so they stay text here. (The rejected alternative, a `Deserialize` type for each form,
/// answers a missing field or a letter in a number with an error page of the parser's, not with the form again.)
#[derive(Debug, Clone, Default)]
pub struct Sent {
    fields: Vec<(String, String)>,
    files: Vec<SentFile>,
}

/// A file that a form sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    /// The field it was chosen in.
    pub field: String,
    /// Its name, without its folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Sent {
    /// Reads a form of at most `limit` bytes and checks its token.
    pub(crate) async fn read(
        visit: &Visit,
        headers: &HeaderMap,
        body: Body,
        limit: usize,
    ) -> Result<Sent, Problem> {
        let kind =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let boundary = kind.strip_prefix("multipart/form-data").and_then(|rest| rest.split_once("boundary="));
        let boundary = boundary.map(|(_, boundary)| boundary.trim().trim_matches('"').to_owned());
        if boundary.is_none() && !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(Problem::Unreadable("A form was expected"));
        }
        let limited = http_body_util::Limited::new(body, limit);
        let bytes = match http_body_util::BodyExt::collect(limited).await {
            Ok(collected) => collected.to_bytes(),
            Err(error) if error.is::<http_body_util::LengthLimitError>() => {
                return Err(Problem::TooLarge { limit });
            }
            Err(_) => return Err(Problem::Unreadable("The form did not arrive whole")),
        };
        let sent = match boundary {
            Some(boundary) => Sent::of_parts(&bytes, &boundary)
                .ok_or(Problem::Unreadable("The form did not arrive whole"))?,
            None => Sent::of(&bytes),
        };
        if visit.is_own_form(sent.text(TOKEN_FIELD)) { Ok(sent) } else { Err(Problem::Form) }
    }

    /// The parts of a form with files (RFC 7578). `None` when it does not end as it should.
    fn of_parts(bytes: &[u8], boundary: &str) -> Option<Sent> {
        let mut sent = Sent::default();
        let mark = format!("--{boundary}");
        let next = format!("\r\n{mark}");
        let mut rest = bytes.strip_prefix(mark.as_bytes())?;
        loop {
            if rest.starts_with(b"--") {
                return Some(sent);
            }
            rest = rest.strip_prefix(b"\r\n")?;
            let end = memchr::memmem::find(rest, next.as_bytes())?;
            let part = &rest[..end];
            let split = memchr::memmem::find(part, b"\r\n\r\n")?;
            let head = String::from_utf8_lossy(&part[..split]);
            let content = &part[split + 4..];
            rest = &rest[end + next.len()..];
            let line =
                head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition"))?;
            let Some(field) = quoted(line, "; name=\"") else { continue };
            match quoted(line, "; filename=\"") {
                // A file input in which nothing was chosen.
                Some(name) if name.is_empty() => {}
                Some(name) => {
                    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                    sent.files.push(SentFile { field, name, bytes: content.to_vec() });
                }
                None => {
                    let text = String::from_utf8_lossy(content).replace("\r\n", "\n");
                    sent.fields.push((field, text));
                }
            }
        }
    }

    /// The files that were chosen in a field.
    pub fn files(&self, field: &str) -> Vec<SentFile> {
        self.files.iter().filter(|file| file.field == field).cloned().collect()
    }

    fn of(bytes: &[u8]) -> Sent {
        // Browsers send line ends as two characters whatever was typed.
        let plain = |text: &str| text.replace("\r\n", "\n");
        let fields = form_urlencoded::parse(bytes);
        Sent {
            fields: fields.map(|(name, value)| (name.into_owned(), plain(&value))).collect(),
            files: Vec::new(),
        }
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

/// What stands in quotes after `before`; browsers write a quote in it as `%22`.
fn quoted(line: &str, before: &str) -> Option<String> {
    let rest = &line[line.find(before)? + before.len()..];
    Some(rest[..rest.find('"')?].replace("%22", "\""))
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
    fn files_are_found() {
        let body = b"--xx\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\ncover\r\n--xx\r\n\
            Content-Disposition: form-data; name=\"files\"; filename=\"C:\\a.csv\"\r\nContent-Type: text/csv\r\n\r\n\
            a,b\r\n1,2\r\n\r\n--xx\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\"\r\n\r\n\r\n--xx--\r\n";
        let sent = Sent::of_parts(body, "xx").unwrap();
        assert_eq!(sent.text("kind"), "cover");
        let files = sent.files("files");
        assert_eq!(files.len(), 1);
        assert_eq!((files[0].name.as_str(), files[0].bytes.as_slice()), ("a.csv", &b"a,b\r\n1,2\r\n"[..]));
        assert!(Sent::of_parts(&body[..body.len() - 6], "xx").is_none());
        assert!(Sent::of_parts(b"", "xx").is_none());
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
