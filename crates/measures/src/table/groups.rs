//! Which group a row belongs to.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

/// The groups that were met, by the text of their cells. Keys lie end to end in one piece of memory, and a row of the
/// same group as the row before it costs a comparison and no hash.
pub(super) struct Groups {
    keys: Vec<u8>,
    ends: Vec<usize>,
    index: HashTable<usize>,
    hasher: FixedState,
    last: usize,
}

impl Groups {
    pub fn new() -> Groups {
        Groups {
            keys: Vec::new(),
            ends: Vec::new(),
            index: HashTable::new(),
            hasher: FixedState::with_seed(0),
            last: 0,
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

    /// The number of the group with this key; a new one has the number [`Groups::count`] had.
    pub fn place(&mut self, key: &[u8]) -> usize {
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

fn key_of<'k>(keys: &'k [u8], ends: &[usize], group: usize) -> &'k [u8] {
    let start = if group == 0 { 0 } else { ends[group - 1] };
    &keys[start..ends[group]]
}

#[cfg(test)]
mod tests {
    use super::*;

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
