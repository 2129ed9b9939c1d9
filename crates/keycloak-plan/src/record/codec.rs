//! The text of an owned record.
//!
//! `cloakroom-owned:1:<checksum>:<json>`, the checksum over the JSON; where that would be longer than 256 KiB
//! `cloakroom-owned:2:<checksum>:<base64>`, the JSON deflated and the checksum still over the JSON. In the JSON: `k` id of the
//! key, `p` pending identities, `s` Secret sources with `u` uid and `r` resourceVersion, `o` objects by identity, each with `c`
//! created by us, `n` children created by us, `d` seed defaults, `l` links made by relation, `f` applied values by
//! path. A value is its hash, then nothing (read back as applied), `?` (written, not read back yet; with a hash of
//! the drift it replaced) or `!` (overridden, with the hashes of what the server makes of it and of the server's
//! version and policies).

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Applied, OwnedRecord, Standing};
use crate::digest::ShortHash;

/// Longest text of a record, in bytes, that is not compressed: people can read it where it stands.
pub const PLAIN_RECORD_LIMIT: usize = 256 * 1024;

/// Longest JSON of a record, in bytes. What would unpack to more was not packed here.
const UNPACKED_LIMIT: usize = 16 * 1024 * 1024;

/// Between speed and size; a record of 2,000 objects takes some milliseconds.
const LEVEL: u8 = 6;

const NAME: &str = "cloakroom-owned";
/// The JSON as it is.
const PLAIN: &str = "1";
/// The JSON deflated, in base64.
const DEFLATED: &str = "2";

/// What became of a text that should be a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decoded {
    /// The record.
    Record(OwnedRecord),
    /// None could be read: plan with an empty one, which adopts everything and deletes nothing.
    Lost(LostRecord),
}

impl Decoded {
    /// The record, or an empty one.
    pub fn or_empty(self) -> OwnedRecord {
        match self {
            Self::Record(record) => record,
            Self::Lost(LostRecord::Missing | LostRecord::UnknownVersion(_) | LostRecord::Corrupt) => {
                OwnedRecord::default()
            }
        }
    }
}

/// Why a record was lost.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LostRecord {
    /// There is none.
    #[error("there is no record of what was applied; everything is adopted and nothing is deleted")]
    Missing,
    /// A newer controller wrote it.
    #[error(
        "the record of what was applied has version {0}, which is not known here; everything is adopted and nothing is deleted"
    )]
    UnknownVersion(String),
    /// It was changed or cut.
    #[error("the record of what was applied is damaged; everything is adopted and nothing is deleted")]
    Corrupt,
}

impl OwnedRecord {
    /// Its text: the same for the same record.
    pub fn encode(&self) -> String {
        // Maps with text keys and texts: the serialiser has nothing to refuse.
        let json = serde_json::to_string(self).unwrap_or_default();
        let sum = checksum(&json);
        let plain = format!("{NAME}:{PLAIN}:{sum}:{json}");
        if plain.len() <= PLAIN_RECORD_LIMIT || json.len() > UNPACKED_LIMIT {
            return plain;
        }
        let packed = STANDARD_NO_PAD.encode(compress_to_vec(json.as_bytes(), LEVEL));
        format!("{NAME}:{DEFLATED}:{sum}:{packed}")
    }
}

/// Reads the text of a record. Never fails: what is no record is lost.
pub fn decode(text: &str) -> Decoded {
    if text.is_empty() {
        return Decoded::Lost(LostRecord::Missing);
    }
    match read(text) {
        Ok(record) => Decoded::Record(record),
        Err(lost) => Decoded::Lost(lost),
    }
}

fn read(text: &str) -> Result<OwnedRecord, LostRecord> {
    let mut parts = text.splitn(4, ':');
    let mut next = || parts.next().ok_or(LostRecord::Corrupt);
    if next()? != NAME {
        return Err(LostRecord::Corrupt);
    }
    let version = next()?;
    if ![PLAIN, DEFLATED].contains(&version) {
        return Err(of_another_version(version));
    }
    let (sum, content) = (next()?, next()?);
    let json = if version == PLAIN { content.to_owned() } else { unpacked(content)? };
    if sum != checksum(&json) {
        return Err(LostRecord::Corrupt);
    }
    serde_json::from_str(&json).map_err(|_| LostRecord::Corrupt)
}

fn of_another_version(version: &str) -> LostRecord {
    let number = (1..=9).contains(&version.len()) && version.bytes().all(|byte| byte.is_ascii_digit());
    if number { LostRecord::UnknownVersion(version.to_owned()) } else { LostRecord::Corrupt }
}

/// Whoever may write where the record stands may write a text that unpacks to very much more.
fn unpacked(content: &str) -> Result<String, LostRecord> {
    let packed = STANDARD_NO_PAD.decode(content).map_err(|_| LostRecord::Corrupt)?;
    let json = decompress_to_vec_with_limit(&packed, UNPACKED_LIMIT).map_err(|_| LostRecord::Corrupt)?;
    String::from_utf8(json).map_err(|_| LostRecord::Corrupt)
}

fn checksum(json: &str) -> String {
    ShortHash::of("cloakroom record", &[json.as_bytes()]).to_string()
}

impl From<Applied> for String {
    fn from(applied: Applied) -> Self {
        let hash = applied.hash;
        match applied.standing {
            Standing::Confirmed => hash.to_string(),
            Standing::Written { over: None } => format!("{hash}?"),
            Standing::Written { over: Some(over) } => format!("{hash}?{over}"),
            Standing::Overridden { reads, under } => format!("{hash}!{reads}{under}"),
        }
    }
}

/// A text that is no applied value.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not an applied value")]
pub struct NotApplied(String);

impl TryFrom<String> for Applied {
    type Error = NotApplied;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        parse_applied(&text).ok_or(NotApplied(text))
    }
}

fn parse_applied(text: &str) -> Option<Applied> {
    let (hash, rest) = text.split_at_checked(16)?;
    let hash = ShortHash::parse(hash)?;
    let standing = if rest.is_empty() {
        Standing::Confirmed
    } else if let Some(over) = rest.strip_prefix('?') {
        Standing::Written { over: if over.is_empty() { None } else { Some(ShortHash::parse(over)?) } }
    } else {
        let (reads, under) = rest.strip_prefix('!')?.split_at_checked(16)?;
        Standing::Overridden { reads: ShortHash::parse(reads)?, under: ShortHash::parse(under)? }
    };
    Some(Applied { hash, standing })
}

impl Serialize for ShortHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ShortHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a hash"))
    }
}

#[cfg(test)]
mod tests;
