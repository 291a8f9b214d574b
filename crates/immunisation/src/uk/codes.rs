//! A small table from a code's bytes to its place: looked up once for each dose of a large file, so it is
//! hashed with FNV-1a (Fowler, Noll and Vo) instead of the standard library's keyed hash, which costs more
//! than the rest of reading a dose.

/// Codes and the numbers that they stand for.
#[derive(Debug, Clone, Default)]
pub(super) struct CodeTable {
    slots: Vec<Option<(Box<str>, u8)>>,
}

impl CodeTable {
    /// The table of these codes; a code given twice keeps its first number.
    pub(super) fn new<'a>(codes: impl ExactSizeIterator<Item = (&'a str, u8)>) -> CodeTable {
        let mut slots = vec![None; (codes.len() * 4).next_power_of_two().max(8)];
        for (code, number) in codes {
            let mut place = hash(code.as_bytes()) & (slots.len() - 1);
            while slots[place].as_ref().is_some_and(|(other, _): &(Box<str>, u8)| **other != *code) {
                place = (place + 1) & (slots.len() - 1);
            }
            slots[place].get_or_insert_with(|| (code.into(), number));
        }
        CodeTable { slots }
    }

    pub(super) fn get(&self, code: &[u8]) -> Option<u8> {
        let last = self.slots.len().checked_sub(1)?;
        let mut place = hash(code) & last;
        while let Some((known, number)) = &self.slots[place] {
            if known.as_bytes() == code {
                return Some(*number);
            }
            place = (place + 1) & last;
        }
        None
    }
}

fn hash(bytes: &[u8]) -> usize {
    let mixed = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (mixed ^ mixed >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_found_and_no_other() {
        let names: Vec<String> = (0..60).map(|number| format!("code{number}")).collect();
        let table =
            CodeTable::new(names.iter().enumerate().map(|(place, name)| (name.as_str(), place as u8)));
        for (place, name) in names.iter().enumerate() {
            assert_eq!(table.get(name.as_bytes()), Some(place as u8));
        }
        assert_eq!(table.get(b"code60"), None);
        assert_eq!(CodeTable::default().get(b"code1"), None);
    }
}
