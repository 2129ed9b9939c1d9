use proptest::prelude::*;

use super::*;

#[test]
fn addresses_of_the_internet_are_outside() {
    for outside in [
        "https://portal.example.com/keys",
        "https://PORTAL.example.com:8443/a?b=c#d",
        "http://93.184.216.34/",
        "http://[2606:2800:220:1:248:1893:25c8:1946]:8080/x",
        "https://portal.example.com./keys",
        "https://example.io/",
        "https://www.example.technology/@somebody",
        // The cluster has no names that are as long.
        "https://portal.acme.example.unusual/keys",
        "https://tcp.portal.acme.example.unusual/keys",
        "https://xn--bcher-kva.example.de/",
        "https://a_b.example.org/",
        "https://[64:ff9b::5db8:d822]/",
        // A name that is whole is not looked for in the cluster.
        "https://portal.unusual./keys",
        "",
        "  ",
    ] {
        assert!(!leads_inside(outside, None), "{outside}");
    }
}

#[test]
fn what_leads_inside_is_seen_in_every_spelling() {
    for inside in [
        "http://127.0.0.1/x",
        "http://127.0.0.1./x",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://010.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://172.16.3.4/",
        "http://192.168.1.1/",
        "http://198.18.0.2:6443/",
        "http://169.254.169.254/latest/meta-data",
        "http://168.63.129.16/machine",
        "http://100.100.100.200/",
        "http://192.0.0.192/opc/v2",
        "http://255.255.255.255/",
        "http://224.0.0.1/",
        "http://[::]/",
        "http://[::1]:9000/",
        "http://[::127.0.0.1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[::ffff:a00:1]/",
        "http://[0:0:0:0:0:ffff:a9fe:a9fe]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:7f00:1::]/",
        "http://[2001:0:1::1]/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[ff02::1]/",
    ] {
        assert!(leads_inside(inside, None), "{inside}");
    }
}

#[test]
fn names_of_the_cluster_and_of_the_machine_are_inside() {
    for inside in [
        "http://LOCALHOST:8080/",
        "http://localhost./",
        "http://a.localhost/",
        "http://keycloak/",
        "http://kubernetes.default/api",
        "https://kubernetes.default.svc/api",
        "https://KUBERNETES.DEFAULT.SVC.CLUSTER.LOCAL./",
        "http://keycloak-0.keycloak-discovery.keycloak-system/",
        // Services in namespaces that are called like top-level domains, or nearly.
        "http://postgres.dev/",
        "http://grafana.tools/",
        "http://redis.db/",
        "http://x.ui/",
        "http://redis-0.redis.db/",
        // One port of a Service.
        "http://_http._tcp.portal.acme/",
        "http://http.tcp.portal.acme/",
        "http://dns.udp.kube-dns.dev/",
        "http://portal...acme/",
        "http://../",
        "http://10-0-0-1.default.pod.cluster.local/",
        "http://portal.acme.svc.cluster.example.com/",
        "http://metadata.google.internal/",
        "http://printer.local/",
        "http://wiki.corp/",
        // Private zones, at any length.
        "http://nas.home.arpa/",
        "http://a.b.c.d.home.arpa/",
        "http://vault.service.consul/",
        "http://vault.service.dc1.consul:8200/",
        "http://git.dev.team.intra/",
        "http://api.staging.example.test/",
        "http://127.0.0.1.nip.io/",
        "http://10-0-0-1.sslip.io/",
        "http://anything.localtest.me/",
    ] {
        assert!(leads_inside(inside, None), "{inside}");
    }
}

