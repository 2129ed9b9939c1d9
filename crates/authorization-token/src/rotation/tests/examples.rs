//! Rotation by example: what is written, and when.

use super::*;

/// The writes of a plan with small names for the tokens: T1 is the first that was minted.
fn show(world: &World, plan: &RotationPlan) -> String {
    let mut world_names = Vec::new();
    let mut other = World::new();
    for number in 1..=world.minted {
        let token = AuthorizationToken::mint(&other.fresh());
        world_names.push((token.id().to_string(), format!("T{number}")));
    }
    let slot = |slot: &Slot| slot.id().map_or("-".to_owned(), |id| id.to_string());
    let mut lines = Vec::new();
    for action in &plan.actions {
        lines.push(match action {
            Action::WriteSecret(secret) => {
                let record = secret.record.as_ref().unwrap().tokens();
                let listed: Vec<String> =
                    record.iter().map(|issued| format!("{} to {}", issued.id, issued.expires_at)).collect();
                let (token, previous) = (slot(&secret.token), slot(&secret.previous));
                format!("Secret: token {token}, previous {previous}, listed [{}]", listed.join(", "))
            }
            Action::WriteLedger(ledger) => {
                let entry =
                    |entry: &LedgerEntry| format!("{} {:?} to {}", entry.id, entry.state, entry.expires_at);
                format!("Ledger: {}", ledger.entries().iter().map(entry).collect::<Vec<_>>().join(", "))
            }
            Action::DeleteSecret => "Delete the Secret".to_owned(),
        });
    }
    lines.extend(plan.notices.iter().map(|notice| format!("Notice: {notice}")));
    lines.push(format!("Look again: {}", plan.next_at.map_or("never".to_owned(), |time| time.to_string())));
    let text = lines.join("\n");
    world_names.iter().rev().fold(text, |text, (id, name)| text.replace(id, name))
}

