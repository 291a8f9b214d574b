//! Passwords that are tried first: the most used leaked ones, or a leaked or common word with decoration around it.
//!
//! Of these 71 thousand (see `scripts/make-password-filter`) only the first 32 bits of each SHA-256 are shipped, 285 KB: a text that is not
//! among them is taken for one of them seventeen times in a million. A list of all leaked passwords, the rejected alternative, would be a
//! thousand times larger and still let `Manchester2026!` through.

use sha2::{Digest, Sha256};

/// The first 32 bits of each one's SHA-256, sorted, most significant byte first.
static COMMON: &[u8] = include_bytes!("../../data/common_passwords.bin");

/// What somebody who knows what het is would try.
const WORDS_OF_THE_PLACE: [&str; 12] = [
    "health",
    "equity",
    "town",
    "council",
    "password",
    "marmot",
    "partnership",
    "register",
    "administrator",
    "director",
    "public",
    "welcome",
];

/// Whether a password is among the most used, one word with decoration, one piece over and over, a run of keys, or made of what is known of its owner.
pub(super) fn is_easily_guessed(password: &str, known: &[&str]) -> bool {
    let lower = password.to_lowercase();
    let plain = undecorated(&lower);
    is_repeated(&lower)
        || is_a_run(&lower)
        || [&lower, &plain].iter().any(|text| is_common(text) || is_known(text, known))
}

/// Without the figures and signs at both ends, and with letters where figures and signs stand for them.
fn undecorated(lower: &str) -> String {
    let letters = |text: &str| text.chars().map(meant).collect::<String>();
    let kept = lower.trim_matches(|c: char| !c.is_alphabetic());
    letters(kept).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn meant(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Whether it is a common word or password, or one such twice or more.
fn is_common(text: &str) -> bool {
    let piece = (1..=text.len() / 2)
        .filter(|length| text.len().is_multiple_of(*length) && text.is_char_boundary(*length))
        .map(|length| &text[..length])
        .find(|piece| piece.repeat(text.len() / piece.len()) == text);
    listed(text) || piece.is_some_and(listed)
}

fn listed(text: &str) -> bool {
    let hash = Sha256::digest(text.as_bytes());
    let (common, _) = COMMON.as_chunks::<4>();
    text.chars().count() >= 4 && common.binary_search_by(|known| known.as_slice().cmp(&hash[..4])).is_ok()
}

/// Fewer than six different characters, or at most six over and over.
fn is_repeated(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let different: std::collections::BTreeSet<&char> = letters.iter().collect();
    different.len() < 6
        || (1..=6).any(|length| letters.iter().zip(letters.iter().skip(length)).all(|(a, b)| a == b))
}

/// Mostly a walk along the alphabet, the figures or a row of keys, either way.
fn is_a_run(text: &str) -> bool {
    const ROWS: [&str; 5] =
        ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let letters: Vec<char> = text.chars().collect();
    let beside = |pair: &[char]| {
        ROWS.iter().any(|row| {
            let row: Vec<char> = row.chars().collect();
            row.windows(2).any(|step| {
                (step[0] == pair[0] && step[1] == pair[1]) || (step[1] == pair[0] && step[0] == pair[1])
            })
        })
    };
    let steps = letters.windows(2).filter(|pair| beside(pair)).count();
    steps * 10 >= letters.len().saturating_sub(1) * 7
}

/// Made of the owner's address or name, or of het's.
fn is_known(text: &str, known: &[&str]) -> bool {
    let own = known.iter().flat_map(|words| {
        words.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect::<Vec<_>>()
    });
    let mut left: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    let mut found = false;
    for word in own.chain(WORDS_OF_THE_PLACE.map(str::to_owned)) {
        if word.chars().count() >= 3 && left.contains(&word) {
            left = left.replace(&word, "");
            found = true;
        }
    }
    found && left.chars().count() < 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(password: &str, expected: bool) {
        let found = is_easily_guessed(password, &["ada.lovelace@example.org", "Ada Lovelace"]);
        assert_eq!(found, expected, "{password}");
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        check("password1234", true);
        check("Password2026!", true);
        check("P@ssw0rd2026!", true);
        check("Manchester2026!", true);
        check("123456789012", true);
        check("qwertyuiop12", true);
        check("abcdefghijkl", true);
        check("aaaaaaaaaaaa", true);
        check("abcabcabcabc", true);
        check("dragondragon", true);
        check("1qaz2wsx3edc", true);
        check("lovelace-ada-2026", true);
        check("HealthEquityTown1", true);
        check("Marmot-Partnership-26", true);
    }

    /// The first and the last of the 3,000 most used leaked passwords of twelve letters or more, and some between them.
    #[test]
    fn the_most_used_leaked_passwords_are_refused() {
        for password in ["123qweasdzxc", "q1w2e3r4t5y6", "Mailcreated5240", "fyutkbyf2005", "qwerty123456"] {
            check(password, true);
        }
    }

    /// Every password of twelve letters or more of the list that `HET_PASSWORD_LIST` names, one to a line: all of those 3,000, say.
    #[test]
    fn a_list_of_others_is_refused() {
        let Ok(list) = std::env::var("HET_PASSWORD_LIST") else {
            println!("skipped: HET_PASSWORD_LIST names no list");
            return;
        };
        let text = std::fs::read_to_string(list).unwrap();
        let long: Vec<&str> = text.lines().filter(|line| line.chars().count() >= 12).collect();
        let taken: Vec<&&str> = long.iter().filter(|line| !is_easily_guessed(line, &[])).collect();
        println!("{} of {} are taken: {taken:?}", taken.len(), long.len());
        assert!(taken.is_empty());
    }

    #[test]
    fn words_that_have_nothing_to_do_with_each_other_are_taken() {
        check("copper lantern tuesday", false);
        check("Lantern-3-quiet-otter", false);
        check("kV9#tq2LmZ4!", false);
        check("9f86d081884c7d659a2f", false);
        check("manchester lantern", false);
    }
}
