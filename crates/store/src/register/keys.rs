//! The keys of the register: they seal its columns and make the keyed hashes that it is searched by. They come from a file, the
//! environment or a command, and are kept in no database and no backup.
//!
//! A key is 32 random bytes. From each come two more by HMAC-SHA-256 (RFC 2104), one that seals and one that hashes, so that neither
//! tells anything of the other.

use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{Error, Result};

/// What a key is called where it may be seen: eight bytes of a hash of it.
pub(super) const NAME: usize = 8;

/// The keys that are there: the first seals, all of them open, so that a new key is put on top of the old ones.
#[derive(Clone)]
pub struct Keys {
    keys: Vec<Key>,
}

#[derive(Clone)]
pub(super) struct Key {
    pub(super) name: [u8; NAME],
    pub(super) seals: Zeroizing<[u8; 32]>,
    hashes: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys of {}", self.keys.len())
    }
}

impl Key {
    fn of(master: &Zeroizing<[u8; 32]>) -> Key {
        let hash =
            Sha256::new().chain_update(b"het register key name").chain_update(master.as_slice()).finalize();
        let mut name = [0; NAME];
        name.copy_from_slice(&hash[..NAME]);
        Key { name, seals: mac(master, b"het register seal"), hashes: mac(master, b"het register hash") }
    }
}

/// HMAC-SHA-256.
fn mac(key: &[u8; 32], message: &[u8]) -> Zeroizing<[u8; 32]> {
    // HMAC fills a key up with noughts to its block of 64 bytes; a key of that size cannot be refused.
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&(*block).into());
    mac.update(message);
    Zeroizing::new(mac.finalize().into_bytes().into())
}

impl Keys {
    /// Reads keys: a line of 64 hexadecimal digits for each, the newest first; lines that begin with `#` are notes.
    ///
    /// # Errors
    /// [`Error::Keys`] when there is none, or something else.
    pub fn parse(text: &str) -> Result<Keys> {
        let mut keys = Vec::new();
        let lines = text.split(['\n', '\r', ',']).map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut master = Zeroizing::new([0; 32]);
            let decoded = hex::decode_to_slice(line, &mut *master);
            decoded
                .map_err(|_| Error::Keys("each key must be a line of 64 hexadecimal digits".to_owned()))?;
            keys.push(Key::of(&master));
        }
        if keys.is_empty() {
            return Err(Error::Keys("there is no key in it: make one with het keys new".to_owned()));
        }
        Ok(Keys { keys })
    }

    /// Reads a key file, which not everybody on the machine may be able to read.
    ///
    /// # Errors
    /// [`Error::Keys`] saying what is wrong with the file.
    pub fn read(path: &Path) -> Result<Keys> {
        let wrong = |reason: &str| Error::Keys(format!("{}: {reason}", path.display()));
        let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|error| wrong(&error.to_string()))?);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let known = std::fs::metadata(path).map_err(|error| wrong(&error.to_string()))?;
            if known.permissions().mode() & 0o007 != 0 {
                return Err(wrong("everybody on this machine may read it: take that away with chmod 600"));
            }
        }
        Keys::parse(&text).map_err(|error| match error {
            Error::Keys(reason) => wrong(&reason),
            other => other,
        })
    }

    /// A new random key, as a line of a key file.
    ///
    /// # Errors
    /// When the operating system gives no random bits.
    pub fn new_line() -> Result<String> {
        let mut key = Zeroizing::new([0; 32]);
        random(&mut *key)?;
        Ok(hex::encode(*key))
    }

    /// The public name of the key that seals.
    pub fn newest(&self) -> String {
        self.keys.first().map(|key| hex::encode(key.name)).unwrap_or_default()
    }

    /// The public names of all keys, the newest first.
    pub fn names(&self) -> Vec<String> {
        self.keys.iter().map(|key| hex::encode(key.name)).collect()
    }

    pub(super) fn sealing(&self) -> Option<&Key> {
        self.keys.first()
    }

    pub(super) fn called(&self, name: &[u8]) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// What a value is found by: its hash under the newest key, in hexadecimal. `kind` keeps hashes of different kinds of value apart.
    pub fn index(&self, kind: &str, value: &str) -> String {
        self.indexes(kind, value).into_iter().next().unwrap_or_default()
    }

    /// What a value may be found by: its hash under every key, since a row may still be sealed by an older one.
    pub fn indexes(&self, kind: &str, value: &str) -> Vec<String> {
        let message = format!("{kind}\0{value}");
        self.keys.iter().map(|key| hex::encode(*mac(&key.hashes, message.as_bytes()))).collect()
    }
}

/// Fills bytes from the operating system.
pub(super) fn random(bytes: &mut [u8]) -> Result<()> {
    OsRng.try_fill_bytes(bytes).map_err(|error| Error::Keys(format!("no random bits: {error}")))
}

/// A new random name of a row: 32 hexadecimal digits that tell nothing.
///
/// # Errors
/// When the operating system gives no random bits.
pub fn new_id() -> Result<String> {
    let mut bytes = [0; 16];
    random(&mut bytes)?;
    Ok(hex::encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2 with its key filled up with noughts, which HMAC does itself, to the 32 bytes that ours have.
    #[test]
    fn hashes_are_those_of_the_rfc() {
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let found = mac(&key, b"what do ya want for nothing?");
        assert_eq!(hex::encode(*found), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn keys_are_read() {
        let (new, old) = (Keys::new_line().unwrap(), Keys::new_line().unwrap());
        let keys = Keys::parse(&format!("# the newest first\n{new}\n\n{old}\n")).unwrap();
        assert_eq!(keys.names().len(), 2);
        assert_eq!(keys.newest(), Keys::parse(&new).unwrap().newest());
        assert_eq!(keys.indexes("nhs", "1")[1], Keys::parse(&old).unwrap().index("nhs", "1"));
        assert_ne!(keys.index("nhs", "1"), keys.index("postcode", "1"));
        assert_eq!(Keys::parse(&format!("{new},{old}")).unwrap().names(), keys.names());
        for text in ["", "# nothing", "abc", &new[1..]] {
            assert!(Keys::parse(text).is_err(), "{text}");
        }
        assert!(!format!("{keys:?}").contains(&new));
    }
}
