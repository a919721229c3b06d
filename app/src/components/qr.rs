//! A QR code: black on white in every theme, with the quiet zone that readers need.

use std::fmt::Write as _;

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

/// Modules around the code that stay white.
const QUIET: usize = 4;

/// Drawn as one path. `label` says what it holds; the text itself must stand beside it.
#[component]
pub fn Qr(#[prop(into)] content: String, #[prop(into)] label: String) -> impl IntoView {
    // Only a text of thousands of characters does not fit, and no address is one.
    drawing(&content).map(|(size, path)| {
        view! {
            <div class="qr">
                <svg
                    viewBox=format!("0 0 {size} {size}")
                    role="img"
                    aria-label=label
                    shape-rendering="crispEdges"
                >
                    <path d=path></path>
                </svg>
            </div>
        }
    })
}

/// The side in modules, quiet zone included, and the dark modules as runs along each line.
fn drawing(content: &str) -> Option<(usize, String)> {
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
    Some((width + 2 * QUIET, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_has_its_quiet_zone() {
        let (size, path) = drawing("0x7F3a91Cd0B2e44A81f60C9D25eB788410aF3d2E9").unwrap();
        assert_eq!(size, 29 + 2 * QUIET, "version 3 at level M");
        assert!(path.starts_with("M4 4h7v1h-7z"), "the finder pattern");
    }

    #[test]
    fn a_text_that_does_not_fit_draws_nothing() {
        assert!(drawing(&"x".repeat(5_000)).is_none());
    }
}
