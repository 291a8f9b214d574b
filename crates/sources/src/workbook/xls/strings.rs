//! Strings ([MS-XLS] 2.5.240, 2.5.293, 2.5.294): letters of one byte or two, which may go on in the records that continue theirs.

use super::record::{Record, split};

/// Letters of one byte are the lower halves of letters of two ([MS-XLS] 2.5.294).
const WIDE: u8 = 0b0001;
/// Phonetic guides and the like follow the letters.
const EXTENDED: u8 = 0b0100;
/// Where the look of letters changes follows them.
const RICH: u8 = 0b1000;

/// The strings that cells share; `None` when they end too early.
pub(super) fn shared(record: &Record<'_>) -> Option<Vec<Box<str>>> {
    let mut parts = Parts::of(record);
    // How often they are used, and how many they are: what a file says of that need not be so.
    parts.skip(8)?;
    let mut strings = Vec::new();
    while parts.more() {
        let length = usize::from(parts.u16()?);
        let flags = parts.byte()?;
        let runs = if flags & RICH == 0 { 0 } else { usize::from(parts.u16()?) };
        let extra = if flags & EXTENDED == 0 { 0 } else { parts.u32()? as usize };
        strings.push(parts.letters(length, flags & WIDE != 0)?.into());
        parts.skip(runs * 4)?;
        parts.skip(extra)?;
    }
    Some(strings)
}

/// A string whose length has 16 bits, from a place of a record on; `None` when it ends too early.
pub(super) fn long(record: &Record<'_>, at: usize) -> Option<String> {
    let mut parts = Parts::of(record);
    parts.skip(at)?;
    let length = usize::from(parts.u16()?);
    let flags = parts.byte()?;
    parts.letters(length, flags & WIDE != 0)
}

/// A string whose length has 8 bits, all of it in these bytes.
pub(super) fn short(bytes: &[u8]) -> Option<String> {
    let (&[length, flags], _) = bytes.split_first_chunk::<2>()?;
    let mut parts = Parts { part: bytes.get(2..)?, continued: &[] };
    parts.letters(usize::from(length), flags & WIDE != 0)
}

/// The bytes of a record and of those that continue it.
struct Parts<'b> {
    part: &'b [u8],
    continued: &'b [u8],
}

impl<'b> Parts<'b> {
    fn of(record: &Record<'b>) -> Parts<'b> {
        Parts { part: record.data, continued: record.continued }
    }

    /// Whether anything is left; goes on to the next record when this one is read.
    fn more(&mut self) -> bool {
        while self.part.is_empty() {
            let Some((_, part, rest)) = split(self.continued) else { return false };
            (self.part, self.continued) = (part, rest);
        }
        true
    }

    fn byte(&mut self) -> Option<u8> {
        let more = self.more();
        let (byte, rest) = self.part.split_first().filter(|_| more)?;
        self.part = rest;
        Some(*byte)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, bytes: usize) -> Option<()> {
        let mut left = bytes;
        while left > 0 {
            if !self.more() {
                return None;
            }
            let here = left.min(self.part.len());
            self.part = &self.part[here..];
            left -= here;
        }
        Some(())
    }

    /// So many letters. Where they go on in another record, that begins with a byte which says anew how wide they are.
    fn letters(&mut self, length: usize, wide: bool) -> Option<String> {
        let (mut text, mut left, mut wide) = (Vec::with_capacity(length.min(self.part.len())), length, wide);
        while left > 0 {
            if self.part.is_empty() {
                wide = self.byte()? & WIDE != 0;
            }
            let width = if wide { 2 } else { 1 };
            let here = left.min(self.part.len() / width);
            if here == 0 && !self.part.is_empty() {
                // Half a letter.
                return None;
            }
            let (letters, rest) = self.part.split_at(here * width);
            match wide {
                true => {
                    text.extend(letters.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])))
                }
                false => text.extend(letters.iter().copied().map(u16::from)),
            }
            self.part = rest;
            left -= here;
        }
        Some(String::from_utf16_lossy(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::{Records, kind};
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let head = [kind.to_le_bytes(), (data.len() as u16).to_le_bytes()].concat();
        [head.as_slice(), data].concat()
    }

    fn check(parts: &[&[u8]], expected: Option<&[&str]>) {
        let mut stream = record(kind::SHARED_STRINGS, parts[0]);
        for part in &parts[1..] {
            stream.extend(record(kind::CONTINUED, part));
        }
        let record = Records::of(&stream).next().unwrap().unwrap();
        let found = shared(&record);
        let found: Option<Vec<&str>> = found.as_ref().map(|found| found.iter().map(|text| &**text).collect());
        assert_eq!(found.as_deref(), expected, "{parts:?}");
    }

    #[test]
    fn strings_go_on_in_other_records() {
        const COUNTS: [u8; 8] = [1, 0, 0, 0, 1, 0, 0, 0];
        let with = |rest: &[u8]| [&COUNTS, rest].concat();
        check(&[&with(b"\x03\0\0abc")], Some(&["abc"]));
        check(&[&with(b"\x02\0\x01\xa3\0\xac\x20")], Some(&["£€"]));
        check(&[&with(b"\x04\0\0ab"), b"\0cd\x01\0\0e"], Some(&["abcd", "e"]));
        check(&[&with(b"\x04\0\0ab"), b"\x01\xac\x20d\0"], Some(&["ab€d"]));
        check(&[&with(b"\x01\0\0a"), b"\x01\0\0b"], Some(&["a", "b"]));
        // Two runs of formatting, and three bytes more, the last in another record.
        check(&[&with(b"\x01\0\x0c\x02\0\x03\0\0\0aRRRRRRRRxy"), b"z\x01\0\0b"], Some(&["a", "b"]));
        check(&[&with(b"\0\0\0")], Some(&[""]));
        check(&[&COUNTS], Some(&[]));
        check(&[&with(b"\x09\0\0abc")], None);
        check(&[&with(b"\x02\0\x01a\0b")], None);
        check(&[&with(b"\x01\0\x04\xff\xff\xff\xffa")], None);
        check(&[b"\0\0"], None);
    }
}
