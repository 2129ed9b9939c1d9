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
    let paths = [("/home/me/src".into(), "."), ("/home/me/.cargo".into(), "cargo")];
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

/// A workspace with a program that says where it was compiled: by its own path, by that of a library, by that of a file that a
/// build script wrote. Built in `folder` as release images are.
fn built_in(folder: &Path) -> (PathBuf, Vec<(PathBuf, &'static str)>) {
    let write = |path: &str, text: &str| {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    let package = |name: &str, further: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n{further}")
    };
    let release =
        "[profile.release]\nlto = \"thin\"\nstrip = \"symbols\"\n[workspace]\nmembers = [\"library\"]\n";
    write(
        "Cargo.toml",
        &package("program", &format!("[dependencies]\nlibrary.path = \"library\"\n{release}")),
    );
    write("library/Cargo.toml", &package("library", ""));
    let script = r#"fn main() {
        let out = std::env::var("OUT_DIR").unwrap();
        std::fs::write(format!("{out}/written.rs"), "pub fn written() -> &'static str { file!() }").unwrap();
    }"#;
    write("library/build.rs", script);
    write(
        "library/src/lib.rs",
        "include!(concat!(env!(\"OUT_DIR\"), \"/written.rs\"));\npub fn own(n: &[u8], i: usize) -> u8 { n[i] }",
    );
    let main = r#"fn main() {
        let arguments: Vec<u8> = std::env::args().map(|word| word.len() as u8).collect();
        println!("{} {} {}", file!(), library::written(), library::own(&arguments, arguments.len() - 1));
    }"#;
    write("src/main.rs", main);
    let cargo_home = env::home_dir().unwrap().join(".cargo");
    let paths = vec![(folder.to_owned(), "."), (folder.join("target"), "target"), (cargo_home, "cargo")];
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder).args(["build", "--offline", "--release", "--target-dir", "target"]);
    command.env("CARGO_ENCODED_RUSTFLAGS", remapped("", &paths)).env_remove("RUSTFLAGS");
    process::output(&mut command).unwrap();
    (folder.join("target/release/program"), paths)
}

#[test]
fn a_program_is_the_same_whatever_the_path_of_its_sources() {
    let folder = tempfile::tempdir().unwrap();
    let places = ["here", "somewhere/else/and/deeper"].map(|place| folder.path().join(place));
    let [one, other] = places.map(|place| {
        fs::create_dir_all(&place).unwrap();
        let (binary, paths) = built_in(&place);
        is_the_same_everywhere(&binary, &paths).unwrap();
        fs::read(binary).unwrap()
    });
    assert!(one == other, "the same sources gave two programs");
}

#[test]
fn a_binary_that_tells_where_it_was_built_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let binary = folder.path().join("program");
    fs::write(&binary, b"\x7fELF\xff\x00/srv/builds/src/crates/x/src/lib.rs\x00").unwrap();
    let shown = |paths: &[(PathBuf, &str)]| {
        let problem = is_the_same_everywhere(&binary, paths).unwrap_err().to_string();
        problem.replace(&folder.path().display().to_string(), "target/release")
    };
    insta::assert_snapshot!(shown(&[("/srv/builds/.cargo".into(), "cargo"), ("/srv/builds/src".into(), ".")]), @"target/release/program holds the path /srv/builds/src of this machine, so the image would be another one elsewhere: find out which dependency writes it (`strings target/release/program | grep /srv/builds/src`), and keep it out");
    is_the_same_everywhere(&binary, &[("/src".into(), "."), ("/srv/others".into(), "cargo")]).unwrap();
}

#[test]
fn an_image_depends_on_what_is_in_its_files_and_on_nothing_else_about_them() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let own = env::current_exe().unwrap();
    let arch = Arch::native().unwrap();
    let libraries = libraries::of(&own, arch).unwrap();
    let archives = [(0o755, 1_000_000_000), (0o600, 1_700_000_000)].map(|(mode, second)| {
        let place = folder.path().join(second.to_string());
        fs::create_dir_all(&place).unwrap();
        let copy = |from: &Path, name: &str| {
            let to = place.join(name);
            fs::copy(from, &to).unwrap();
            fs::set_permissions(&to, fs::Permissions::from_mode(mode)).unwrap();
            let file = fs::File::options().write(true).open(&to).unwrap();
            file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(second)).unwrap();
            to
        };
        let mut libraries = libraries.clone();
        for (name, file) in &mut libraries.files {
            *file = copy(file, name);
        }
        fs::write(place.join("bundle"), "certificates").unwrap();
        let (binary, certificates) =
            (copy(Path::new("/bin/sh"), "program"), copy(&place.join("bundle"), "ca"));
        let files = Files { program: "program".to_owned(), arch, binary, libraries, certificates };
        let image = files.image_in(Compression::Best, &place).unwrap();
        oci::write(&["localhost/cloakroom/program:1"], &[image], &place.join("archive")).unwrap();
        fs::read(place.join("archive")).unwrap()
    });
    assert!(archives[0] == archives[1], "the same files gave two archives");
}
