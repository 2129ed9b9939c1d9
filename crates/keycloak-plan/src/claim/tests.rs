use super::*;
use crate::tests::mark;

struct Facts {
    live: LiveMark,
    evidence: Evidence,
    owner: MarkedOwner,
    adopt: bool,
    permission: Permission,
}

impl Facts {
    fn client(live: LiveMark) -> Self {
        let evidence = Evidence::Client { output_secret_agrees: false };
        Self { live, evidence, owner: MarkedOwner::Unknown, adopt: false, permission: Permission::default() }
    }

    fn realm(live: LiveMark) -> Self {
        Self { evidence: Evidence::Realm { login_secret_agrees: false }, ..Self::client(live) }
    }

    fn decide(&self) -> Claim {
        let ours = mark();
        Claim::decide(&ClaimFacts {
            ours: &ours,
            live: &self.live,
            evidence: self.evidence,
            owner: self.owner,
            adopt: self.adopt,
            permission: &self.permission,
        })
    }
}

fn ours() -> LiveMark {
    LiveMark::from(&mark())
}

fn nobody() -> LiveMark {
    LiveMark::default()
}

fn earlier() -> LiveMark {
    LiveMark { uid: Some("uid-before-the-restore".to_owned()), ..ours() }
}

fn neighbour() -> LiveMark {
    LiveMark { name: Some("shop".to_owned()), uid: Some("uid-of-shop".to_owned()), ..ours() }
}

fn abroad() -> LiveMark {
    LiveMark { cluster_id: Some("other".to_owned()), uid: Some("uid-abroad".to_owned()), ..ours() }
}

