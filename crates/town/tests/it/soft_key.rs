//! A passkey made of software, which tells the truth or lies as it is told.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// An authenticator with one passkey.
pub struct SoftKey {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    /// How often it has signed.
    pub counter: u32,
}

/// What an answer says; the truth unless told otherwise.
#[derive(Clone)]
pub struct Says {
    pub origin: &'static str,
    pub relying_party: &'static str,
    pub kind: Option<&'static str>,
    pub challenge: Option<&'static str>,
    pub cross_origin: bool,
    pub flags: u8,
}

impl Default for Says {
    fn default() -> Says {
        Says {
            origin: "http://localhost:8080",
            relying_party: "localhost",
            kind: None,
            challenge: None,
            cross_origin: false,
            // Somebody was there, and was recognised.
            flags: 0x05,
        }
    }
}

pub fn encoded(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

impl SoftKey {
    pub fn new(id: u8) -> SoftKey {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, made.as_ref(), &random).unwrap();
        SoftKey { key, id: vec![id; 32], counter: 0 }
    }

    fn client_data(options: &str, says: &Says, kind: &str) -> Vec<u8> {
        let options: Value = serde_json::from_str(options).unwrap();
        let data = json!({
            "type": says.kind.unwrap_or(kind),
            "challenge": says.challenge.unwrap_or(options["challenge"].as_str().unwrap()),
            "origin": says.origin,
            "crossOrigin": says.cross_origin,
        });
        data.to_string().into_bytes()
    }

    fn data(&self, says: &Says, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(says.relying_party.as_bytes()).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The attestation object of a new passkey (attestation "none").
    pub fn attestation(&self, says: &Says) -> Vec<u8> {
        let mut data = self.data(says, says.flags | 0x40);
        data.extend([0; 16]);
        data.extend((self.id.len() as u16).to_be_bytes());
        data.extend(&self.id);
        // An EC2 key for ES256 on P-256 (RFC 9053).
        let point = self.key.public_key().as_ref();
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..]);
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        object
    }

    /// The answer to being asked for a new passkey.
    pub fn make(&self, options: &str, says: &Says) -> String {
        self.made(options, says, &self.attestation(says))
    }

    /// The same with another attestation object.
    pub fn made(&self, options: &str, says: &Says, attestation: &[u8]) -> String {
        let client_data = SoftKey::client_data(options, says, "webauthn.create");
        json!({
            "id": encoded(&self.id),
            "rawId": encoded(&self.id),
            "type": "public-key",
            "response": { "attestationObject": encoded(attestation), "clientDataJSON": encoded(&client_data) },
        })
        .to_string()
    }

    /// The answer to being asked to sign.
    pub fn sign(&mut self, options: &str, says: &Says) -> String {
        self.counter += 1;
        let client_data = SoftKey::client_data(options, says, "webauthn.get");
        let data = self.data(says, says.flags);
        let signed = [data.as_slice(), &Sha256::digest(&client_data)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "id": encoded(&self.id),
            "rawId": encoded(&self.id),
            "type": "public-key",
            "response": {
                "authenticatorData": encoded(&data),
                "clientDataJSON": encoded(&client_data),
                "signature": encoded(signature.as_ref()),
                "userHandle": null,
            },
        })
        .to_string()
    }
}
