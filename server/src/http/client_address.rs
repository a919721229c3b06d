//! Who asks: the peer itself, or whoever a proxy that we trust says it asks for.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use services::ClientAddress;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// Puts the [`ClientAddress`] into the request.
pub async fn find(
    State(trusted): State<Arc<[IpAddr]>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let address = client(peer.ip(), request.headers(), &trusted);
    request.extensions_mut().insert(ClientAddress(address));
    next.run(request).await
}

/// Proxies append whom they heard from. So the list is read from its end, as long as those who
/// speak are trusted; what stands before is what a stranger says.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let mut speaker = peer.to_canonical();
    let told: Vec<&str> = headers
        .get_all(FORWARDED_FOR)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .collect();
    for word in told.into_iter().rev() {
        if !trusted.contains(&speaker) {
            break;
        }
        match word.trim().parse::<IpAddr>() {
            Ok(address) => speaker = address.to_canonical(),
            Err(_) => break,
        }
    }
    speaker
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn seen(peer: &str, told: &'static str) -> String {
        let trusted = ["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        let mut headers = HeaderMap::new();
        headers.append(FORWARDED_FOR, HeaderValue::from_static(told));
        client(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_trusted_proxies_say_who_asks() {
        assert_eq!(seen("10.0.0.1", "203.0.113.7"), "203.0.113.7");
        assert_eq!(
            seen("203.0.113.9", "198.51.100.1"),
            "203.0.113.9",
            "a stranger lies"
        );
        assert_eq!(seen("10.0.0.1", "198.51.100.1, 203.0.113.7"), "203.0.113.7");
        assert_eq!(seen("10.0.0.1", "203.0.113.7, 10.0.0.2"), "203.0.113.7");
        assert_eq!(seen("10.0.0.1", "unknown"), "10.0.0.1");
        assert_eq!(seen("::ffff:10.0.0.1", "203.0.113.7"), "203.0.113.7");
    }
}
