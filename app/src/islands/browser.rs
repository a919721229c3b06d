//! What islands ask of the browser: the functions of `js/browser.js`.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(module = "/js/browser.js")]
extern "C" {
    /// Puts text on the clipboard; resolves to whether that worked.
    #[wasm_bindgen(js_name = copy)]
    pub(super) async fn copy(text: &str) -> JsValue;
}
