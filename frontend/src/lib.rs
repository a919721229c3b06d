//! The WASM entry point: hydration, nothing else.
