//! Whether an address that the server would call leads into the cluster, to the machine itself or to its cloud.
//!
//! An address is read twice, once strictly by the letters and once as browsers read it. Where both do not find the same host,
//! Java's readers may find a third one, so such an address is taken to lead inside; so is whatever cannot be read.
//!
//! A public name whose records point inside cannot be told by its text: a `NetworkPolicy` for the server closes that.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use self::tops::{COUNTRIES, PLAIN, TOPS};

mod tops;

/// What Keycloak puts its own address in for, at the beginning.
const OWN: &[&str] = &["${authAdminUrl}", "${authBaseUrl}"];

/// Last labels of names that no public server has.
const INSIDE: &[&str] = &[
    "arpa",
    "consul",
    "corp",
    "home",
    "internal",
    "intra",
    "intranet",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "pod",
    "private",
    "svc",
    "test",
];

/// What a port of a Service speaks.
const PROTOCOLS: &[&str] = &["sctp", "tcp", "udp"];

/// Public domains below which each name stands for the address written in it, or for the machine itself.
const MIRRORS: &[&str] =
    &["1u.ms", "localtest.me", "lvh.me", "nip.io", "sslip.io", "traefik.me", "vcap.me", "xip.io"];

/// The address at which the machines of one cloud find its services; public by its number only.
const OF_THE_CLOUD: Ipv4Addr = Ipv4Addr::new(168, 63, 129, 16);

/// Whether the server would call something inside when told to call this address. `root`: what Keycloak puts before an address
/// that begins with a slash; without it the server's own address is put there.
pub fn leads_inside(address: &str, root: Option<&str>) -> bool {
    let address = address.trim();
    if address.is_empty() {
        return false;
    }
    if !address.starts_with('/') {
        return absolute(address);
    }
    root.map(str::trim)
        .filter(|root| !root.is_empty())
        .is_some_and(|root| absolute(&format!("{root}{address}")))
}

/// The same for a host that is told without a scheme: a mail server.
pub fn host_leads_inside(host: &str) -> bool {
    let host = host.trim();
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    if let Ok(ip) = bare.parse::<Ipv6Addr>() {
        return is_inside_v6(ip);
    }
    // A port has a field of its own.
    !is_plain(host) || absolute(&format!("http://{host}/"))
}

fn absolute(address: &str) -> bool {
    let is_own =
        |own: &&str| address.strip_prefix(*own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if OWN.iter().any(is_own) {
        return false;
    }
    let (Some(written), Ok(url)) = (host_as_written(address), Url::parse(address)) else { return true };
    match url.host() {
        None => true,
        // Octal, hexadecimal and shortened numbers mean one address here and another one there.
        Some(Host::Ipv4(ip)) => written != ip.to_string() || is_inside_v4(ip),
        Some(Host::Ipv6(ip)) => is_inside_v6(ip),
        Some(Host::Domain(name)) => !name.eq_ignore_ascii_case(written) || is_inside_name(name),
    }
}

/// The host as it stands in an address of the plain form `http(s)://host[:port][/...]`; nothing for any other form, such as
/// one with a user, with escapes or with other letters than those of names.
fn host_as_written(address: &str) -> Option<&str> {
    if address.contains(|sign: char| sign.is_whitespace() || sign.is_control() || sign == '\\') {
        return None;
    }
    let (scheme, rest) = address.split_once("://")?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    let (host, port) = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, "")) => (host, None),
        Some((host, port)) => (host, Some(port.strip_prefix(':')?)),
        None => authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port))),
    };
    let is_number = |port: &str| port.chars().all(|sign| sign.is_ascii_digit());
    let is_v6 = authority.starts_with('[') && host.parse::<Ipv6Addr>().is_ok();
    (port.is_none_or(is_number) && (is_v6 || is_plain(host))).then_some(host)
}

/// Whether a host has only what names and IPv4 addresses are written with.
fn is_plain(host: &str) -> bool {
    !host.is_empty()
        && host.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_'))
}

fn is_inside_v4(ip: Ipv4Addr) -> bool {
    let special = matches!(
        ip.octets(),
        // This network; between a provider and its customers (RFC 6598), used for pods and metadata; protocol assignments;
        // measurements (RFC 2544); reserved, with the broadcast.
        [0 | 240..=255, ..] | [100, 64..=127, ..] | [192, 0, 0, _] | [198, 18 | 19, ..]
    );
    let usual = ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_multicast();
    special || usual || ip == OF_THE_CLOUD
}

fn is_inside_v6(ip: Ipv6Addr) -> bool {
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_inside_v4(Ipv4Addr::new(a, b, c, d))
    };
    match ip.segments() {
        // None at all, the machine itself; translated within one network (RFC 8215); Teredo, which hides where it leads (RFC 4380).
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] | [0x64, 0xff9b, 1, ..] | [0x2001, 0, ..] => true,
        // An IPv4 address in one of IPv6: compatible and mapped (RFC 4291), translated (RFC 2765, 6052), 6to4 (RFC 3056).
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => v4(high, low),
        // Unique local, link-local, what was site-local, multicast.
        [first, ..] => {
            first & 0xfe00 == 0xfc00
                || first & 0xffc0 == 0xfe80
                || first & 0xffc0 == 0xfec0
                || first & 0xff00 == 0xff00
        }
    }
}

/// Names are found by a pod's resolver with its search path: without a dot in the server's own namespace, with one or more as a
/// Service and its namespace, unless a dot at the end says that the name is whole.
fn is_inside_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let whole = name.strip_suffix('.');
    let name = whole.unwrap_or(&name);
    let labels: Vec<&str> = name.split('.').collect();
    let is_below =
        |domain: &&str| name.strip_suffix(*domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    (whole.is_none() && may_be_a_service(&labels))
        || labels.len() == 1
        || labels.last().is_some_and(|last| INSIDE.contains(last))
        // An empty label is in no name, and must not make one longer than those of the cluster.
        || labels.iter().any(|label| ["", "svc"].contains(label))
        || MIRRORS.iter().any(is_below)
}

/// Whether the cluster may have a name of this form. It has none that is longer. Namespaces are called like top-level domains, too
/// (`dev`, `tools`): where only two labels stand, a Service is more likely than one of these.
fn may_be_a_service(labels: &[&str]) -> bool {
    match labels {
        [_, namespace] => !is_top(namespace, PLAIN),
        // One pod of a Service.
        [_, _, namespace] => !is_top(namespace, TOPS),
        // One port of it, by name and protocol.
        [_, protocol, _, _] => PROTOCOLS.contains(&protocol.trim_start_matches('_')),
        [] | [_] | [_, _, _, _, _, ..] => false,
    }
}

fn is_top(label: &str, tops: &[&str]) -> bool {
    tops.contains(&label) || COUNTRIES.contains(&label) || label.starts_with("xn--")
}

#[cfg(test)]
mod tests;
