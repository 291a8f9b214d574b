//! From the bytes of a file to UTF-8, as far as that can be told from its first bytes.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_16BE, UTF_16LE};

/// How many bytes at the start are looked at.
const LOOKED_AT: usize = 4096;

/// The text of a file: its mark taken off, UTF-16 turned to UTF-8, anything else as it stands; and its first bytes.
pub(crate) fn decoded<'a>(mut from: impl Read + 'a) -> io::Result<(Vec<u8>, Box<dyn Read + 'a>)> {
    let mut start = vec![0; LOOKED_AT];
    let mut filled = 0;
    while filled < start.len() {
        match from.read(&mut start[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    start.truncate(filled);
    let (encoding, mark) = told_from(&start);
    let rest = io::Cursor::new(start[mark..].to_vec()).chain(from);
    let text: Box<dyn Read + 'a> = match encoding {
        None => Box::new(rest),
        Some(encoding) => Box::new(Utf16 {
            from: rest,
            decoder: encoding.new_decoder_without_bom_handling(),
            encoded: Vec::new(),
            text: Vec::new(),
            given: 0,
            ended: false,
        }),
    };
    Ok((start, text))
}

/// The encoding when it is UTF-16, and how long its mark is.
fn told_from(start: &[u8]) -> (Option<&'static Encoding>, usize) {
    match start {
        [0xef, 0xbb, 0xbf, ..] => (None, 3),
        [0xff, 0xfe, ..] => (Some(UTF_16LE), 2),
        [0xfe, 0xff, ..] => (Some(UTF_16BE), 2),
        // Headings are nearly all ASCII: of UTF-16 without a mark every other byte is nothing.
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => (Some(UTF_16LE), 0),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => (Some(UTF_16BE), 0),
        _ => (None, 0),
    }
}

struct Utf16<R> {
    from: R,
    decoder: Decoder,
    encoded: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Utf16<R> {
    fn fill(&mut self) -> io::Result<()> {
        let mut block = [0; 16 * 1024];
        let read = self.from.read(&mut block)?;
        self.ended = read == 0;
        self.encoded.extend_from_slice(&block[..read]);
        self.text.clear();
        self.text.resize(self.encoded.len() * 3 + 16, 0);
        self.given = 0;
        let (result, used, written) =
            self.decoder.decode_to_utf8_without_replacement(&self.encoded, &mut self.text, self.ended);
        self.encoded.drain(..used);
        self.text.truncate(written);
        match result {
            DecoderResult::Malformed(..) => {
                Err(io::Error::new(io::ErrorKind::InvalidData, "it holds half a character of UTF-16"))
            }
            _ => Ok(()),
        }
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.fill()?;
        }
        let count = into.len().min(self.text.len() - self.given);
        into[..count].copy_from_slice(&self.text[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}
