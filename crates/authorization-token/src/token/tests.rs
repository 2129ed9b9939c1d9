use proptest::prelude::*;

use super::*;

fn sample() -> AuthorizationToken {
    AuthorizationToken::mint(&std::array::from_fn(|place| u8::try_from(place).unwrap().wrapping_mul(37)))
}

#[test]
fn the_format_never_changes() {
    let token = sample();
    assert_eq!(token.expose().len(), TOKEN_LENGTH);
    insta::assert_snapshot!(token.expose().as_str(), @"kcat1_05afmsy38djq_qkggcatgepdbzs095s9qh7e2ww632nkvm32ym3smb5za7j7d28vg_an38bk0");
}

#[test]
fn debug_and_display_show_the_id_and_nothing_of_the_secret() {
    let token = sample();
    insta::assert_snapshot!(format!("{token:?} {token} {token:#?}"), @"AuthorizationToken(kcat1_05afmsy38djq_[secret]) kcat1_05afmsy38djq_[secret] AuthorizationToken(kcat1_05afmsy38djq_[secret])");
    let text = token.expose();
    let secret = &text[19..71];
    let shown = format!("{token:?} {token} {token:#?}");
    for start in 0..secret.len() - 4 {
        assert!(!shown.contains(&secret[start..start + 5]), "five characters of the secret are shown");
    }
}

/// Each wrong form with the sentence a person reads.
#[test]
fn each_wrong_form_has_its_own_sentence() {
    let good = sample().expose();
    let swapped = good.replacen('_', "-", 2).replacen('-', "_", 1);
    let wrong_character = format!("{}I{}", &good[..30], &good[31..]);
    let changed = format!("{}{}{}", &good[..30], if &good[30..31] == "0" { "1" } else { "0" }, &good[31..]);
    let cases: Vec<(&str, String)> = vec![
        ("empty", String::new()),
        ("blank", " \n".into()),
        ("line break", format!("{}\n", *good)),
        ("base64", "a2NhdDFfMDAwMDAwMDAwMDAwX3h4eA==".into()),
        ("earlier format", "q7aZ3Qe1rS0xvBpLw5mJd2nKcT8yGfUhOiEoP4sAt6Y".into()),
        ("format 2", good.replace("kcat1", "kcat2")),
        ("cut off", good[..40].to_owned()),
        ("something behind it", format!("{}x", *good)),
        ("separator", swapped),
        ("upper case", wrong_character),
        ("one character changed", changed),
    ];
    let shown: Vec<String> = cases
        .iter()
        .map(|(case, value)| {
            let error = AuthorizationToken::parse(value.as_bytes()).unwrap_err();
            format!("{case}: the value of key \"token\" {error}")
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    empty: the value of key "token" is empty: write the authorization token into it
    blank: the value of key "token" is empty: write the authorization token into it
    line break: the value of key "token" has blank characters or a line break at its beginning or end: write the token alone, for example with kubectl create secret generic --from-literal, or printf instead of echo
    base64: the value of key "token" is base64 once too often: under stringData write the decoded token, under data encode it once
    earlier format: the value of key "token" is not an authorization token: one begins with kcat1_. Copy the value of key "token" of the Secret that the owner of the target hands out
    format 2: the value of key "token" is an authorization token of another format version: this version reads those that begin with kcat1_
    cut off: the value of key "token" has 40 characters instead of 79: copy the whole token and nothing else
    something behind it: the value of key "token" has 80 characters instead of 79: copy the whole token and nothing else
    separator: the value of key "token" contains a character that no token has at place 19: copy the token again
    upper case: the value of key "token" contains a character that no token has at place 31: copy the token again
    one character changed: the value of key "token" has a wrong checksum, so at least one character was changed: copy the token again
    "#);
}

#[test]
fn bits_that_no_mint_sets_are_refused_in_spite_of_a_right_checksum() {
    let good = sample().expose();
    let mut body = good[..BODY_LENGTH - 1].to_owned();
    // The last sign of the secret holds one bit of it and four that only fill up.
    body.push('1');
    let forged = format!("{body}_{}", checksum_signs(body.as_bytes()));
    assert_eq!(AuthorizationToken::parse(forged.as_bytes()), Err(ParseError::NotCanonical));
}

#[test]
fn a_whole_token_where_an_id_belongs_is_named_and_not_repeated() {
    let error = TokenId::parse(&sample().expose()).unwrap_err();
    insta::assert_snapshot!(error, @"a whole authorization token stands where its id belongs: write only the 12 characters between the first and the second '_', and replace this token, for it is no longer secret");
    insta::assert_snapshot!(TokenId::parse("short").unwrap_err(), @"a token id has 12 characters of 0-9 and a-z without i, l, o and u: take it from status.authorization.tokens[].id");
}

/// Every place, every byte: nothing that differs in one character is read.
#[test]
fn each_single_wrong_character_is_refused() {
    let good = sample().expose();
    for place in 0..TOKEN_LENGTH {
        for byte in 0..=u8::MAX {
            let mut value = good.as_bytes().to_vec();
            if value[place] == byte {
                continue;
            }
            value[place] = byte;
            assert!(AuthorizationToken::parse(&value).is_err(), "place {place}, byte {byte}");
        }
    }
}

fn random() -> impl Strategy<Value = [u8; MINT_BYTES]> {
    proptest::collection::vec(any::<u8>(), MINT_BYTES).prop_map(|bytes| bytes.try_into().unwrap())
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(random in random()) {
        let token = AuthorizationToken::mint(&random);
        let back = AuthorizationToken::parse(token.expose().as_bytes());
        prop_assert_eq!(back.as_ref(), Ok(&token));
        prop_assert_eq!(back.unwrap().id(), token.id());
    }

    #[test]
    fn a_single_wrong_character_is_refused(random in random(), place in 0..TOKEN_LENGTH, byte in any::<u8>()) {
        let mut value = AuthorizationToken::mint(&random).expose().as_bytes().to_vec();
        prop_assume!(value[place] != byte);
        value[place] = byte;
        prop_assert!(AuthorizationToken::parse(&value).is_err());
    }

    #[test]
    fn two_neighbouring_characters_swapped_are_refused(random in random(), place in 0..TOKEN_LENGTH - 1) {
        let mut value = AuthorizationToken::mint(&random).expose().as_bytes().to_vec();
        prop_assume!(value[place] != value[place + 1]);
        value.swap(place, place + 1);
        prop_assert!(AuthorizationToken::parse(&value).is_err());
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic_and_only_tokens_are_read(value in proptest::collection::vec(any::<u8>(), 0..160)) {
        if let Ok(token) = AuthorizationToken::parse(&value) {
            let text = token.expose();
            prop_assert_eq!(text.as_bytes(), value.as_slice());
        }
    }

    #[test]
    fn any_end_of_a_token_is_refused_without_a_panic(end in "[0-9a-z_]{0,80}") {
        let value = format!("kcat1_{end}");
        if let Ok(token) = AuthorizationToken::parse(value.as_bytes()) {
            let text = token.expose();
            prop_assert_eq!(text.as_str(), value);
        }
    }

    #[test]
    fn different_random_bytes_give_different_secrets(one in random(), other in random()) {
        prop_assume!(one[12..] != other[12..]);
        prop_assert_ne!(AuthorizationToken::mint(&one).digest(), AuthorizationToken::mint(&other).digest());
    }
}