fn refusal(claim: Claim) -> String {
    match claim {
        Claim::Refused(refusal) => refusal.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_client_is_proven_by_its_mark_or_without_one_by_the_output_secret() {
    let proven = |proof, mark_drifted| Claim::Ours { proof: Some(proof), mark_drifted };
    assert_eq!(Facts::client(ours()).decide(), proven(Proof::Mark, false));
    let mut facts = Facts::client(nobody());
    facts.evidence = Evidence::Client { output_secret_agrees: true };
    assert_eq!(facts.decide(), proven(Proof::OutputSecret, true));
    facts.live = neighbour();
    assert_eq!(facts.decide().proof(), None, "a Secret does not beat another's mark");
}

#[test]
fn a_realm_is_proven_by_the_login_secret_alone() {
    let mut facts = Facts::realm(abroad());
    facts.evidence = Evidence::Realm { login_secret_agrees: true };
    assert_eq!(facts.decide(), Claim::Ours { proof: Some(Proof::LoginSecret), mark_drifted: true });
    assert_eq!(Facts::realm(ours()).decide(), Claim::Ours { proof: None, mark_drifted: false });
}

#[test]
fn the_seeds_mark_of_this_very_cr_is_a_claim_that_lacks_the_new_keys() {
    let seed = LiveMark { cluster_id: None, namespace_uid: None, ..ours() };
    assert_eq!(Facts::realm(seed).decide(), Claim::Ours { proof: None, mark_drifted: true });
}

#[test]
fn a_cr_that_was_made_anew_from_git_takes_over_silently() {
    let mut facts = Facts::client(earlier());
    facts.owner = MarkedOwner::Gone;
    assert_eq!(facts.decide(), Claim::Restored);
    assert_eq!(facts.decide().proof(), None);
}

#[test]
fn a_restored_namespace_of_the_same_name_needs_adoption() {
    let mut facts = Facts::client(LiveMark { namespace_uid: Some("another".to_owned()), ..earlier() });
    facts.owner = MarkedOwner::Gone;
    insta::assert_snapshot!(refusal(facts.decide()), @"it exists already and belonged to acme/portal, which is gone; set spec.adopt: true to take it over");
    facts.adopt = true;
    facts.permission.same_namespace = true;
    assert_eq!(facts.decide(), Claim::Adopted { by: AdoptedBy::SameNamespace });
}

#[test]
fn what_carries_no_mark_needs_adoption_and_leave() {
    let mut facts = Facts::realm(nobody());
    insta::assert_snapshot!(refusal(facts.decide()), @"it exists already and carries no mark; set spec.adopt: true to take it over");
    facts.adopt = true;
    insta::assert_snapshot!(refusal(facts.decide()), @"spec.adopt is set, but the target does not allow it; grant this namespace the verb adopt on the target, list it in the target's spec.takeOver, or declare the object in the target's namespace");
    facts.permission.adopt_verb = true;
    assert_eq!(facts.decide(), Claim::Adopted { by: AdoptedBy::AdoptVerb });
}

#[test]
fn what_carries_no_mark_is_taken_over_where_the_target_lists_that() {
    let mut facts = Facts::client(nobody());
    facts.adopt = true;
    facts.permission.take_over.clusters.push("other".to_owned());
    assert_eq!(facts.decide(), Claim::Refused(ClaimRefusal::NotAllowed));
    facts.permission.take_over.unmarked = true;
    assert_eq!(facts.decide(), Claim::Adopted { by: AdoptedBy::TakeOver });
    facts.live = neighbour();
    facts.owner = MarkedOwner::Alive;
    assert!(matches!(facts.decide(), Claim::Refused(ClaimRefusal::OwnerAlive { .. })), "it carries a mark");
}

#[test]
fn what_belongs_to_a_living_object_is_a_conflict_whatever_is_allowed() {
    let mut facts = Facts::client(neighbour());
    facts.owner = MarkedOwner::Alive;
    facts.adopt = true;
    facts.permission = Permission { same_namespace: true, adopt_verb: true, take_over: TakeOver::default() };
    insta::assert_snapshot!(refusal(facts.decide()), @"it belongs to acme/shop, which exists; delete that object with deletionPolicy Retain first, or choose another name");
}

#[test]
fn what_belongs_to_another_cluster_needs_adoption_and_leave() {
    let mut facts = Facts::client(abroad());
    insta::assert_snapshot!(refusal(facts.decide()), @"it exists already and is marked as belonging to acme/portal of cluster other, and nobody here can see whether that still exists; set spec.adopt: true to take it over");
    facts.permission.same_namespace = true;
    assert!(matches!(facts.decide(), Claim::Refused(ClaimRefusal::NotAsked { .. })), "leave is no request");
    facts.adopt = true;
    assert_eq!(facts.decide(), Claim::Adopted { by: AdoptedBy::SameNamespace });
    facts.permission = Permission { adopt_verb: true, ..Permission::default() };
    assert_eq!(facts.decide(), Claim::Adopted { by: AdoptedBy::AdoptVerb });
    facts.permission = Permission::default();
    assert_eq!(facts.decide(), Claim::Refused(ClaimRefusal::NotAllowed));
    facts.permission.take_over = TakeOver { unmarked: true, clusters: vec!["elsewhere".to_owned()] };
    assert_eq!(facts.decide(), Claim::Refused(ClaimRefusal::NotAllowed));
    facts.permission.take_over.clusters.push("other".to_owned());
    assert_eq!(facts.decide(), Claim::Adopted { by: AdoptedBy::TakeOver });
}

#[test]
fn an_owner_in_this_cluster_that_cannot_be_read_is_a_conflict_whatever_is_allowed() {
    let mut facts = Facts::client(neighbour());
    facts.adopt = true;
    facts.permission = Permission { same_namespace: true, adopt_verb: true, take_over: TakeOver::default() };
    insta::assert_snapshot!(refusal(facts.decide()), @"it is marked as belonging to acme/shop of cluster cluster, and this controller cannot tell whether that still exists; let it read that namespace, or take the mark off in Keycloak");
    facts.live.cluster_id = None;
    assert!(matches!(facts.decide(), Claim::Refused(ClaimRefusal::OwnerUnknown { .. })), "the seed's mark");
}

#[test]
fn a_mark_that_tries_to_act_on_the_terminal_is_told_harmlessly() {
    let mut facts = Facts::client(LiveMark { name: Some("x\u{1b}[2J".to_owned()), ..neighbour() });
    facts.owner = MarkedOwner::Alive;
    assert!(!refusal(facts.decide()).contains('\u{1b}'));
}
