use super::*;

/// The line of the page that begins with this.
fn line(page: &str, begins: &str) -> String {
    let mut lines = page.lines().filter(|line| line.starts_with(begins));
    let line = lines.next().unwrap_or_else(|| panic!("no line begins with {begins}"));
    assert_eq!(lines.next(), None, "{begins}");
    line.to_owned()
}

/// Whether an entry of a list of refused fields is the field, or one above it.
fn is_about(entry: &str, field: &str) -> bool {
    field.strip_prefix(entry).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[test]
fn a_row_about_a_refused_field_carries_the_mark_and_no_other_of_its_kind_does() {
    let page = render();
    for row in FIELDS {
        let kind = KINDS.iter().find(|kind| kind.name == row.kind).unwrap();
        let refused = kind.not_built_yet.iter().any(|entry| is_about(entry.path, row.field));
        let line = line(&page, &format!("| {} | `{}` |", row.kind, row.field));
        assert!(!refused || line.contains("| *not yet* |"), "{line}");
        if row.field.starts_with("spec.") && !refused {
            assert!(line.contains("| yes |"), "{line}");
        }
    }
    for row in LINKS {
        let kind = KINDS.iter().find(|kind| kind.name == row.kind).unwrap();
        let is_refused = |field: &&str| kind.not_built_yet.iter().any(|entry| is_about(entry.path, field));
        let line = line(&page, &format!("| {} |", row.link));
        assert_eq!(line.contains("| *not yet* |"), row.fields.iter().all(is_refused), "{line}");
    }
}

#[test]
fn what_is_not_acted_on_yet() {
    let fields =
        FIELDS.iter().filter(|row| !row.is_acted_on()).map(|row| format!("{} {}", row.kind, row.field));
    let links = LINKS.iter().filter(|row| !row.is_acted_on()).map(|row| row.link.to_owned());
    insta::assert_snapshot!(fields.chain(links).collect::<Vec<_>>().join("\n"), @r"
    Keycloak spec.http
    Keycloak spec.tls
    KeycloakClient spec.serviceAccountRoles
    client role to a service account
    realm role or role of realm-management to a service account
    ");
}

#[test]
fn no_secret_is_said_to_be_made_anew_by_a_field_that_is_refused() {
    for row in SECRETS {
        for entry in KINDS.iter().flat_map(|kind| kind.not_built_yet) {
            let field = entry.path.rsplit('.').next().unwrap_or_default().trim_end_matches("[]");
            let mut words = row.rotation.split(|character: char| !character.is_ascii_alphanumeric());
            assert!(!words.any(|word| word == field), "{}: {} names {}", row.name, row.rotation, entry.path);
        }
    }
}

#[test]
fn a_row_names_its_fields_what_is_in_them_and_what_they_are_in() {
    assert!(names("Keycloak", "spec.external", Party::Client));
    assert!(names("Keycloak", "spec.external.publicUrl", Party::Client));
    assert!(names("Keycloak", "spec.hostname.admin", Party::Realm));
    assert!(!names("Keycloak", "spec.takeOver", Party::Client));
    assert!(!names("Keycloak", "spec.hostnames", Party::Realm));
    assert!(!names("KeycloakRealm", "spec.displayName", Party::Client));
}