#[test]
fn what_two_readers_read_differently_is_inside() {
    for inside in [
        "not a url",
        "portal.example.com/keys",
        "//portal.example.com",
        "http:portal.example.com",
        "http:/10.0.0.1/",
        "http:///10.0.0.1/",
        "http://portal.example.com@10.0.0.1/",
        "http://user:password@portal.example.com/",
        "http://x@10.0.0.1:80@portal.example.com/",
        "http://portal.example.com\\@10.0.0.1/",
        "http://10.0.0.1\\.portal.example.com/",
        "http://portal.example.com:80:10.0.0.1/",
        "http://portal.example.com:http/",
        "http://%31%32%37.0.0.1/",
        "http://loc%61lhost/",
        "http://127。0。0。1/",
        "http://１２７.0.0.1/",
        "http://ⓛocalhost/",
        "http://portal\t.example.com/",
        "http://portal.example.com/a b",
        "http://portal.example.com*",
        "http://1*",
        "*",
        "${application.session.host}",
        "http://${application.session.host}/admin",
        "${authBaseUrl}.evil.example.com/",
        "${vault.address}",
        "file:///etc/passwd",
        "ftp://portal.example.com/",
        "jar:http://portal.example.com/a.jar!/b",
        "gopher://10.0.0.1:6379/_",
        "ldap://portal.example.com/",
        "http://",
        "http://?",
        "http://[::1",
        "http://[portal.example.com]/",
    ] {
        // Relative to nothing, two slashes are the server's own.
        let expected = !inside.starts_with("//");
        assert_eq!(leads_inside(inside, None), expected, "{inside}");
    }
}

#[test]
fn relative_addresses_go_where_their_root_goes() {
    assert!(!leads_inside("/keys", None));
    assert!(!leads_inside("/keys", Some("")));
    assert!(!leads_inside("/keys", Some("https://portal.example.com")));
    assert!(!leads_inside("/keys", Some("${authBaseUrl}")));
    assert!(!leads_inside("/keys", Some("${authAdminUrl}")));
    assert!(!leads_inside("${authBaseUrl}/keys", None));
    for root in [
        "http://10.0.0.1",
        "http://keycloak",
        "http:",
        "http:/",
        "portal.example.com",
        "https://a.example.com@10.0.0.1",
    ] {
        assert!(leads_inside("/10.0.0.1/keys", Some(root)), "{root}");
        assert!(leads_inside("//10.0.0.1/keys", Some(root)), "{root}");
    }
    // An absolute one does not need its root.
    assert!(leads_inside("http://10.0.0.1/", Some("https://portal.example.com")));
    assert!(!leads_inside("https://portal.example.com/", Some("http://10.0.0.1")));
}

#[test]
fn hosts_of_mail_servers_are_read_alike() {
    for outside in
        ["smtp.example.com", "SMTP.EXAMPLE.COM", "93.184.216.34", "2606:2800:220::1", "[2606:2800:220::1]"]
    {
        assert!(!host_leads_inside(outside), "{outside}");
    }
    for inside in [
        "mail",
        "mail.tools-x",
        "mail.default.svc",
        "localhost",
        "127.0.0.1",
        "0x7f.1",
        "::1",
        "[::ffff:10.0.0.1]",
        "smtp.example.com@10.0.0.1",
        "10.0.0.1/smtp.example.com",
        "10.0.0.1#smtp.example.com",
        "smtp.example.com:25",
        "${vault.host}",
        "",
    ] {
        assert!(host_leads_inside(inside), "{inside}");
    }
}

/// Addresses that lead inside.
fn inside_v4() -> impl Strategy<Value = Ipv4Addr> {
    let below = |first: u8| any::<[u8; 3]>().prop_map(move |[b, c, d]| Ipv4Addr::new(first, b, c, d));
    prop_oneof![
        below(10),
        below(127),
        below(0),
        any::<[u8; 2]>().prop_map(|[c, d]| Ipv4Addr::new(169, 254, c, d)),
        any::<[u8; 2]>().prop_map(|[c, d]| Ipv4Addr::new(192, 168, c, d)),
        (16..32_u8, any::<[u8; 2]>()).prop_map(|(b, [c, d])| Ipv4Addr::new(172, b, c, d)),
        (64..128_u8, any::<[u8; 2]>()).prop_map(|(b, [c, d])| Ipv4Addr::new(100, b, c, d)),
    ]
}

