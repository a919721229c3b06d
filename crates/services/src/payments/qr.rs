//! QR codes: black on white, with the quiet zone that readers need.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// Modules around the code that stay white.
const QUIET: usize = 4;

/// A QR code as one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrDrawing {
    /// The side in modules, quiet zone included.
    pub size: usize,
    /// The dark modules as runs along each line, for the `d` of an SVG path.
    pub path: String,
}

impl QrDrawing {
    /// Draws a text; none when it has thousands of characters, which no address has.
    pub fn of(content: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(content, EcLevel::M).ok()?;
        let width = code.width();
        let colors = code.to_colors();
        let mut path = String::new();
        for (row, line) in colors.chunks(width).enumerate() {
            let mut column = 0;
            for run in line.chunk_by(|a, b| a == b) {
                if run.first() == Some(&Color::Dark) {
                    let (x, y, length) = (column + QUIET, row + QUIET, run.len());
                    write!(path, "M{x} {y}h{length}v1h-{length}z").ok()?;
                }
                column += run.len();
            }
        }
        let size = width + 2 * QUIET;
        Some(Self { size, path })
    }

    /// The whole picture as an SVG document.
    pub fn to_svg(&self) -> String {
        let Self { size, path } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" \
             shape-rendering=\"crispEdges\"><rect width=\"{size}\" height=\"{size}\" \
             fill=\"#fff\"/><path d=\"{path}\"/></svg>"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_has_its_quiet_zone() {
        let drawn = QrDrawing::of("0x7F3a91Cd0B2e44A81f60C9D25eB788410aF3d2E9").unwrap();
        assert_eq!(drawn.size, 29 + 2 * QUIET, "version 3 at level M");
        assert!(drawn.path.starts_with("M4 4h7v1h-7z"), "the finder pattern");
        assert!(drawn.to_svg().contains("viewBox=\"0 0 37 37\""));
    }

    #[test]
    fn a_text_that_does_not_fit_draws_nothing() {
        assert_eq!(QrDrawing::of(&"x".repeat(5_000)), None);
    }
}
