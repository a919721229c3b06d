//! A QR code: black on white in every theme, with the quiet zone that readers need.

use leptos::prelude::*;
use services::payments::QrDrawing;

/// Drawn as one path. `label` says what it holds; the text itself must stand beside it.
#[component]
pub fn Qr(#[prop(into)] content: String, #[prop(into)] label: String) -> impl IntoView {
    // Only a text of thousands of characters does not fit, and no address is one.
    QrDrawing::of(&content).map(|QrDrawing { size, path }| {
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
