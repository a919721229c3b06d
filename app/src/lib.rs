//! The web application: pages, components, islands.
//!
//! Pages exist on the server alone; the browser receives islands and nothing else. How a page is
//! added: `docs/adding-a-page.md`.
// A page is one type, as deep as its markup.
#![recursion_limit = "512"]

pub mod islands;

#[cfg(feature = "ssr")]
pub mod assets;
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
mod form_limit;
#[cfg(feature = "ssr")]
pub mod i18n;
#[cfg(feature = "ssr")]
mod keep_form;
#[cfg(feature = "ssr")]
pub mod list_place;
#[cfg(feature = "ssr")]
pub mod next_path;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod same_origin;
#[cfg(feature = "ssr")]
pub mod theme;
#[cfg(feature = "ssr")]
pub mod web;
#[cfg(feature = "ssr")]
pub mod when;
