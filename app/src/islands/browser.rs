//! What islands ask of the browser: the functions of `js/browser.js`.

use leptos::web_sys::HtmlElement;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(module = "/js/browser.js")]
extern "C" {
    /// Puts text on the clipboard; resolves to whether that worked.
    #[wasm_bindgen(js_name = copy)]
    pub(super) async fn copy(text: &str) -> JsValue;

    /// Milliseconds since this document was asked for.
    #[wasm_bindgen(js_name = elapsed)]
    pub(super) fn elapsed() -> f64;

    /// Asks for the page again every so often, and takes the same region out of it.
    #[wasm_bindgen(js_name = keepFresh)]
    pub(super) fn keep_fresh(region: &HtmlElement, every_ms: u32);

    /// Shows what is typed into the input of this id, or hides it.
    #[wasm_bindgen(js_name = reveal)]
    pub(super) fn reveal(id: &str, shown: bool);

    /// Presses the button of a secret that is shown before its form is sent: browsers remember what
    /// is sent in plain.
    #[wasm_bindgen(js_name = hideBeforeSending)]
    pub(super) fn hide_before_sending(button: &HtmlElement);

    /// Sends the form around `part` so that it can be told how far it has come.
    #[wasm_bindgen(js_name = showUpload)]
    pub(super) fn show_upload(part: &HtmlElement);
}
