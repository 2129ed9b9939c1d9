//! The two codes a token is written in: base32 for bytes, CRC-32 for the checksum.
//!
//! Base32 with Crockford's alphabet in lower case: no letter that is mistaken for a digit, no sign that ends a word, so a
//! double click selects a whole token, and 5 bits per sign, so that there is exactly one way to write given bytes.

/// Crockford's alphabet (no `i`, `l`, `o`, `u`), in lower case.
pub(crate) const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The sign for the lowest five bits of `value`.
pub(crate) fn sign(value: u32) -> char {
    char::from(ALPHABET[(value & 31) as usize])
}

/// The five bits that `sign` stands for, or nothing if it is not of the alphabet.
pub(crate) fn value(sign: u8) -> Option<u32> {
    let value = match sign {
        b'0'..=b'9' => sign - b'0',
        b'a'..=b'h' => sign - b'a' + 10,
        b'j' | b'k' => sign - b'j' + 18,
        b'm' | b'n' => sign - b'm' + 20,
        b'p'..=b't' => sign - b'p' + 22,
        b'v'..=b'z' => sign - b'v' + 27,
        _ => return None,
    };
    Some(u32::from(value))
}

/// Writes `bytes` behind `out`, most significant bit first; the last sign is filled up with zero bits.
///
/// Give `out` its capacity beforehand where the bytes are secret: a string that grows leaves copies behind.
pub(crate) fn encode(bytes: &[u8], out: &mut String) {
    let mut buffer = 0_u32;
    let mut bits = 0_u32;
    for &byte in bytes {
        buffer = (buffer << 8) | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(sign(buffer >> bits));
        }
        buffer &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(sign(buffer << (5 - bits)));
    }
}

/// Reads `signs` into `out`. False, with `out` in an unspecified state, when a sign is not of the alphabet, the lengths do
/// not belong together, or the bits that only fill up are not zero.
pub(crate) fn decode(signs: &[u8], out: &mut [u8]) -> bool {
    if signs.len() != (out.len() * 8).div_ceil(5) {
        return false;
    }
    let mut buffer = 0_u32;
    let mut bits = 0_u32;
    let mut slots = out.iter_mut();
    for &sign in signs {
        let Some(value) = value(sign) else { return false };
        buffer = (buffer << 5) | value;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            let Some(slot) = slots.next() else { return false };
            *slot = (buffer >> bits).to_le_bytes()[0];
            buffer &= (1 << bits) - 1;
        }
    }
    buffer == 0
}

/// CRC-32 as in ISO 3309, zip and PNG (reflected polynomial `0xEDB88320`).
///
/// It finds every error within 32 neighbouring bits, so every single wrong character. Bit by bit, without a table: 71
/// bytes are hashed, and a table indexed by secret bytes would leave a trace in the cache.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_checksum_is_the_published_crc32() {
        // The check value of the catalogue of parametrised CRC algorithms.
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn each_sign_stands_for_its_place_in_the_alphabet_and_no_other_byte_for_anything() {
        for byte in 0..=u8::MAX {
            let place = ALPHABET.iter().position(|sign| *sign == byte);
            assert_eq!(value(byte).map(|value| value as usize), place, "byte {byte}");
        }
    }

    #[test]
    fn bits_that_only_fill_up_must_be_zero() {
        let mut out = [0; 1];
        assert!(decode(b"zw", &mut out));
        assert_eq!(out, [0xFF]);
        assert!(!decode(b"zx", &mut out));
    }

    proptest! {
        #[test]
        fn what_was_encoded_is_decoded(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let mut text = String::new();
            encode(&bytes, &mut text);
            let mut back = vec![0; bytes.len()];
            prop_assert!(decode(text.as_bytes(), &mut back));
            prop_assert_eq!(back, bytes);
        }
    }
}
