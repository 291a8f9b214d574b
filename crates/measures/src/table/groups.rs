//! Which group a row belongs to.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use super::answers::escape;
use super::rows::{Field, Rows};

/// The groups that were met, by the text of their cells. Keys lie end to end in one piece of memory, and a row of the
/// same group as the row before it costs a comparison and no hash.
pub(super) struct Groups {
    keys: Vec<u8>,
    ends: Vec<usize>,
    index: HashTable<usize>,
    hasher: FixedState,
    last: usize,
    /// The cells of the last row's group as they stood, end to end, and where each ends.
    last_cells: Vec<u8>,
    last_ends: Vec<usize>,
    key: Vec<u8>,
}

impl Groups {
    pub fn new() -> Groups {
        Groups {
            keys: Vec::new(),
            ends: Vec::new(),
            index: HashTable::new(),
            hasher: FixedState::with_seed(0),
            last: 0,
            last_cells: Vec::new(),
            last_ends: Vec::new(),
            key: Vec::new(),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// The key of a group.
    pub fn key(&self, group: usize) -> &[u8] {
        key_of(&self.keys, &self.ends, group)
    }

    /// The number of the group that a row belongs to, by the cells at some places. Its key is those cells as they will
    /// be written, each with its comma.
    #[inline]
    pub fn place_of(&mut self, places: &[usize], rows: &Rows, fields: &[Field]) -> usize {
        if self.as_before(places, rows, fields) {
            return self.last;
        }
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        self.last_cells.clear();
        self.last_ends.clear();
        for &place in places {
            let (cell, quoted) = (rows.bytes(fields[place]), fields[place].quoted);
            self.last_cells.extend_from_slice(cell);
            self.last_ends.push(self.last_cells.len());
            match quoted {
                true => escape(cell.trim_ascii(), &mut key),
                false => key.extend_from_slice(cell.trim_ascii()),
            }
            key.push(b',');
        }
        let group = self.place(&key);
        self.key = key;
        group
    }

    /// Whether the cells at some places are those of the last row.
    #[inline]
    fn as_before(&self, places: &[usize], rows: &Rows, fields: &[Field]) -> bool {
        let mut start = 0;
        self.last_ends.len() == places.len()
            && !self.ends.is_empty()
            && places.iter().zip(&self.last_ends).all(|(&place, &end)| {
                let before = &self.last_cells[start..end];
                start = end;
                same(before, rows.bytes(fields[place]))
            })
    }

    /// The number of the group with this key; a new one has the number [`Groups::count`] had.
    fn place(&mut self, key: &[u8]) -> usize {
        if self.last < self.ends.len() && self.key(self.last) == key {
            return self.last;
        }
        let hash = self.hasher.hash_one(key);
        let (keys, ends, hasher) = (&self.keys, &self.ends, &self.hasher);
        let found = self.index.find(hash, |&group| key_of(keys, ends, group) == key);
        self.last = match found {
            Some(&group) => group,
            None => {
                let group = ends.len();
                self.index.insert_unique(hash, group, |&other| hasher.hash_one(key_of(keys, ends, other)));
                self.keys.extend_from_slice(key);
                self.ends.push(self.keys.len());
                group
            }
        };
        self.last
    }
}

/// Whether two short texts are equal, without a call.
#[inline]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match (one.first_chunk::<8>(), other.first_chunk::<8>()) {
        (Some(a), Some(b)) => {
            a == b && (one.len() > 16 || one.last_chunk::<8>() == other.last_chunk::<8>()) && {
                one.len() <= 16 || one[8..] == other[8..]
            }
        }
        _ => one.iter().zip(other).all(|(a, b)| a == b),
    }
}

fn key_of<'k>(keys: &'k [u8], ends: &[usize], group: usize) -> &'k [u8] {
    let start = if group == 0 { 0 } else { ends[group - 1] };
    &keys[start..ends[group]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_compared() {
        for text in
            ["", "a", "0-4", "1234567", "12345678", "123456789", "1234567890123456", "12345678901234567890"]
        {
            assert!(same(text.as_bytes(), text.as_bytes()));
            for at in 0..text.len() {
                let mut other = text.as_bytes().to_vec();
                other[at] = b'x';
                assert!(!same(text.as_bytes(), &other) && !same(text.as_bytes(), &text.as_bytes()[..at]));
            }
        }
    }

    #[test]
    fn a_key_has_one_place() {
        let mut groups = Groups::new();
        let places: Vec<usize> = ["a,", "a,", "b,", "a,", "", "ab,", "b,"]
            .iter()
            .map(|key| groups.place(key.as_bytes()))
            .collect();
        assert_eq!(places, [0, 0, 1, 0, 2, 3, 1]);
        assert_eq!(groups.count(), 4);
        assert_eq!(groups.key(3), b"ab,");
    }
}
