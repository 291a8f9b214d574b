//! The encryption around a backup: XChaCha20-Poly1305 over pieces of 64 KiB, in the STREAM construction (Hoang, Reyhanitabar,
//! Rogaway and Vizár, Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015), so that a file of any size
//! is read without holding it, and a piece that was changed, swapped, cut off or added is refused.
//!
//! The file begins with eight letters, the key's public name and a random prefix of every piece's nonce; all of it is
//! authenticated with every piece.

use std::io::{self, Read, Write};
use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use rand::TryRngCore;
use rand::rngs::OsRng;
use sha2::{Digest, Sha256};

use super::BackupError;

const MAGIC: &[u8; 8] = b"HETBACK1";
const NAME: usize = 8;
const PREFIX: usize = 19;
const HEADER: usize = MAGIC.len() + NAME + PREFIX;
const PIECE: usize = 64 * 1024;
const TAG: usize = 16;

/// The keys of a key file: the first seals, all of them open, so that a new key is put on top of the old ones.
#[derive(Clone)]
pub struct Keyring {
    keys: Vec<[u8; 32]>,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keyring of {}", self.keys.len())
    }
}

impl Keyring {
    /// Reads a key file: a line of 64 hexadecimal digits for each key, the newest first; lines that begin with `#` are notes.
    ///
    /// # Errors
    /// [`BackupError::Key`] when it holds no key or something else, or everybody on the machine may read it.
    pub fn read(path: &Path) -> Result<Keyring, BackupError> {
        let wrong = |reason| BackupError::Key { path: path.to_owned(), reason };
        let text = std::fs::read_to_string(path).map_err(|_| wrong("it cannot be read"))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            if std::fs::metadata(path)?.permissions().mode() & 0o007 != 0 {
                return Err(wrong("everybody on this machine may read it: take that away with chmod 600"));
            }
        }
        Keyring::parse(&text).map_err(wrong)
    }

    fn parse(text: &str) -> Result<Keyring, &'static str> {
        let mut keys = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut key = [0; 32];
            hex::decode_to_slice(line, &mut key).map_err(|_| "each line must be 64 hexadecimal digits")?;
            keys.push(key);
        }
        if keys.is_empty() {
            Err("it holds no key: make one with het backup key")
        } else {
            Ok(Keyring { keys })
        }
    }
}

/// A new random key, as a line of a key file.
///
/// # Errors
/// When the operating system gives no random bits.
pub fn new_key() -> Result<String, BackupError> {
    let mut key = [0; 32];
    random(&mut key)?;
    Ok(hex::encode(key))
}

fn random(bytes: &mut [u8]) -> io::Result<()> {
    OsRng.try_fill_bytes(bytes).map_err(io::Error::other)
}

/// What a key is called where it may be seen.
fn name_of(key: &[u8; 32]) -> [u8; NAME] {
    let hash = Sha256::new().chain_update(b"het backup key name").chain_update(key).finalize();
    let mut name = [0; NAME];
    name.copy_from_slice(&hash[..NAME]);
    name
}

/// The nonce of a piece: the file's prefix, the piece's number, whether it is the last.
fn nonce(header: &[u8; HEADER], number: u32, last: bool) -> XNonce {
    let mut nonce = [0; 24];
    nonce[..PREFIX].copy_from_slice(&header[HEADER - PREFIX..]);
    nonce[PREFIX..23].copy_from_slice(&number.to_be_bytes());
    nonce[23] = u8::from(last);
    XNonce::from(nonce)
}

/// Seals what is written to it.
pub(super) struct Sealer<W: Write> {
    to: W,
    cipher: XChaCha20Poly1305,
    header: [u8; HEADER],
    number: u32,
    piece: Vec<u8>,
}

impl<W: Write> Sealer<W> {
    pub(super) fn new(mut to: W, keys: &Keyring) -> io::Result<Sealer<W>> {
        let key = keys.keys.first().ok_or_else(|| io::Error::other("there is no key"))?;
        let mut header = [0; HEADER];
        header[..8].copy_from_slice(MAGIC);
        header[8..8 + NAME].copy_from_slice(&name_of(key));
        random(&mut header[8 + NAME..])?;
        to.write_all(&header)?;
        let cipher = XChaCha20Poly1305::new(&Key::from(*key));
        Ok(Sealer { to, cipher, header, number: 0, piece: Vec::with_capacity(PIECE) })
    }

