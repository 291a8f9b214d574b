//! Sealed values: XChaCha20-Poly1305 (RFC 8439 with the nonce of draft-irtf-cfrg-xchacha-03) with a random nonce for each.
//!
//! A sealed value is its form (one byte), the public name of its key (8), the nonce (24), and the text with its tag. What is
//! authenticated with it names the table, the column and the row, so that a value cannot be moved to where it was not written. The
//! text is filled up to a whole number of 32 bytes before it is sealed, so that the length of a name is not told. (AES-GCM-SIV, the other
//! candidate, forgives a nonce that is used twice; 24 random bytes never are, and the backups use this cipher already.)

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::keys::{Keys, NAME, random};
use crate::{Error, Result};

const FORM: u8 = 1;
const NONCE: usize = 24;
const HEAD: usize = 1 + NAME + NONCE;
const BLOCK: usize = 32;

/// Where a sealed value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The table.
    pub table: &'a str,
    /// The column.
    pub column: &'a str,
    /// The row, by its primary key.
    pub row: &'a str,
}

impl Cell<'_> {
    /// What is authenticated: the head of the value, then where it stands.
    fn authenticated(&self, head: &[u8]) -> Vec<u8> {
        let mut all = head.to_vec();
        for part in ["het register", self.table, self.column, self.row] {
            all.extend_from_slice(&(part.len() as u64).to_be_bytes());
            all.extend_from_slice(part.as_bytes());
        }
        all
    }
}

fn refused(reason: &'static str) -> Error {
    Error::Sealed { reason }
}

/// Seals a text with the newest key.
///
/// # Errors
/// When the operating system gives no random bits.
pub fn seal(keys: &Keys, cell: Cell<'_>, text: &str) -> Result<Vec<u8>> {
    let key = keys.sealing().ok_or_else(|| refused("there is no key"))?;
    let mut sealed = vec![FORM];
    sealed.extend_from_slice(&key.name);
    let mut nonce = [0; NONCE];
    random(&mut nonce)?;
    sealed.extend_from_slice(&nonce);
    // ISO/IEC 7816-4: one mark, then noughts up to the block.
    let mut plain = Zeroizing::new(Vec::with_capacity(text.len() + BLOCK));
    plain.extend_from_slice(text.as_bytes());
    plain.push(0x80);
    let whole = plain.len().next_multiple_of(BLOCK);
    plain.resize(whole, 0);
    let payload = Payload { msg: &plain, aad: &cell.authenticated(&sealed[..HEAD - NONCE]) };
    let cipher = XChaCha20Poly1305::new(&Key::from(*key.seals));
    let tail =
        cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| refused("it could not be sealed"))?;
    sealed.extend_from_slice(&tail);
    Ok(sealed)
}

/// Opens a sealed value.
///
/// # Errors
/// [`Error::Sealed`] when it was changed, stands where it was not written, or its key is not there.
pub fn open(keys: &Keys, cell: Cell<'_>, sealed: &[u8]) -> Result<String> {
    let form = sealed.first().copied();
    if form != Some(FORM) || sealed.len() < HEAD {
        return Err(refused("it is not a sealed value"));
    }
    let key = keys.called(&sealed[1..=NAME]);
    let key = key.ok_or_else(|| refused("its key is not among those that het was given"))?;
    let mut nonce = [0; NONCE];
    nonce.copy_from_slice(&sealed[1 + NAME..HEAD]);
    let payload = Payload { msg: &sealed[HEAD..], aad: &cell.authenticated(&sealed[..HEAD - NONCE]) };
    let cipher = XChaCha20Poly1305::new(&Key::from(*key.seals));
    let plain = cipher.decrypt(&XNonce::from(nonce), payload);
    let plain =
        Zeroizing::new(plain.map_err(|_| refused("it was changed, or moved from where it was written"))?);
    let end = plain.iter().rposition(|&byte| byte != 0).filter(|&end| plain[end] == 0x80);
    let end = end.ok_or_else(|| refused("it is filled up in another way"))?;
    String::from_utf8(plain[..end].to_vec()).map_err(|_| refused("it is not text"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys() -> Keys {
        Keys::parse(&Keys::new_line().unwrap()).unwrap()
    }

    const HERE: Cell<'static> = Cell { table: "person", column: "family_name", row: "a" };

    proptest! {
        #[test]
        fn what_is_sealed_opens_where_it_was_sealed(text in "\\PC{0,200}|[\\x00-\\xff]{0,40}") {
            let keys = keys();
            let sealed = seal(&keys, HERE, &text).unwrap();
            prop_assert_eq!(open(&keys, HERE, &sealed).unwrap(), text.clone());
            prop_assert_eq!((sealed.len() - HEAD - 16) % BLOCK, 0);
            prop_assert!(text.len() < 4 || !sealed.windows(text.len()).any(|w| w == text.as_bytes()));
            prop_assert_ne!(seal(&keys, HERE, &text).unwrap(), sealed, "never twice the same");
        }

        #[test]
        fn any_changed_byte_is_refused(text in "\\PC{0,60}", place in any::<prop::sample::Index>(), with in 1_u8..) {
            let keys = keys();
            let mut sealed = seal(&keys, HERE, &text).unwrap();
            let place = place.index(sealed.len());
            sealed[place] ^= with;
            prop_assert!(open(&keys, HERE, &sealed).is_err(), "byte {}", place);
        }

        #[test]
        fn a_value_cut_short_is_refused(text in "\\PC{0,60}", place in any::<prop::sample::Index>()) {
            let keys = keys();
            let sealed = seal(&keys, HERE, &text).unwrap();
            prop_assert!(open(&keys, HERE, &sealed[..place.index(sealed.len())]).is_err());
        }

        #[test]
        fn a_moved_value_is_refused(table in "[a-z]{0,8}", column in "[a-z_]{0,8}", row in "[a-f0-9]{0,8}") {
            let keys = keys();
            let there = Cell { table: &table, column: &column, row: &row };
            prop_assume!(there != HERE);
            let sealed = seal(&keys, HERE, "Thistlemere").unwrap();
            prop_assert!(open(&keys, there, &sealed).is_err());
        }
    }

    #[test]
    fn words_cannot_slip_from_one_name_into_the_next() {
        let keys = keys();
        let sealed = seal(&keys, Cell { table: "ab", column: "c", row: "d" }, "x").unwrap();
        assert!(open(&keys, Cell { table: "a", column: "bc", row: "d" }, &sealed).is_err());
    }

    #[test]
    fn an_older_key_still_opens_and_a_stranger_does_not() {
        let (old, new) = (Keys::new_line().unwrap(), Keys::new_line().unwrap());
        let sealed = seal(&Keys::parse(&old).unwrap(), HERE, "Thistlemere").unwrap();
        let both = Keys::parse(&format!("{new}\n{old}")).unwrap();
        assert_eq!(open(&both, HERE, &sealed).unwrap(), "Thistlemere");
        let without = open(&Keys::parse(&new).unwrap(), HERE, &sealed).unwrap_err().to_string();
        assert!(without.contains("key is not among"), "{without}");
    }
}