#[test]
fn the_first_token_is_in_the_ledger_before_it_is_in_the_secret() {
    let mut world = World::new();
    let plan = world.run();
    insta::assert_snapshot!(show(&world, &plan), @r"
    Secret: token -, previous -, listed []
    Ledger: T1 Active to 1970-01-12T13:48:20Z
    Secret: token T1, previous -, listed [T1 to 1970-01-12T13:48:20Z]
    Notice: authorization token T1 was issued and is accepted until 1970-01-12T13:48:20Z
    Look again: 1970-01-12T13:47:50Z
    ");
    world.assert_settled();
}

#[test]
fn rotation_adds_the_new_one_before_it_ends_the_old_one() {
    let mut world = World::new();
    world.run();
    let old = world.token();
    world.advance(69_000);
    assert_eq!(world.plan().actions, []);
    world.advance(1_000);
    let plan = world.run();
    insta::assert_snapshot!(show(&world, &plan), @r"
    Ledger: T1 Active to 1970-01-12T13:48:20Z, T3 Active to 1970-01-12T13:49:30Z
    Secret: token T3, previous T1, listed [T3 to 1970-01-12T13:49:30Z, T1 to 1970-01-12T13:48:20Z]
    Ledger: T1 Superseded to 1970-01-12T13:48:20Z, T3 Active to 1970-01-12T13:49:30Z
    Notice: authorization token T3 was issued and is accepted until 1970-01-12T13:49:30Z
    Notice: authorization token T1 was replaced and is accepted until 1970-01-12T13:48:20Z
    Look again: 1970-01-12T13:48:20Z
    ");
    world.assert_settled();
    assert_eq!(world.secret.as_ref().unwrap().previous.token(), Some(&old));
    world.advance(29_000);
    assert_eq!(world.check(&old), Ok(()));
    world.advance(2_000);
    assert!(matches!(world.check(&old), Err(TokenRefusal::Superseded { .. })));
    let plan = world.run();
    insta::assert_snapshot!(show(&world, &plan), @r"
    Secret: token T3, previous -, listed [T3 to 1970-01-12T13:49:30Z]
    Ledger: T1 Expired to 1970-01-12T13:48:20Z, T3 Active to 1970-01-12T13:49:30Z
    Notice: authorization token T1 has expired
    Look again: 1970-01-12T13:49:00Z
    ");
    world.assert_settled();
}

#[test]
fn what_is_revoked_leaves_the_secret_first() {
    let mut world = World::new();
    world.run();
    let old = world.token();
    world.revoked.insert(old.id());
    assert!(
        matches!(world.check(&old), Err(TokenRefusal::Revoked { .. })),
        "at once, before anything is written"
    );
    let plan = world.run();
    insta::assert_snapshot!(show(&world, &plan), @r"
    Secret: token -, previous -, listed []
    Ledger: T1 Revoked to 1970-01-12T13:48:20Z, T2 Active to 1970-01-12T13:48:20Z
    Secret: token T2, previous -, listed [T2 to 1970-01-12T13:48:20Z]
    Notice: authorization token T1 was revoked and is refused from now on
    Notice: authorization token T2 was issued and is accepted until 1970-01-12T13:48:20Z
    Look again: 1970-01-12T13:47:50Z
    ");
    world.assert_settled();
    // The ledger remembers, also when the id leaves the spec again.
    world.revoked.clear();
    world.run();
    assert!(matches!(world.check(&old), Err(TokenRefusal::Revoked { .. })));
}

#[test]
fn revoking_the_previous_token_leaves_the_current_one_alone() {
    let mut world = World::new();
    world.run();
    let old = world.token();
    world.advance(70_000);
    world.run();
    let current = world.token();
    world.revoked.insert(old.id());
    let plan = world.run();
    insta::assert_snapshot!(show(&world, &plan), @r"
    Secret: token T2, previous -, listed [T2 to 1970-01-12T13:49:30Z]
    Ledger: T1 Revoked to 1970-01-12T13:48:20Z, T2 Active to 1970-01-12T13:49:30Z
    Notice: authorization token T1 was revoked and is refused from now on
    Look again: 1970-01-12T13:49:00Z
    ");
    world.assert_settled();
    assert_eq!(world.token(), current);
}

#[test]
fn a_lost_status_is_rebuilt_from_the_secret() {
    let mut world = World::new();
    world.run();
    world.advance(70_000);
    world.run();
    let before = world.ledger.clone();
    world.ledger = Ledger::default();
    let plan = world.run();
    insta::assert_snapshot!(show(&world, &plan), @r"
    Ledger: T1 Superseded to 1970-01-12T13:48:20Z, T2 Active to 1970-01-12T13:49:30Z
    Notice: authorization token T2 was missing in status and was taken over from its Secret
    Notice: authorization token T1 was missing in status and was taken over from its Secret
    Look again: 1970-01-12T13:48:20Z
    ");
    assert_eq!(world.ledger, before);
    world.assert_settled();
}

#[test]
fn a_token_that_token_json_does_not_list_is_not_rebuilt() {
    let mut world = World::new();
    world.run();
    let unlisted = world.token();
    world.ledger = Ledger::default();
    world.secret.as_mut().unwrap().record = None;
    let plan = world.run();
    insta::assert_snapshot!(show(&world, &plan), @r"
    Secret: token T1, previous -, listed []
    Ledger: T2 Active to 1970-01-12T13:48:20Z
    Secret: token T2, previous -, listed [T2 to 1970-01-12T13:48:20Z]
    Notice: the Secret holds an authorization token T1 that neither status nor token.json vouches for: it is replaced
    Notice: authorization token T2 was issued and is accepted until 1970-01-12T13:48:20Z
    Look again: 1970-01-12T13:47:50Z
    ");
    assert!(matches!(world.check(&unlisted), Err(TokenRefusal::Unknown { .. })));
    assert_eq!(world.secret.as_ref().unwrap().previous, Slot::Empty);
    world.assert_settled();
}

#[test]
fn a_revoked_token_is_not_rebuilt() {
    let mut world = World::new();
    world.run();
    let old = world.token();
    world.ledger = Ledger::default();
    world.revoked.insert(old.id());
    world.run();
    world.assert_settled();
    world.revoked.clear();
    assert!(matches!(world.check(&old), Err(TokenRefusal::Unknown { .. })));
}

#[test]
fn a_lost_secret_leaves_the_copies_their_overlap() {
    let mut world = World::new();
    world.run();
    let copy = world.token();
    world.secret = None;
    let plan = world.run();
    insta::assert_snapshot!(show(&world, &plan), @r"
    Secret: token -, previous -, listed [T1 to 1970-01-12T13:48:20Z]
    Ledger: T1 Active to 1970-01-12T13:48:20Z, T2 Active to 1970-01-12T13:48:20Z
    Secret: token T2, previous -, listed [T2 to 1970-01-12T13:48:20Z, T1 to 1970-01-12T13:47:11Z]
    Ledger: T1 Superseded to 1970-01-12T13:47:11Z, T2 Active to 1970-01-12T13:48:20Z
    Notice: authorization token T2 was issued and is accepted until 1970-01-12T13:48:20Z
    Notice: authorization token T1 was replaced and is accepted until 1970-01-12T13:47:11Z
    Look again: 1970-01-12T13:47:11Z
    ");
    world.assert_settled();
    world.advance(29_000);
    assert_eq!(world.check(&copy), Ok(()));
}

#[test]
fn a_secret_of_the_earlier_format_gets_a_token_of_ours() {
    let mut world = World::new();
    let (secret, _) = IssuerSecret::read(Some(b"q7aZ3Qe1rS0xvBpLw5mJd2nKcT8yGfUhOiEoP4sAt6Y"), None, None);
    world.secret = Some(secret);
    let plan = world.run();
    insta::assert_snapshot!(show(&world, &plan), @r#"
    Secret: token -, previous -, listed []
    Ledger: T1 Active to 1970-01-12T13:48:20Z
    Secret: token T1, previous -, listed [T1 to 1970-01-12T13:48:20Z]
    Notice: the value of key "token" is not an authorization token and is replaced
    Notice: authorization token T1 was issued and is accepted until 1970-01-12T13:48:20Z
    Look again: 1970-01-12T13:47:50Z
    "#);
    world.assert_settled();
}

#[test]
fn a_crash_after_the_ledger_leaves_no_second_successor() {
    let mut world = World::new();
    world.run();
    world.advance(70_000);
    let first = world.plan();
    world.apply(&first.actions[0]);
    let lost = *world.active().last().unwrap();
    assert_eq!(world.active().len(), 2);
    let plan = world.run();
    insta::assert_snapshot!(show(&world, &plan), @r"
    Ledger: T1 Active to 1970-01-12T13:48:20Z, T3 Active to 1970-01-12T13:49:30Z
    Secret: token T3, previous T1, listed [T3 to 1970-01-12T13:49:30Z, T1 to 1970-01-12T13:48:20Z]
    Ledger: T1 Superseded to 1970-01-12T13:48:20Z, T3 Active to 1970-01-12T13:49:30Z
    Notice: authorization token T2 was never handed out and was dropped from status
    Notice: authorization token T3 was issued and is accepted until 1970-01-12T13:49:30Z
    Notice: authorization token T1 was replaced and is accepted until 1970-01-12T13:48:20Z
    Look again: 1970-01-12T13:48:20Z
    ");
    assert!(world.ledger.find(lost).is_none());
    world.assert_settled();
}

#[test]
fn an_older_secret_put_back_takes_nothing_from_those_who_hold_the_newer_token() {
    let mut world = World::new();
    world.run();
    let backup = world.secret.clone();
    world.advance(70_000);
    world.run();
    let newer = world.token();
    world.secret = backup;
    let plan = world.run();
    insta::assert_snapshot!(show(&world, &plan), @r"
    Secret: token -, previous T1, listed [T1 to 1970-01-12T13:48:20Z, T2 to 1970-01-12T13:49:30Z]
    Ledger: T1 Superseded to 1970-01-12T13:48:20Z, T2 Active to 1970-01-12T13:49:30Z, T3 Active to 1970-01-12T13:49:30Z
    Secret: token T3, previous T1, listed [T3 to 1970-01-12T13:49:30Z, T1 to 1970-01-12T13:48:20Z, T2 to 1970-01-12T13:48:21Z]
    Ledger: T1 Superseded to 1970-01-12T13:48:20Z, T2 Superseded to 1970-01-12T13:48:21Z, T3 Active to 1970-01-12T13:49:30Z
    Notice: authorization token T3 was issued and is accepted until 1970-01-12T13:49:30Z
    Notice: authorization token T2 was replaced and is accepted until 1970-01-12T13:48:21Z
    Look again: 1970-01-12T13:48:20Z
    ");
    world.assert_settled();
    world.advance(29_000);
    assert_eq!(world.check(&newer), Ok(()));
}

#[test]
fn a_token_with_a_known_id_and_another_secret_is_replaced() {
    let mut world = World::new();
    world.run();
    let good = world.token();
    // Same id bytes, other secret.
    let mut bytes = World::new().fresh();
    bytes[43] = 99;
    let forged = AuthorizationToken::mint(&bytes);
    assert_eq!(forged.id(), good.id());
    world.secret.as_mut().unwrap().token = Slot::Token(forged.clone());
    world.run();
    assert!(matches!(world.check(&forged), Err(TokenRefusal::Mismatch { .. })));
    assert_eq!(world.check(&good), Ok(()), "copies of the good one keep their overlap");
    world.assert_settled();
}

#[test]
fn a_target_made_again_drops_the_entries_of_the_earlier_one() {
    let mut world = World::new();
    world.run();
    let old = world.token();
    world.secret = None;
    world.policy.scope.target = target("u-2");
    assert!(matches!(world.check(&old), Err(TokenRefusal::OtherTarget { .. })));
    let plan = world.run();
    assert!(plan.notices.contains(&Notice::Foreign { id: old.id() }));
    assert!(matches!(world.check(&old), Err(TokenRefusal::Unknown { .. })));
    world.assert_settled();
}

#[test]
fn a_target_restored_with_secret_and_status_keeps_its_token() {
    let mut world = World::new();
    world.run();
    let token = world.token();
    world.policy.scope.target = target("u-2");
    let plan = world.run();
    assert_eq!(plan.notices, [Notice::Foreign { id: token.id() }, Notice::Rebuilt { id: token.id() }]);
    assert_eq!(world.check(&token), Ok(()));
    world.assert_settled();
}

#[test]
fn new_limits_and_namespaces_hold_for_tokens_already_issued() {
    let mut world = World::new();
    world.run();
    let token = world.token();
    world.policy.scope.namespaces = Some([NamespaceName::new("team-b").unwrap()].into());
    world.policy.limits = Some(Limits { max_objects: Some(1), ..Limits::default() });
    let plan = world.run();
    assert_eq!(plan.actions.len(), 1);
    assert_eq!(world.ledger.find(token.id()).unwrap().limits, world.policy.limits);
    assert!(matches!(world.check(&token), Err(TokenRefusal::OtherNamespaces { .. })));
}

#[test]
fn a_person_can_ask_for_a_new_token_once() {
    let mut world = World::new();
    world.run();
    let old = world.token();
    world.advance(5_000);
    world.policy.replace_issued_before = Some(later(world.now, SignedDuration::from_secs(3)));
    let early = world.plan();
    assert_eq!(early.actions, []);
    assert_eq!(early.next_at, world.policy.replace_issued_before);
    world.advance(3_000);
    world.run();
    assert_ne!(world.token(), old);
    assert_eq!(world.check(&old), Ok(()));
    world.assert_settled();
}

#[test]
fn a_withdrawn_line_loses_its_secret_and_then_its_entries() {
    let mut world = World::new();
    let name = TokenName::new("team-a").unwrap();
    world.run();
    let own = world.token();
    world.secret = None;
    world.policy.line = Some(name.clone());
    world.run();
    let named = world.token();
    world.assert_named_settled(&own);
    let plan = withdraw(&name, true, &world.ledger);
    assert_eq!(plan.actions.first(), Some(&Action::DeleteSecret));
    plan.actions.iter().for_each(|action| world.apply(action));
    assert!(matches!(world.check(&named), Err(TokenRefusal::Revoked { .. })));
    assert_eq!(world.check(&own), Ok(()));
    assert_eq!(withdraw(&name, false, &world.ledger), RotationPlan::default());
}

impl World {
    fn assert_named_settled(&mut self, own: &AuthorizationToken) {
        assert_eq!(self.plan().actions, []);
        assert_eq!(self.check(own), Ok(()), "the lines do not touch each other");
        assert_eq!(self.active().len(), 2);
    }
}

#[test]
fn random_bytes_used_twice_are_refused() {
    let mut world = World::new();
    world.run();
    world.minted = 0;
    world.advance(70_000);
    let random = world.fresh();
    let observed = Observed {
        secret: world.secret.as_ref(),
        ledger: &world.ledger,
        revoked: &world.revoked,
        now: world.now,
    };
    let error = plan(observed, &world.policy, &random).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "authorization token {} is already in the ledger: mint from fresh random bytes",
            world.token().id()
        )
    );
}

#[test]
fn entries_that_are_over_are_kept_as_long_as_they_could_have_lived_and_then_forgotten() {
    let mut world = World::new();
    world.run();
    let old = world.token();
    for _ in 0..2 {
        world.advance(70_000);
        world.run();
    }
    // Over since 40 seconds, of the 100 that a token lives.
    assert_eq!(world.ledger.find(old.id()).unwrap().state, TokenState::Expired);
    world.policy.limits = Some(Limits { max_objects: Some(1), ..Limits::default() });
    world.run();
    assert_eq!(world.ledger.find(old.id()).unwrap().limits, None, "what is over is left as it was");
    world.advance(61_000);
    world.run();
    assert_eq!(world.ledger.find(old.id()), None);
    world.assert_settled();
}

#[test]
fn lifetimes_that_leave_no_time_for_the_overlap_are_refused() {
    let seconds = SignedDuration::from_secs;
    insta::assert_snapshot!(Lifetimes::new(seconds(100), seconds(71), seconds(30)).unwrap_err(), @"rotateAfter plus overlap must not be longer than lifetime: otherwise a token ends before its successor took over");
    insta::assert_snapshot!(Lifetimes::new(seconds(100), seconds(70), seconds(0)).unwrap_err(), @"overlap must be at least one second and at most 876000h (100 years)");
    assert!(Lifetimes::new(SignedDuration::MAX, seconds(1), seconds(1)).is_err());
    let default = Lifetimes::default();
    assert_eq!(Lifetimes::new(default.lifetime, default.rotate_after, default.overlap), Ok(default));
    assert_eq!(
        (default.keep_ended, lifetimes().keep_ended),
        (SignedDuration::from_hours(30 * 24), seconds(100))
    );
}

#[test]
fn nothing_of_a_plan_prints_a_secret() {
    let mut world = World::new();
    let plan = world.run();
    let text = world.token().expose();
    let shown = format!("{plan:?}");
    assert!(shown.contains(world.token().id().as_str()));
    assert!(!shown.contains(&text[19..71]));
    let _: TokenDigest = world.token().digest();
}