/// The spellings of an IPv4 address that some reader somewhere understands.
fn spellings(ip: Ipv4Addr) -> Vec<String> {
    let [a, b, c, d] = ip.octets();
    let number = u32::from(ip);
    let [.., high, low] = ip.to_ipv6_mapped().segments();
    vec![
        format!("{a}.{b}.{c}.{d}"),
        format!("{a}.{b}.{c}.{d}."),
        format!("{a}.{b}.{}", number & 0xffff),
        format!("{a}.{}", number & 0x00ff_ffff),
        format!("{number}"),
        format!("{number:#x}"),
        format!("0{number:o}"),
        format!("{a:#x}.{b:#X}.{c}.0{d:o}"),
        format!("0{a:o}.0{b:o}.0{c:o}.0{d:o}"),
        format!("000{a}.{b}.{c}.{d}"),
        format!("%{:02x}{}.{b}.{c}.{d}", a.to_string().as_bytes()[0], &a.to_string()[1..]),
        format!("[::ffff:{a}.{b}.{c}.{d}]"),
        format!("[::ffff:{high:x}:{low:x}]"),
        format!("[0:0:0:0:0:FFFF:{high:X}:{low:X}]"),
        format!("[64:ff9b::{high:x}:{low:x}]"),
        format!("[2002:{high:x}:{low:x}::1]"),
        format!("portal.example.com@{a}.{b}.{c}.{d}"),
        format!("{a}.{b}.{c}.{d}\\@portal.example.com"),
        format!("{a}.{b}.{c}.{d}.nip.io"),
    ]
}

proptest! {
    #[test]
    fn no_spelling_of_an_address_inside_is_taken_for_one_outside(
        ip in inside_v4(),
        scheme in prop_oneof![Just("http"), Just("https"), Just("HTTP"), Just("hTtPs")],
        rest in prop_oneof![Just(""), Just("/"), Just(":8080/x"), Just("?q"), Just("#f")],
    ) {
        for spelling in spellings(ip) {
            let address = format!("{scheme}://{spelling}{rest}");
            prop_assert!(leads_inside(&address, None), "{}", address);
            prop_assert!(leads_inside("/keys", Some(&address)), "{} as a root", address);
        }
    }

    /// Whatever it is that is taken to be outside, every reader finds the same public host in it.
    #[test]
    fn whatever_is_outside_is_read_alike_by_everybody(
        address in prop_oneof![
            any::<String>(),
            "https?://[a-z0-9.@:%\\[\\]/\\\\?#*$\\{\\}-]{0,40}",
            "http://([a-z0-9]{1,4}[.]){0,4}[a-z0-9]{1,4}(:[0-9]{0,3})?/?",
            "http://([0-9x]{1,5}[.]){0,3}[0-9xa-f]{1,9}/",
            "http://\\[[0-9a-f:.]{0,30}\\]/",
        ],
    ) {
        let trimmed = address.trim();
        if !leads_inside(&address, None) && !trimmed.is_empty() && !trimmed.starts_with('/') {
            let url = Url::parse(trimmed).unwrap();
            prop_assert!(["http", "https"].contains(&url.scheme()));
            prop_assert_eq!((url.username(), url.password()), ("", None));
            let host = url.host_str().unwrap().to_ascii_lowercase();
            let start = format!("{}://{host}", url.scheme());
            let as_written = trimmed.to_ascii_lowercase();
            // The letters of an IPv6 address have many forms; all are one number.
            prop_assert!(host.starts_with('[') || as_written.starts_with(&start), "{} is read as {}", trimmed, host);
            let begins_public = host.starts_with('[') || host.contains('.');
            prop_assert!(begins_public, "{}", host);
        }
    }

    #[test]
    fn ordinary_addresses_are_outside(host in "[a-z]{2,8}([.][a-z][a-z0-9]{0,7})?[.]example[.](com|org|de)", path in "(/[a-z0-9@:%~]{0,8}){0,3}") {
        prop_assume!(!host.split('.').any(|label| ["sctp", "svc", "tcp", "udp"].contains(&label)));
        let address = format!("https://{host}{path}");
        prop_assert!(!leads_inside(&address, None), "{}", address);
        prop_assert!(!host_leads_inside(&host));
    }
}
