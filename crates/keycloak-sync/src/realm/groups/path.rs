//! Paths of groups as text: the names from the top, each after a slash.
//!
//! A server writes names as they are, so that the path of group `a/b` reads as that of `b` below `a`. With its option
//! `escape-slashes-in-group-path` it writes `~/` for a slash in a name, and the path of `b` below `a~` reads as that of `a/b`.
//! Here every group has a text of its own: a slash in a name is `~/`, and tildes before any slash are doubled.

use std::collections::BTreeMap;

use keycloak_plan::Identity;

use super::identity;

/// The names of a group and of those it stands below, from the top.
pub(super) fn names(group: &Identity) -> Vec<&str> {
    let mut names: Vec<&str> =
        std::iter::successors(Some(group), |group| group.parent()).map(Identity::name).collect();
    names.reverse();
    names
}

/// The path of a group, which no other one has.
pub(super) fn of(group: &Identity) -> String {
    let mut path = String::new();
    for name in names(group) {
        slash(&mut path, false);
        for letter in name.chars() {
            match letter {
                '/' => slash(&mut path, true),
                _ => path.push(letter),
            }
        }
    }
    path
}

fn slash(path: &mut String, is_of_a_name: bool) {
    let tildes = path.len() - path.trim_end_matches('~').len();
    path.extend(std::iter::repeat_n('~', tildes + usize::from(is_of_a_name)));
    path.push('/');
}

/// The group of this path, with or without the first slash; `None` where a name is empty.
pub(super) fn parse(path: &str) -> Option<Identity> {
    let mut names = vec![String::new()];
    for letter in path.trim_start_matches('/').chars() {
        let name = names.last_mut()?;
        if letter != '/' {
            name.push(letter);
            continue;
        }
        let end = name.trim_end_matches('~').len();
        let tildes = name.len() - end;
        name.truncate(end + tildes / 2);
        if tildes.is_multiple_of(2) {
            names.push(String::new());
        } else {
            name.push('/');
        }
    }
    let mut group = None;
    for name in names {
        if name.is_empty() {
            return None;
        }
        group = Some(identity(group.as_ref(), &name));
    }
    group
}

/// What servers write for the path of a group, without and with that option.
pub(super) fn written(group: &Identity) -> [String; 2] {
    let names = names(group);
    let escaped: Vec<String> = names.iter().map(|name| name.replace('/', "~/")).collect();
    [format!("/{}", names.join("/")), format!("/{}", escaped.join("/"))]
}

/// Groups by what servers write for their paths.
pub(super) struct Written<'g>(BTreeMap<String, Vec<&'g Identity>>);

impl<'g> Written<'g> {
    pub(super) fn of(groups: impl IntoIterator<Item = &'g Identity>) -> Self {
        let mut all: BTreeMap<String, Vec<&Identity>> = BTreeMap::new();
        for group in groups {
            let [plain, escaped] = written(group);
            if escaped != plain {
                all.entry(escaped).or_default().push(group);
            }
            all.entry(plain).or_default().push(group);
        }
        Self(all)
    }

    /// The groups whose path a server may have written so.
    pub(super) fn meant(&self, path: &str) -> &[&'g Identity] {
        self.0.get(path).map(Vec::as_slice).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn group(names: &[&str]) -> Identity {
        let mut group = None;
        for name in names {
            group = Some(identity(group.as_ref(), name));
        }
        group.unwrap()
    }

    #[test]
    fn a_path_is_written_as_servers_write_it_but_for_slashes_and_tildes() {
        let paths: [(&[&str], &str); 6] = [
            (&["engineering", "platform"], "/engineering/platform"),
            (&["a/b"], "/a~/b"),
            (&["a~", "b"], "/a~~/b"),
            (&["a~b", "~"], "/a~b/~"),
            (&["a~/b"], "/a~~~/b"),
            (&["/", "a/"], "/~//a~/"),
        ];
        for (names, path) in paths {
            assert_eq!(of(&group(names)), path);
            assert_eq!(parse(path), Some(group(names)), "{path}");
        }
        assert_eq!(parse("engineering/platform"), Some(group(&["engineering", "platform"])));
        for none in ["", "/", "/a/", "a//b"] {
            assert_eq!(parse(none), None, "{none}");
        }
    }

    #[test]
    fn no_two_groups_have_one_path_and_each_is_read_as_it_was_written() {
        let mut names = vec![String::new()];
        for length in 0..3 {
            let longer: Vec<String> = names
                .iter()
                .filter(|name| name.len() == length)
                .flat_map(|name| ["a", "~", "/"].map(|letter| format!("{name}{letter}")))
                .collect();
            names.extend(longer);
        }
        names.retain(|name| !name.is_empty());
        let mut seen: BTreeMap<String, Identity> = BTreeMap::new();
        let mut check = |names: &[&str]| {
            let group = group(names);
            let path = of(&group);
            assert_eq!(parse(&path).as_ref(), Some(&group), "{path}");
            if let Some(other) = seen.insert(path.clone(), group) {
                panic!("{path} is {other} too");
            }
        };
        for top in &names {
            check(&[top.as_str()]);
            for below in &names {
                check(&[top.as_str(), below.as_str()]);
            }
        }
        assert_eq!(seen.len(), 39 + 39 * 39);
    }

    #[test]
    fn what_a_server_writes_may_mean_several_groups() {
        let groups =
            [group(&["a/b"]), group(&["a"]), group(&["a", "b"]), group(&["a~", "b"]), group(&["c/d"])];
        let written = Written::of(&groups);
        let meant = |path: &str| written.meant(path).iter().map(|group| of(group)).collect::<Vec<_>>();
        assert_eq!(meant("/a/b"), ["/a~/b", "/a/b"]);
        assert_eq!(meant("/a~/b"), ["/a~/b", "/a~~/b"]);
        assert_eq!(meant("/c/d"), ["/c~/d"]);
        assert_eq!(meant("/c~/d"), ["/c~/d"]);
        assert!(meant("/d").is_empty());
    }
}
