use std::collections::BTreeMap;

use super::*;

fn workspace() -> Workspace {
    let metadata = serde_json::from_value(serde_json::json!({
        "target_directory": "/build/target",
        "packages": [
            {"name": "realm-controller", "version": "0.3.0", "targets": [
                {"name": "realm-controller", "kind": ["bin"]}, {"name": "end_to_end", "kind": ["test"]}]},
            {"name": "xtask", "version": "0.3.0", "targets": [{"name": "xtask", "kind": ["bin"]}]},
            {"name": "keycloak-plan", "version": "0.3.0", "targets": [{"name": "keycloak_plan", "kind": ["lib"]}]}
        ]
    }));
    Workspace(metadata.unwrap())
}

#[test]
fn controllers_are_the_programs_named_so() {
    let names: Vec<String> = workspace().controllers().into_iter().map(|program| program.name).collect();
    assert_eq!(names, ["realm-controller"]);
    assert_eq!(
        name(&workspace().program("realm-controller").unwrap()),
        "localhost/cloakroom/realm-controller:0.3.0"
    );
}

#[test]
fn a_name_that_is_no_image_is_answered_with_those_that_are() {
    insta::assert_snapshot!(workspace().program("keycloak-plan").unwrap_err(), @"there is no image `keycloak-plan`: write keycloak, postgres, pause, coredns or a package with a program of its name (realm-controller, xtask)");
}

#[test]
fn the_binary_is_the_one_that_cargo_says_it_built() {
    let messages = r#"{"reason":"compiler-artifact","target":{"name":"x","kind":["lib"]},"executable":null}
{"reason":"compiler-artifact","target":{"name":"x","kind":["custom-build"]},"executable":"/t/build-script"}
{"reason":"compiler-artifact","target":{"name":"x","kind":["bin"]},"executable":"/t/release/x"}
{"reason":"build-finished","success":true}"#;
    assert_eq!(executable(messages, "x"), Some(PathBuf::from("/t/release/x")));
    assert_eq!(executable(messages, "y"), None);
}

#[test]
fn paths_of_the_machine_are_kept_out_of_the_binary_and_given_flags_kept() {
    let paths = [(Path::new("/home/me/src"), "."), (Path::new("/home/me/.cargo"), "cargo")];
    assert_eq!(
        remapped("-C\u{1f}debuginfo=0", &paths).split('\u{1f}').collect::<Vec<_>>(),
        [
            "-C",
            "debuginfo=0",
            "--remap-path-prefix=/home/me/src=.",
            "--remap-path-prefix=/home/me/.cargo=cargo"
        ]
    );
    assert!(!remapped("", &paths).starts_with('\u{1f}'));
}

#[test]
fn what_another_architecture_needs_is_said_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("absent");
    let said = |library: &Path, there: bool| {
        cross(&mut Command::new("cargo"), Arch::Arm64, library, |_| there).unwrap_err().to_string()
    };
    insta::assert_snapshot!(said(&absent, true), @"Rust cannot build for arm64 here: `rustup target add aarch64-unknown-linux-gnu`");
    insta::assert_snapshot!(said(folder.path(), false), @"nothing links programs for arm64 here, `aarch64-linux-gnu-gcc` is missing: `apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross`");

    let mut command = Command::new("cargo");
    cross(&mut command, Arch::Arm64, folder.path(), |_| true).unwrap();
    assert_eq!(process::shown(&command), "cargo --target aarch64-unknown-linux-gnu");
    let set: BTreeMap<_, _> = command.get_envs().collect();
    let compiler = Some("aarch64-linux-gnu-gcc".as_ref());
    assert_eq!(set["CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER".as_ref() as &std::ffi::OsStr], compiler);
    assert_eq!(set["CC_aarch64_unknown_linux_gnu".as_ref() as &std::ffi::OsStr], compiler);
}

#[test]
fn an_image_above_the_limit_is_refused_with_its_size() {
    let description = |size| oci::Description {
        names: Vec::new(),
        digest: String::new(),
        sizes: BTreeMap::from([("amd64".to_owned(), 9_000_000), ("arm64".to_owned(), size)]),
    };
    check_size("image", &description(LIMIT)).unwrap();
    insta::assert_snapshot!(check_size("image", &description(15_230_000)).unwrap_err(), @"image for arm64 is 15.3 MB compressed, more than 15.0 MB: leave out a dependency or a feature of one");
}

#[test]
fn the_image_holds_program_libraries_certificates_and_a_user_without_rights() {
    let folder = tempfile::tempdir().unwrap();
    let certificates = folder.path().join("bundle");
    fs::write(&certificates, "certificates").unwrap();
    let binary = env::current_exe().unwrap();
    let arch = Arch::native().unwrap();
    let libraries = libraries::of(&binary, arch).unwrap();
    let files = Files { program: "program".to_owned(), arch, binary, libraries, certificates };
    let mut stream = Vec::new();
    files.foundation().unwrap().write(&mut stream).unwrap();
    let mut paths = Vec::new();
    for entry in tar::Archive::new(stream.as_slice()).entries().unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.header().uid().unwrap(), 0, "the program may change nothing of itself");
        paths.push(entry.path().unwrap().to_string_lossy().into_owned());
    }
    for path in ["etc/passwd", "etc/ssl/certs/ca-certificates.crt", "lib/libc.so.6", "lib64", "tmp/"] {
        assert!(paths.iter().any(|found| found == path), "{path} is missing in {paths:?}");
    }
    insta::assert_json_snapshot!(config("program"), @r#"
    {
      "User": "65532:65532",
      "Env": [
        "PATH=/usr/bin",
        "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"
      ],
      "Entrypoint": [
        "/usr/bin/program"
      ]
    }
    "#);
}
