//! Sends mail by SMTP, or keeps it where the demo can show it.
