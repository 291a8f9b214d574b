//! Which counts are withheld.

/// The smallest count that is published; zero is published too.
const SMALLEST: u32 = 5;

/// Which of the counts that add up to a published total are withheld: those from 1 to 4, and, where that
/// leaves a single one which the others would give away, the smallest of the rest as well.
pub(crate) fn withheld(counts: &[u32]) -> Vec<bool> {
    let mut hidden: Vec<bool> = counts.iter().map(|&count| (1..SMALLEST).contains(&count)).collect();
    if hidden.iter().filter(|&&h| h).count() == 1 {
        let next = (0..counts.len()).filter(|&i| !hidden[i]).min_by_key(|&i| (counts[i] == 0, counts[i]));
        if let Some(next) = next {
            hidden[next] = true;
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(counts: &[u32], hidden: &[bool]) {
        assert_eq!(withheld(counts), hidden, "{counts:?}");
    }

    #[test]
    fn one_alone_is_never_left_to_be_worked_out() {
        check(&[9, 12, 0], &[false, false, false]);
        check(&[3, 12, 9], &[true, false, true]);
        check(&[3, 0, 9], &[true, false, true]);
        check(&[3, 4, 9], &[true, true, false]);
        check(&[3, 0, 0], &[true, true, false]);
        check(&[3], &[true]);
    }
}
