use std::fmt::Write as _;

use super::*;

const LOGINS: [LoginState; 4] =
    [LoginState::Works, LoginState::Missing, LoginState::Refused, LoginState::Unknown];
const ADMINS: [AdminState; 3] = [AdminState::NotNeeded, AdminState::Works, AdminState::Unusable];

fn facts(login: LoginState, admin: AdminState, token: TokenState, ungranted: &[&str]) -> PlanFacts {
    let ungranted = ungranted.iter().map(|realm| (*realm).to_owned()).collect();
    PlanFacts { login, admin, token, ungranted, rotation: None }
}

fn line(table: &mut String, what: &str, plan: &Plan) {
    let steps: Vec<String> = plan.steps.iter().map(ToString::to_string).collect();
    let steps = if steps.is_empty() { "nothing".to_owned() } else { steps.join("; ") };
    writeln!(table, "{what:<60} {steps}").unwrap();
}

#[test]
fn each_state_of_the_logins_has_its_steps_in_each_mode() {
    let mut table = String::new();
    for mode in [Mode::Enforce, Mode::Observe, Mode::Suspend] {
        for login in LOGINS {
            for admin in ADMINS {
                for token in [TokenState::There, TokenState::Missing, TokenState::Unusable] {
                    let what = format!("{mode:?} login {login:?}, admin {admin:?}, token {token:?}");
                    line(&mut table, &what, &plan(mode, &facts(login, admin, token, &[])));
                }
            }
        }
    }
    insta::assert_snapshot!("plan", table);
}

#[test]
fn realms_are_granted_after_the_login_is_made_and_only_with_an_administrator() {
    let of = |login, admin| plan(Mode::Enforce, &facts(login, admin, TokenState::Unusable, &["acme"])).steps;
    let grant = Step::GrantRealms(vec!["acme".into()]);
    assert_eq!(of(LoginState::Works, AdminState::Works), std::slice::from_ref(&grant));
    assert_eq!(of(LoginState::Missing, AdminState::Works), [Step::MakeLogin, grant]);
    assert_eq!(of(LoginState::Works, AdminState::Unusable), []);
}

#[test]
fn a_login_that_works_is_left_alone_even_if_an_administrator_is_at_hand() {
    let works = plan(Mode::Enforce, &facts(LoginState::Works, AdminState::Works, TokenState::There, &[]));
    assert_eq!(works.steps, [Step::KeepTokens]);
}

#[test]
fn a_login_that_is_due_gets_another_secret_only_by_an_administrator_and_where_something_may_be_written() {
    let of = |mode, login, admin| {
        let due = facts(login, admin, TokenState::Unusable, &[]);
        plan(mode, &PlanFacts { rotation: Some(RotationCause::Aged), ..due }).steps
    };
    let (works, admin) = (LoginState::Works, AdminState::Works);
    assert_eq!(of(Mode::Enforce, works, admin), [Step::RotateLogin(RotationCause::Aged)]);
    assert_eq!(of(Mode::Enforce, works, AdminState::Unusable), []);
    assert_eq!(of(Mode::Observe, works, admin), []);
    // It is mended as any other, which gives it another secret, too.
    assert_eq!(of(Mode::Enforce, LoginState::Refused, admin), [Step::MendLogin]);
}

#[test]
fn a_teardown_removes_our_login_where_it_can_and_never_blocks() {
    let mut table = String::new();
    for mode in [Mode::Enforce, Mode::Observe, Mode::Suspend] {
        for login in [LoginState::Unknown, LoginState::Missing] {
            for admin in ADMINS {
                let what = format!("{mode:?} login {login:?}, admin {admin:?}");
                line(
                    &mut table,
                    &what,
                    &teardown(mode, &facts(login, admin, TokenState::Unusable, &[]), None),
                );
            }
        }
    }
    insta::assert_snapshot!("teardown", table);
}

#[test]
fn secrets_in_another_namespace_are_removed_after_our_login_and_only_where_something_may_be_written() {
    let of = |mode, login, admin| {
        teardown(mode, &facts(login, admin, TokenState::Unusable, &[]), Some("cloakroom-logins")).steps
    };
    let removed = Step::RemoveSecrets("cloakroom-logins".to_owned());
    let (unknown, missing) = (LoginState::Unknown, LoginState::Missing);
    assert_eq!(of(Mode::Enforce, unknown, AdminState::Works), [Step::RemoveLogin, removed.clone()]);
    assert_eq!(of(Mode::Enforce, unknown, AdminState::Unusable), [Step::LeaveLogin, removed.clone()]);
    assert_eq!(of(Mode::Enforce, missing, AdminState::NotNeeded), [removed]);
    assert_eq!(of(Mode::Observe, unknown, AdminState::Unusable), [Step::LeaveLogin]);
    assert_eq!(of(Mode::Suspend, missing, AdminState::NotNeeded), []);
}
