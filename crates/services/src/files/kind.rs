//! What a file is, by its content: names and what browsers say of files count for nothing.

/// A type of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// A photograph.
    Jpeg,
    /// A picture, such as a screenshot.
    Png,
    /// A picture.
    Webp,
    /// A picture, perhaps moving.
    Gif,
    /// A photograph of a phone.
    Heif,
    /// A picture.
    Avif,
    /// A document.
    Pdf,
    /// A film.
    Mp4,
    /// A film of a phone.
    QuickTime,
    /// A film.
    Webm,
    /// Sound.
    Mp3,
    /// Sound.
    M4a,
    /// Sound.
    Ogg,
    /// Plain text: a chat, a licence key.
    Text,
    /// An archive: what was handed over.
    Zip,
}

/// How much of a text is looked at; the rest must be text too, of course, but not markup.
const HEAD_BYTES: usize = 1_024;

impl FileKind {
    /// All there are.
    pub const ALL: [Self; 15] = [
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Gif,
        Self::Heif,
        Self::Avif,
        Self::Pdf,
        Self::Mp4,
        Self::QuickTime,
        Self::Webm,
        Self::Mp3,
        Self::M4a,
        Self::Ogg,
        Self::Text,
        Self::Zip,
    ];

    /// What the bytes are, if that is taken.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match infer::get(bytes) {
            Some(found) => {
                let mime = found.mime_type();
                Self::ALL.into_iter().find(|kind| kind.mime() == mime)
            }
            None => is_plain_text(bytes).then_some(Self::Text),
        }
    }

    /// Its media type.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Heif => "image/heif",
            Self::Avif => "image/avif",
            Self::Pdf => "application/pdf",
            Self::Mp4 => "video/mp4",
            Self::QuickTime => "video/quicktime",
            Self::Webm => "video/webm",
            Self::Mp3 => "audio/mpeg",
            Self::M4a => "audio/m4a",
            Self::Ogg => "audio/ogg",
            Self::Text => "text/plain",
            Self::Zip => "application/zip",
        }
    }

    /// Ends of names that say this type; the first is given to names that say another.
    pub(super) const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg", "jfif"],
            Self::Png => &["png"],
            Self::Webp => &["webp"],
            Self::Gif => &["gif"],
            Self::Heif => &["heic", "heif"],
            Self::Avif => &["avif"],
            Self::Pdf => &["pdf"],
            Self::Mp4 => &["mp4", "m4v"],
            Self::QuickTime => &["mov", "qt"],
            Self::Webm => &["webm"],
            Self::Mp3 => &["mp3"],
            Self::M4a => &["m4a"],
            Self::Ogg => &["ogg", "oga", "opus"],
            Self::Text => &["txt", "text", "csv", "log", "md", "eml"],
            Self::Zip => &["zip"],
        }
    }

    /// Whether it may be shown with a request: pictures that can be drawn anew, and one kind of
    /// document.
    pub(super) const fn may_be_shown(self) -> bool {
        self.is_drawable() || matches!(self, Self::Pdf)
    }

    /// Whether a preview can be drawn of it.
    pub(super) const fn is_drawable(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp)
    }
}

/// Readable, and nothing that some program would take for more than text.
fn is_plain_text(bytes: &[u8]) -> bool {
    let Ok(text) = core::str::from_utf8(bytes) else {
        return false;
    };
    let text = text.trim_start_matches('\u{feff}');
    let reads = |char: char| !char.is_control() || matches!(char, '\n' | '\r' | '\t');
    let head = bytes
        .get(..HEAD_BYTES)
        .unwrap_or(bytes)
        .to_ascii_lowercase();
    let holds = |word: &[u8]| head.windows(word.len()).any(|window| window == word);
    let is_markup = text.trim_start().starts_with('<')
        || [&b"<!doctype"[..], b"<html", b"<script", b"<svg"]
            .into_iter()
            .any(holds);
    !text.trim().is_empty() && text.chars().all(reads) && !is_markup && !text.starts_with("#!")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_says_what_a_file_is() {
        for (bytes, kind) in [
            (&b"\xff\xd8\xff\xe0\0\x10JFIF"[..], Some(FileKind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some(FileKind::Png)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some(FileKind::Webp)),
            (b"GIF89a", Some(FileKind::Gif)),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Some(FileKind::Heif)),
            (b"%PDF-1.7\n", Some(FileKind::Pdf)),
            (
                b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41",
                Some(FileKind::Mp4),
            ),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", Some(FileKind::QuickTime)),
            (b"ID3\x04", Some(FileKind::Mp3)),
            (b"OggS\0", Some(FileKind::Ogg)),
            (b"PK\x03\x04\x14\0\0\0", Some(FileKind::Zip)),
            ("سلام\r\nsecond line\t1 < 2".as_bytes(), Some(FileKind::Text)),
        ] {
            assert_eq!(FileKind::of(bytes), kind, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn what_a_machine_would_run_or_a_browser_draw_is_not_taken() {
        for bytes in [
            &b""[..],
            b" \n\t",
            b"MZ\x90\0\x03\0\0\0",
            b"\x7fELF\x02\x01\x01\0",
            b"#!/bin/sh\nrm -rf /",
            b"<!DOCTYPE html><script>alert(1)</script>",
            b"  \n<html><body>",
            b"\xef\xbb\xbf<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
            b"<?xml version=\"1.0\"?><svg/>",
            b"hello <ScRiPt>alert(1)</sCrIpT>",
            b"\xff\xfe<\0h\0t\0m\0l\0>\0",
            b"text with \0 in it",
            b"text with \x1b[2J in it",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        ] {
            assert_eq!(FileKind::of(bytes), None, "{}", bytes.escape_ascii());
        }
    }
}
