//! Any JSON in status gives a ledger that survives being written, with every entry either read or reported.
#![no_main]

use authorization_token::Ledger;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let Ok(list) = serde_json::from_slice::<serde_json::Value>(text) else { return };
    let (ledger, unreadable) = Ledger::read(&list);
    if let Some(items) = list.as_array() {
        assert_eq!(ledger.entries().len() + unreadable.len(), items.len());
    }
    let Ok(written) = serde_json::to_value(&ledger) else { panic!("a ledger that cannot be written") };
    assert_eq!(Ledger::read(&written), (ledger, Vec::new()));
});
