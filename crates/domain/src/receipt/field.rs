//! Fields that stand open or closed, and the entries that they make up.

use core::fmt;

use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::hex_bytes::HexBytes;
use crate::id::DealId;

/// A link of the chain, or a commitment.
pub(super) type Hash = HexBytes<32>;

/// Set before what is hashed, so that no hash can stand for one of another kind.
const FIELD: &str = "amn-receipt-1 field";
const LINK: &str = "amn-receipt-1 link";

/// What a chain begins with.
pub(super) const BEGINNING: Hash = HexBytes([0; 32]);

/// 128 bits that keep a closed field from being guessed.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Salt(HexBytes<16>);

impl Salt {
    /// The salt of one field of one deal: HMAC-SHA256 (RFC 2104) under a key of the operator's, cut
    /// to 128 bits. The same each time, so that both parties' receipts are one chain.
    pub(super) fn derive(key: &[u8], deal: DealId, entry: &str, field: &str) -> Self {
        let mut mac = <Hmac<Sha256>>::new_from_slice(key).expect("HMAC takes keys of any length");
        mac.update(b"amn receipt salt\n");
        mac.update(deal.as_uuid().as_bytes());
        mac.update(format!("\n{entry}\n{field}").as_bytes());
        let tag: [u8; 32] = mac.finalize().into_bytes().into();
        let mut salt = [0; 16];
        salt.copy_from_slice(tag.split_at(16).0);
        Self(HexBytes(salt))
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Its value, and the salt that proves it.
    Open {
        /// The value, as text.
        value: String,
        /// What its commitment was made with.
        salt: Salt,
    },
    /// Its commitment alone: SHA-256 of salt, name and value.
    Closed(Commitment),
}

/// What a closed field is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment(Hash);

/// A named value of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Field {
    name: String,
    content: Content,
}

/// A field as the file has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    salt: Option<Salt>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed: Option<Hash>,
}

impl TryFrom<Written> for Field {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let is_name = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.');
        if written.name.is_empty() || !written.name.bytes().all(is_name) {
            return Err("a field's name has small letters, digits, dots and lines below");
        }
        let content = match (written.value, written.salt, written.closed) {
            (Some(value), Some(salt), None) => Content::Open { value, salt },
            (None, None, Some(hash)) => Content::Closed(Commitment(hash)),
            _ => return Err("a field has a value and its salt, or is closed"),
        };
        let name = written.name;
        Ok(Self { name, content })
    }
}

impl From<Field> for Written {
    fn from(field: Field) -> Self {
        let (value, salt, closed) = match field.content {
            Content::Open { value, salt } => (Some(value), Some(salt), None),
            Content::Closed(Commitment(hash)) => (None, None, Some(hash)),
        };
        let name = field.name;
        Self {
            name,
            value,
            salt,
            closed,
        }
    }
}

impl Field {
    pub(super) const fn open(name: String, value: String, salt: Salt) -> Self {
        let content = Content::Open { value, salt };
        Self { name, content }
    }

    /// Its name, such as `what.units`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What stands in it.
    pub const fn content(&self) -> &Content {
        &self.content
    }

    /// The same with nothing to be read in it. The chain holds as before, so whoever has a receipt
    /// may close more of it before they hand it on.
    #[must_use]
    pub fn close(self) -> Self {
        let content = Content::Closed(Commitment(self.commitment()));
        Self { content, ..self }
    }

    fn commitment(&self) -> Hash {
        match &self.content {
            Content::Closed(Commitment(hash)) => *hash,
            Content::Open { value, salt } => hash(&[FIELD, &salt.0.to_string(), &self.name, value]),
        }
    }
}

/// One link of the chain: its fields in the order of their names, and its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Which one it is among its kind, from 1 on.
    pub seq: u64,
    /// What it says.
    pub fields: Vec<Field>,
    link: Hash,
}

impl Entry {
    /// The entry called `title` that follows the link `before`.
    pub(super) fn link(before: Hash, seq: u64, title: &str, fields: Vec<Field>) -> Self {
        let link = link_of(before, title, &fields);
        Self { seq, fields, link }
    }

    /// Whether it follows the link `before` under this title, unchanged.
    pub(super) fn follows(&self, before: Hash, title: &str) -> bool {
        let names = self.fields.iter().map(Field::name);
        // A name stands once, and in its place: else one entry could be written in two ways.
        names.is_sorted_by(|one, other| one < other)
            && self.link == link_of(before, title, &self.fields)
    }

    pub(super) const fn hash(&self) -> Hash {
        self.link
    }

    /// The value of a field, if it stands open.
    pub fn value(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|field| field.name == name)?;
        match &field.content {
            Content::Open { value, .. } => Some(value),
            Content::Closed(_) => None,
        }
    }
}

fn link_of(before: Hash, title: &str, fields: &[Field]) -> Hash {
    let mut lines = vec![LINK.to_owned(), before.to_string(), title.to_owned()];
    let line = |field: &Field| format!("{} {}", field.name, field.commitment());
    lines.extend(fields.iter().map(line));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    hash(&lines)
}

/// SHA-256 of lines. Only the last may hold line breaks: so no two lists of lines are one text.
fn hash(lines: &[&str]) -> Hash {
    HexBytes(Sha256::digest(lines.join("\n")).into())
}
