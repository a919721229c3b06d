//! Letters by SMTP, against a server that plays its part on a loopback port.

#[cfg(test)]
mod server;
#[cfg(test)]
mod smtp;
