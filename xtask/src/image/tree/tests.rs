use std::fmt::Write as _;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;

use super::*;

/// Every entry of a layer as one line: kind, mode, owner, path, target.
fn listed(tree: &Tree) -> String {
    let mut stream = Vec::new();
    tree.write(&mut stream).unwrap();
    let mut lines = String::new();
    for entry in tar::Archive::new(stream.as_slice()).entries().unwrap() {
        let entry = entry.unwrap();
        let header = entry.header();
        assert_eq!(header.mtime().unwrap(), MODIFIED);
        assert_eq!(header.username_bytes().unwrap_or_default(), b"");
        let kind = match header.entry_type() {
            EntryType::Directory => 'd',
            EntryType::Regular => '-',
            EntryType::Symlink => 'l',
            EntryType::Link => 'h',
            other => panic!("a layer has no {other:?}"),
        };
        let target = entry.link_name().unwrap().map(|target| format!(" -> {}", target.display()));
        writeln!(
            lines,
            "{kind} {:o} {}:{} {}{}",
            header.mode().unwrap(),
            header.uid().unwrap(),
            header.gid().unwrap(),
            entry.path().unwrap().display(),
            target.unwrap_or_default()
        )
        .unwrap();
    }
    lines
}

#[test]
fn entries_are_sorted_parents_first_whatever_the_order_of_adding() {
    let mut tree = Tree::new();
    tree.file("usr/bin/tool", 0o755, ROOT, "");
    tree.file("usr-local", 0o644, ROOT, "");
    tree.directory("tmp", 0o1777, ROOT);
    tree.directory("usr/bin", 0o750, Owner { uid: 5, gid: 6 });
    insta::assert_snapshot!(listed(&tree), @r"
    d 1777 0:0 tmp/
    d 755 0:0 usr/
    d 750 5:6 usr/bin/
    - 755 0:0 usr/bin/tool
    - 644 0:0 usr-local
    ");
}

#[test]
fn links_are_taken_as_links_also_when_they_lead_nowhere_or_out_of_the_tree() {
    let folder = tempfile::tempdir().unwrap();
    symlink("/nowhere/at/all", folder.path().join("dangling")).unwrap();
    symlink("../../outside", folder.path().join("outside")).unwrap();
    symlink("loop", folder.path().join("loop")).unwrap();
    symlink("x".repeat(150), folder.path().join("long")).unwrap();
    let mut tree = Tree::new();
    tree.copy(folder.path(), "", Ownership::Shared(ROOT)).unwrap();
    let long = "x".repeat(150);
    assert_eq!(
        listed(&tree),
        format!(
            "l 777 0:0 dangling -> /nowhere/at/all\nl 777 0:0 long -> {long}\nl 777 0:0 loop -> loop\n\
             l 777 0:0 outside -> ../../outside\n"
        )
    );
}

#[test]
fn the_second_name_of_a_file_is_a_hard_link_to_the_first() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("b")).unwrap();
    fs::write(folder.path().join("b/second"), "same").unwrap();
    fs::hard_link(folder.path().join("b/second"), folder.path().join("a-first")).unwrap();
    let mut tree = Tree::new();
    tree.copy(folder.path(), "at", Ownership::Shared(ROOT)).unwrap();
    let lines = listed(&tree);
    assert!(lines.contains("0:0 at/a-first\n"), "{lines}");
    assert!(lines.contains("0:0 at/b/second -> at/a-first\n"), "{lines}");
}

#[test]
fn devices_pipes_and_sockets_have_no_place_in_a_layer() {
    let folder = tempfile::tempdir().unwrap();
    let _socket = UnixListener::bind(folder.path().join("socket")).unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let mut tree = Tree::new();
    tree.copy(folder.path(), "", Ownership::Shared(ROOT)).unwrap();
    assert_eq!(tree.entries.keys().collect::<Vec<_>>(), [Path::new("file")]);
}

#[test]
fn a_shared_tree_lets_the_group_do_what_the_owner_may() {
    let folder = tempfile::tempdir().unwrap();
    for (name, mode) in [("script", 0o755), ("plain", 0o644), ("secret", 0o600), ("setuid", 0o4755)] {
        fs::write(folder.path().join(name), "").unwrap();
        fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    let mut tree = Tree::new();
    tree.copy(folder.path(), "opt", Ownership::Shared(Owner { uid: 1000, gid: 0 })).unwrap();
    let lines = listed(&tree);
    for line in
        ["664 1000:0 opt/plain", "775 1000:0 opt/script", "660 1000:0 opt/secret", "4775 1000:0 opt/setuid"]
    {
        assert!(lines.contains(line), "{line} is missing in\n{lines}");
    }
}

#[test]
fn long_and_foreign_names_survive() {
    let mut tree = Tree::new();
    let long = format!("a/{}/{}", "n".repeat(120), "Főtanúsítvány.crt");
    tree.file(&long, 0o644, ROOT, "certificate");
    let mut stream = Vec::new();
    tree.write(&mut stream).unwrap();
    let mut archive = tar::Archive::new(stream.as_slice());
    let mut found = None;
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        found = Some((entry.path().unwrap().into_owned(), text));
    }
    assert_eq!(found.unwrap(), (PathBuf::from(long), "certificate".to_owned()));
}

#[test]
fn a_file_that_changed_since_it_was_added_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("growing");
    fs::write(&file, "four").unwrap();
    let mut tree = Tree::new();
    tree.file_from("growing", 0o644, ROOT, &file).unwrap();
    fs::write(&file, "seven..").unwrap();
    let error =
        format!("{:#}", tree.write(Vec::new()).unwrap_err()).replace(file.to_str().unwrap(), "<file>");
    insta::assert_snapshot!(error, @"cannot add /growing: <file> changed while it was read: it had 4 bytes and has 7");
}
