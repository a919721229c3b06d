//! A mail server that takes one connection, says what it is told to, and keeps what it hears.

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the server makes of a client.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Verdict {
    Accept,
    /// Answers this to a whole message.
    Answer(&'static str),
    /// Greets with this and hangs up.
    Greet(&'static str),
}

/// Everything that a client said, line by line.
pub(crate) type Heard = JoinHandle<Vec<String>>;

/// A server without TLS.
pub(crate) async fn plain(verdict: Verdict) -> (u16, Heard) {
    let (listener, port) = listen().await;
    let heard = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        converse(stream, verdict).await
    });
    (port, heard)
}

/// A server that hears the first bytes of a connection; with `greeting`, only after it offered
/// STARTTLS and was asked for it.
pub(crate) async fn first_bytes(greeting: bool) -> (u16, JoinHandle<Vec<u8>>) {
    let (listener, port) = listen().await;
    let heard = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        if greeting {
            say(&mut stream, "220 mail.test").await;
            hear(&mut stream).await;
            say(&mut stream, "250-mail.test\r\n250 STARTTLS").await;
            assert_eq!(hear(&mut stream).await, "STARTTLS");
            say(&mut stream, "220 go ahead").await;
        }
        let mut bytes = vec![0; 3];
        stream.read_exact(&mut bytes).await.unwrap();
        bytes
    });
    (port, heard)
}

async fn listen() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

async fn converse(stream: TcpStream, verdict: Verdict) -> Vec<String> {
    let mut stream = BufReader::new(stream);
    let mut heard = Vec::new();
    if let Verdict::Greet(greeting) = verdict {
        say(&mut stream, greeting).await;
        return heard;
    }
    say(&mut stream, "220 mail.test").await;
    loop {
        let line = hear(&mut stream).await;
        let verb = line.split(' ').next().unwrap_or_default().to_uppercase();
        heard.push(line);
        match verb.as_str() {
            "EHLO" => say(&mut stream, "250-mail.test\r\n250 8BITMIME").await,
            "DATA" => {
                say(&mut stream, "354 go on").await;
                loop {
                    let line = hear(&mut stream).await;
                    if line == "." {
                        break;
                    }
                    heard.push(line);
                }
                let answer = match verdict {
                    Verdict::Answer(answer) => answer,
                    Verdict::Accept | Verdict::Greet(_) => "250 taken",
                };
                say(&mut stream, answer).await;
                return heard;
            }
            "QUIT" | "" => return heard,
            _ => say(&mut stream, "250 fine").await,
        }
    }
}

async fn say(stream: &mut BufReader<TcpStream>, line: &str) {
    let line = format!("{line}\r\n");
    stream.write_all(line.as_bytes()).await.unwrap();
}

async fn hear(stream: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    stream.read_line(&mut line).await.unwrap();
    line.trim_end().to_owned()
}
