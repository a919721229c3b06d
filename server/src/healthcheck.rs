//! `amn healthcheck`: needs no shell and no other program in the image.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::serve::Fault;

const PATIENCE: Duration = Duration::from_secs(5);

/// Succeeds when `url` answers with 200.
pub async fn healthcheck(url: &str) -> Result<(), Fault> {
    let status = timeout(PATIENCE, status_line(url))
        .await
        .map_err(|_| format!("{url} did not answer within {} s", PATIENCE.as_secs()))??;
    match status.split(' ').nth(1) {
        Some("200") => Ok(()),
        _ => Err(format!("{url} answered {status}").into()),
    }
}

async fn status_line(url: &str) -> Result<String, Fault> {
    let (host, path) = url
        .strip_prefix("http://")
        .map(|rest| rest.split_once('/').unwrap_or((rest, "")))
        .ok_or("the address must begin with http://")?;
    let mut stream = TcpStream::connect(host).await?;
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    // The status line is all that matters; a server that sends on and on is not waited for.
    stream.take(1_024).read_to_end(&mut answer).await?;
    let text = String::from_utf8_lossy(&answer);
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