    /// Writes the last piece and gives back what was written to.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.seal(true)?;
        self.to.flush()?;
        Ok(self.to)
    }

    fn seal(&mut self, last: bool) -> io::Result<()> {
        let payload = Payload { msg: &self.piece, aad: &self.header };
        let sealed = self.cipher.encrypt(&nonce(&self.header, self.number, last), payload);
        self.to.write_all(&sealed.map_err(|_| io::Error::other("a piece could not be sealed"))?)?;
        self.number =
            self.number.checked_add(1).ok_or_else(|| io::Error::other("the backup is too large"))?;
        self.piece.clear();
        Ok(())
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full piece is only sealed when more follows: the last one is sealed as the last.
        if self.piece.len() == PIECE {
            self.seal(false)?;
        }
        let taken = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens what a [`Sealer`] sealed.
pub(super) struct Opener<R: Read> {
    from: R,
    cipher: XChaCha20Poly1305,
    header: [u8; HEADER],
    number: u32,
    piece: Vec<u8>,
    given: usize,
    /// Sealed bytes read ahead, to know whether a piece is the last.
    ahead: Vec<u8>,
    finished: bool,
}

impl<R: Read> Opener<R> {
    pub(super) fn new(mut from: R, keys: &Keyring) -> Result<Opener<R>, BackupError> {
        let mut header = [0; HEADER];
        from.read_exact(&mut header).map_err(|_| BackupError::Damaged("it is not a backup of het"))?;
        if &header[..8] != MAGIC {
            return Err(BackupError::Damaged("it is not a backup of het"));
        }
        let name = &header[8..8 + NAME];
        let key = keys.keys.iter().find(|key| name_of(key) == name);
        let key = key.ok_or_else(|| BackupError::OtherKey { id: hex::encode(name) })?;
        let cipher = XChaCha20Poly1305::new(&Key::from(*key));
        let (piece, ahead) = (Vec::new(), Vec::new());
        Ok(Opener { from, cipher, header, number: 0, piece, given: 0, ahead, finished: false })
    }

    fn open(&mut self) -> io::Result<()> {
        let wanted = PIECE + TAG + 1 - self.ahead.len();
        (&mut self.from).take(wanted as u64).read_to_end(&mut self.ahead)?;
        let last = self.ahead.len() <= PIECE + TAG;
        let sealed = &self.ahead[..self.ahead.len().min(PIECE + TAG)];
        let payload = Payload { msg: sealed, aad: &self.header };
        let opened = self.cipher.decrypt(&nonce(&self.header, self.number, last), payload);
        let damaged = |_| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                "the backup is damaged: a piece was changed or is missing",
            )
        };
        self.piece = opened.map_err(damaged)?;
        self.given = 0;
        self.finished = last;
        self.number = self.number.wrapping_add(1);
        self.ahead = self.ahead.split_off(self.ahead.len().min(PIECE + TAG));
        Ok(())
    }
}

impl<R: Read> Read for Opener<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.piece.len() {
            if self.finished {
                return Ok(0);
            }
            self.open()?;
        }
        let given = into.len().min(self.piece.len() - self.given);
        into[..given].copy_from_slice(&self.piece[self.given..self.given + given]);
        self.given += given;
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(lines: &[&str]) -> Keyring {
        Keyring::parse(&lines.join("\n")).unwrap()
    }

    fn sealed(length: usize, keys: &Keyring) -> (Vec<u8>, Vec<u8>) {
        let plain: Vec<u8> = (0..length).map(|i| (i % 251) as u8).collect();
        let mut sealer = Sealer::new(Vec::new(), keys).unwrap();
        sealer.write_all(&plain).unwrap();
        (plain, sealer.finish().unwrap())
    }

    fn open(sealed: &[u8], keys: &Keyring) -> Result<Vec<u8>, BackupError> {
        let mut plain = Vec::new();
        Opener::new(sealed, keys)?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[test]
    fn what_is_sealed_can_be_opened() {
        let key = new_key().unwrap();
        let keys = keys(&[&key]);
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7] {
            let (plain, sealed) = sealed(length, &keys);
            assert_eq!(open(&sealed, &keys).unwrap(), plain, "{length}");
        }
    }

    #[test]
    fn any_change_is_refused() {
        let keys = keys(&[&new_key().unwrap()]);
        let (_, sealed) = sealed(2 * PIECE + 10, &keys);
        for place in (0..sealed.len()).step_by(997).chain([0, HEADER - 1, HEADER, sealed.len() - 1]) {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(open(&changed, &keys).is_err(), "byte {place} changed");
            assert!(open(&sealed[..place], &keys).is_err(), "cut at {place}");
        }
        let whole = HEADER + PIECE + TAG;
        let swapped =
            [&sealed[..HEADER], &sealed[whole..whole + PIECE + TAG], &sealed[HEADER..whole]].concat();
        assert!(open(&swapped, &keys).is_err());
        // Cut between two pieces: the one before is not sealed as the last.
        assert!(open(&sealed[..whole], &keys).is_err());
        assert!(open(&[&sealed[..], &[0]].concat(), &keys).is_err());
    }

    #[test]
    fn old_keys_still_open() {
        let (old, new) = (new_key().unwrap(), new_key().unwrap());
        let (plain, sealed) = sealed(100, &keys(&[&old]));
        assert_eq!(open(&sealed, &keys(&["# newest first", &new, &old])).unwrap(), plain);
        assert!(matches!(open(&sealed, &keys(&[&new])), Err(BackupError::OtherKey { .. })));
        assert!(Keyring::parse("").is_err() && Keyring::parse("abc").is_err());
    }
}
