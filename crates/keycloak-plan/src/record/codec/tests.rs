use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::tests::{Given, all_steps, client, role};

fn record() -> OwnedRecord {
    let given =
        Given::new().desired(client(json!({"name": "Portal", "secret": "s", "attributes": {"a]b": "x"}})));
    let plan = given.plan();
    plan.record_after(&given.record, &all_steps(&plan))
}

#[test]
fn a_record_is_one_compact_text() {
    insta::assert_snapshot!(record().encode(), @r#"cloakroom-owned:1:49b00d20a9de2571:{"k":"rk-1","o":{"client:portal":{"c":true,"f":{"attributes[a\\]b]":"795f1422e5cb777b?","name":"e0ef07fc3c17a731?","secret":"8b51f17dd7133492?"}}}}"#);
}

#[test]
fn every_standing_survives() {
    let (hash, other) = (ShortHash::of("a", &[]), ShortHash::of("b", &[]));
    for standing in [
        Standing::Confirmed,
        Standing::Written { over: None },
        Standing::Written { over: Some(other) },
        Standing::Overridden { reads: other, under: hash },
    ] {
        let applied = Applied { hash, standing };
        assert_eq!(parse_applied(&String::from(applied)), Some(applied));
    }
    for text in [
        "",
        "x",
        "00112233445566",
        "0011223344556677é",
        "0011223344556677!0011223344556677",
        "0011223344556677?x",
    ] {
        assert_eq!(parse_applied(text), None, "{text:?}");
    }
}

/// A record of these objects, each created with one value.
fn many(objects: impl Iterator<Item = crate::Desired>) -> OwnedRecord {
    let mut given = Given::new();
    given.desired.extend(objects);
    let plan = given.plan();
    plan.record_after(&given.record, &all_steps(&plan))
}

#[test]
fn a_large_record_is_compressed_and_reads_back_the_same() {
    let record =
        many((0..6000).map(|number| {
            role(&format!("role-with-a-rather-long-name-{number}"), json!({"description": "x"}))
        }));
    let plain = serde_json::to_string(&record).unwrap().len();
    let text = record.encode();
    assert!(plain > PLAIN_RECORD_LIMIT, "{plain} bytes");
    assert!(text.starts_with("cloakroom-owned:2:"), "{}", &text[..40]);
    assert!(text.len() * 5 < plain * 2, "{} of {plain} bytes", text.len());
    assert_eq!(decode(&text), Decoded::Record(record));
}

#[test]
fn a_thousand_roles_are_not_compressed() {
    let text = many((0..1000).map(|number| role(&format!("role-{number}"), json!({"description": "x"}))));
    let text = text.encode();
    assert!(text.starts_with("cloakroom-owned:1:"), "{}", &text[..40]);
    assert!(text.len() < 80 * 1024, "{} bytes", text.len());
}

#[test]
fn what_unpacks_to_something_else_or_to_too_much_is_lost() {
    let packed = |json: &[u8]| STANDARD_NO_PAD.encode(compress_to_vec(json, LEVEL));
    let text = |sum: &str, content: &str| format!("{NAME}:{DEFLATED}:{sum}:{content}");
    let json = "{}";
    assert_eq!(decode(&text(&checksum(json), &packed(b"{}"))), Decoded::Record(OwnedRecord::default()));
    // 16 MiB of blanks are still JSON, in 20 KB of text; one more is not unpacked.
    let blanks = |many: usize| format!("{}{{}}", " ".repeat(many - 2));
    let most = blanks(UNPACKED_LIMIT);
    assert_eq!(
        decode(&text(&checksum(&most), &packed(most.as_bytes()))),
        Decoded::Record(OwnedRecord::default())
    );
    let more = blanks(UNPACKED_LIMIT + 1);
    for lost in [
        text(&checksum(&more), &packed(more.as_bytes())),
        text(&checksum("{ }"), &packed(b"{}")),
        text(&checksum(json), &packed(b"{ }")),
        text(&checksum(json), json),
        text(&checksum(json), "????"),
        text(&checksum(json), ""),
        text(&checksum("\u{fffd}"), &packed(&[0xff])),
    ] {
        assert_eq!(decode(&lost), Decoded::Lost(LostRecord::Corrupt), "{lost:.80}");
    }
}

#[test]
fn what_is_no_record_is_lost_with_a_sentence() {
    let text = record().encode();
    let lost = |text: &str| match decode(text) {
        Decoded::Lost(lost) => lost.to_string(),
        Decoded::Record(record) => panic!("{record:?}"),
    };
    let sentences = [lost(""), lost(&text.replacen(":1:", ":3:", 1)), lost(&text[..text.len() - 1])];
    insta::assert_snapshot!(sentences.join("\n"), @r"
    there is no record of what was applied; everything is adopted and nothing is deleted
    the record of what was applied has version 3, which is not known here; everything is adopted and nothing is deleted
    the record of what was applied is damaged; everything is adopted and nothing is deleted
    ");
    for damaged in [
        text.replace("Portal", "portal").replace("portal", "Portal"),
        text.replacen(":1:", ":x:", 1),
        format!("{text} "),
    ] {
        assert_eq!(decode(&damaged), Decoded::Lost(LostRecord::Corrupt));
    }
}

#[test]
fn a_record_with_a_right_checksum_and_wrong_content_is_lost() {
    for json in
        ["", "{}x", r#"{"z":1}"#, r#"{"o":{"client":{}}}"#, r#"{"o":{"client:x":{"f":{"a":"short"}}}}"#]
    {
        let text = format!("{NAME}:{PLAIN}:{}:{json}", checksum(json));
        assert_eq!(decode(&text), Decoded::Lost(LostRecord::Corrupt), "{json}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>(), json in any::<String>()) {
        let _ = decode(&text);
        let _ = decode(&format!("{NAME}:{PLAIN}:{}:{json}", checksum(&json)));
        let _ = decode(&format!("{NAME}:{DEFLATED}:{}:{json}", checksum(&json)));
    }

    #[test]
    fn no_bytes_that_are_unpacked_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode(&format!("{NAME}:{DEFLATED}:{}:{}", checksum(""), STANDARD_NO_PAD.encode(bytes)));
    }

    #[test]
    fn no_change_of_a_record_makes_the_reader_panic(at in 0_usize..200, byte in any::<u8>()) {
        let mut bytes = record().encode().into_bytes();
        let length = bytes.len();
        bytes[at % length] = byte;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Decoded::Record(read) = decode(&text) {
            prop_assert_eq!(read, record());
        }
    }
}
