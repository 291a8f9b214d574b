//! The token that every form carries, so that a form made by another site is refused.
//!
//! The session keeps one secret. Each page shows it under a fresh one-time pad, so that its letters never repeat from page to
//! page: pages are compressed, and a repeated secret beside text of an attacker's choosing can be guessed from sizes
//! (Gluck, Harris and Prado, BREACH, 2013).

use rand::TryRngCore;
use rand::rngs::OsRng;

use crate::Problem;

const LENGTH: usize = 32;

/// 256 random bits.
pub(crate) type Secret = [u8; LENGTH];

/// Random bits from the operating system.
///
/// # Errors
/// When the operating system gives none.
pub(crate) fn random() -> Result<Secret, Problem> {
    let mut bytes = [0; LENGTH];
    OsRng.try_fill_bytes(&mut bytes).map_err(|error| Problem::broken("reading random bits", error))?;
    Ok(bytes)
}

/// A secret as a cookie or the store writes it: 64 hexadecimal digits.
pub(crate) fn parse(text: &str) -> Option<Secret> {
    let mut secret = [0; LENGTH];
    hex::decode_to_slice(text, &mut secret).ok().map(|()| secret)
}

/// The secret under a pad: what a form carries, 128 hexadecimal digits.
pub(crate) fn masked(secret: &Secret, pad: &Secret) -> String {
    hex::encode(pad) + &hex::encode(xor(secret, pad))
}

/// Whether what a form carried is this secret under any pad. Takes as long whatever is wrong with it.
pub(crate) fn matches(carried: &str, secret: &Secret) -> bool {
    let mut halves = [0; 2 * LENGTH];
    if hex::decode_to_slice(carried, &mut halves).is_err() {
        return false;
    }
    let (mut pad, mut hidden) = ([0; LENGTH], [0; LENGTH]);
    pad.copy_from_slice(&halves[..LENGTH]);
    hidden.copy_from_slice(&halves[LENGTH..]);
    let difference = xor(&xor(&hidden, &pad), secret);
    difference.iter().fold(0, |all, byte| all | byte) == 0
}

fn xor(one: &Secret, other: &Secret) -> Secret {
    let mut both = *one;
    both.iter_mut().zip(other).for_each(|(byte, mask)| *byte ^= mask);
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_secret_matches() {
        let (secret, other, pad) = (random().unwrap(), random().unwrap(), random().unwrap());
        let check = |carried: &str, expected| assert_eq!(matches(carried, &secret), expected, "{carried}");
        check(&masked(&secret, &pad), true);
        check(&masked(&secret, &[0; LENGTH]), true);
        check(&masked(&other, &pad), false);
        check(&hex::encode(secret), false);
        check("", false);
        check("not hexadecimal", false);
    }

    #[test]
    fn two_pages_show_it_differently() {
        let secret = random().unwrap();
        assert_ne!(masked(&secret, &random().unwrap()), masked(&secret, &random().unwrap()));
    }
}
