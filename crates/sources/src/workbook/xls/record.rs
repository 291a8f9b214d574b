//! The records of a stream ([MS-XLS] 2.1.4): a kind, a length, that many bytes, and more of them in records that continue it.

/// The kinds that are read ([MS-XLS] 2.3.2).
pub(super) mod kind {
    pub(in super::super) const FORMULA: u16 = 0x0006;
    pub(in super::super) const END: u16 = 0x000a;
    pub(in super::super) const ENCRYPTED: u16 = 0x002f;
    pub(in super::super) const CONTINUED: u16 = 0x003c;
    pub(in super::super) const SHEET: u16 = 0x0085;
    pub(in super::super) const SMALL_NUMBERS: u16 = 0x00bd;
    pub(in super::super) const RICH_TEXT: u16 = 0x00d6;
    pub(in super::super) const SHARED_STRINGS: u16 = 0x00fc;
    pub(in super::super) const SHARED_TEXT: u16 = 0x00fd;
    pub(in super::super) const NUMBER: u16 = 0x0203;
    pub(in super::super) const TEXT: u16 = 0x0204;
    pub(in super::super) const TRUTH_OR_ERROR: u16 = 0x0205;
    pub(in super::super) const TEXT_OF_FORMULA: u16 = 0x0207;
    pub(in super::super) const SMALL_NUMBER: u16 = 0x027e;
    pub(in super::super) const BEGIN: u16 = 0x0809;
}

/// One record.
#[derive(Clone, Copy)]
pub(super) struct Record<'b> {
    pub(super) kind: u16,
    pub(super) data: &'b [u8],
    /// The records that continue it, with their heads.
    pub(super) continued: &'b [u8],
}

impl Record<'_> {
    /// The 16 bits at a place.
    pub(super) fn u16(&self, at: usize) -> Option<u16> {
        self.data.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
    }

    /// The 32 bits at a place.
    pub(super) fn u32(&self, at: usize) -> Option<u32> {
        self.data.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
    }

    /// The number of 64 bits at a place.
    pub(super) fn f64(&self, at: usize) -> Option<f64> {
        self.data.get(at..at + 8)?.try_into().ok().map(f64::from_le_bytes)
    }
}

/// The first record of a stream and what follows it; `None` when its bytes are not there.
pub(super) fn split(stream: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (head, rest) = stream.split_first_chunk::<4>()?;
    let kind = u16::from_le_bytes([head[0], head[1]]);
    let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
    let (data, rest) = rest.split_at_checked(length)?;
    Some((kind, data, rest))
}

/// The records of a stream, one after the other.
pub(super) struct Records<'b>(&'b [u8]);

impl<'b> Records<'b> {
    pub(super) fn of(stream: &'b [u8]) -> Records<'b> {
        Records(stream)
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = Result<Record<'b>, &'static str>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let Some((kind, data, rest)) = split(self.0) else {
            self.0 = &[];
            return Some(Err("a record ends too early"));
        };
        let mut after = rest;
        while let Some((kind::CONTINUED, _, next)) = split(after) {
            after = next;
        }
        self.0 = after;
        Some(Ok(Record { kind, data, continued: &rest[..rest.len() - after.len()] }))
    }
}
