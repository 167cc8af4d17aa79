//! Where a request comes from, when proxies stand in between.

use std::net::{IpAddr, SocketAddr};
use std::sync::Once;

use actix_web::HttpRequest;

/// The visitor's address block, as limits count it: IPv4 as it is, IPv6 by its /64, which one household
/// or one machine has to itself.
pub fn block(request: &HttpRequest, trusted: &[IpAddr]) -> String {
    let lines = request.headers().get_all("X-Forwarded-For").filter_map(|line| line.to_str().ok()).collect::<Vec<_>>();
    if trusted.is_empty() && !lines.is_empty() {
        tell_once();
    }
    let client = request.peer_addr().map(|peer| client(peer.ip(), &lines, trusted));
    client.map(name).unwrap_or_default()
}

/// A proxy that nobody named makes all visitors one, for everything that is limited.
fn tell_once() {
    static TOLD: Once = Once::new();
    TOLD.call_once(|| {
        tracing::warn!(
            "requests come with X-Forwarded-For, but no proxy is trusted, so all visitors behind it count as one; if there is a proxy, set FIVEFOLD_TRUSTED_PROXIES to its address"
        )
    });
}

/// Read from the right: each proxy that is trusted vouches for the address it wrote last, and no further.
/// What a stranger writes into the header stands to the left of that and is never believed.
fn client(peer: IpAddr, forwarded: &[&str], trusted: &[IpAddr]) -> IpAddr {
    let mut client = peer;
    for entry in forwarded.iter().flat_map(|line| line.split(',')).collect::<Vec<_>>().into_iter().rev() {
        if !trusted.contains(&client.to_canonical()) {
            break;
        }
        let Some(before) = parse(entry) else { break };
        client = before;
    }
    client.to_canonical()
}

/// Some proxies add the port.
fn parse(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    entry.parse().ok().or_else(|| entry.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

fn name(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_forwarded_header_counts_only_from_a_trusted_proxy_and_from_the_right() {
        let proxies = [ip("10.0.0.1"), ip("10.0.0.2")];
        let of = |peer: &str, lines: &[&str]| client(ip(peer), lines, &proxies).to_string();

        assert_eq!(of("203.0.113.9", &["198.51.100.7"]), "203.0.113.9", "a stranger's own header");
        assert_eq!(of("10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(of("10.0.0.1", &["1.2.3.4, 198.51.100.7"]), "198.51.100.7", "what the client forged stands left");
        assert_eq!(of("10.0.0.1", &["1.2.3.4", "198.51.100.7, 10.0.0.2"]), "198.51.100.7", "two proxies, two lines");
        assert_eq!(of("10.0.0.1", &["198.51.100.7:4711"]), "198.51.100.7");
        assert_eq!(of("10.0.0.1", &["198.51.100.7, nonsense"]), "10.0.0.1");
        assert_eq!(of("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(of("::ffff:10.0.0.1", &["198.51.100.7"]), "198.51.100.7", "IPv4 in IPv6 clothes");
    }

    #[test]
    fn an_ipv6_household_is_one_block() {
        assert_eq!(name(ip("2001:db8:1:2:3:4:5:6")), name(ip("2001:db8:1:2::1")));
        assert_ne!(name(ip("2001:db8:1:2::1")), name(ip("2001:db8:1:3::1")));
    }
}
