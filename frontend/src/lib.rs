//! The WASM entry point: hydration, nothing else.

use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the boot script, before it wakes the islands of the page.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
