//! The head of a document, and the content security policy that belongs to it.

use axum::http::StatusCode;
use leptos::prelude::*;

use super::Html;
use crate::i18n::Locale;
use crate::page::{Page, localised};
use crate::theme::Theme;

/// What the page may load. Without a nonce no script runs at all.
pub(super) fn policy(nonce: Option<&str>, secure: bool) -> String {
    let scripts = match nonce {
        Some(nonce) => format!("'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'"),
        None => "'none'".to_owned(),
    };
    let upgrade = if secure {
        "; upgrade-insecure-requests"
    } else {
        ""
    };
    format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'; object-src 'none'{upgrade}"
    )
}

/// The whole document around a rendered body, which is copied but once.
pub(super) fn document(html: &Html<'_>, body: &str, nonce: Option<String>) -> String {
    let (locale, theme) = (html.page.locale, html.page.theme);
    let (code, dir) = (locale.code(), locale.dir());
    let theme = match theme {
        Theme::System => String::new(),
        Theme::Light | Theme::Dark => format!(" data-theme=\"{}\"", theme.code()),
    };
    let head = head(html, nonce);
    [
        &format!("<!DOCTYPE html><html lang=\"{code}\" dir=\"{dir}\"{theme}>"),
        head.as_str(),
        "<body>",
        body,
        "</body></html>",
    ]
    .concat()
}

fn head(html: &Html<'_>, nonce: Option<String>) -> String {
    let page = html.page;
    let t = page.t();
    let assets = &page.web.assets;
    let title = if html.errors.is_empty() {
        html.title.clone()
    } else {
        t.common_error_title(&html.title)
    };
    let font = match page.locale {
        Locale::En => assets.font_latin.clone(),
        Locale::Fa => assets.font_arabic.clone(),
    };
    let listed = html.translated && html.status == StatusCode::OK;
    view! {
        <head>
            <meta charset="utf-8"/>
            <title>{t.common_page_title(title)}</title>
            <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
            <meta name="color-scheme" content="light dark"/>
            {(!listed).then(|| view! { <meta name="robots" content="noindex"/> })}
            {html.description.clone().map(|text| view! { <meta name="description" content=text/> })}
            <link rel="stylesheet" href=assets.styles.clone()/>
            <link rel="preload" r#as="font" r#type="font/woff2" crossorigin="" href=font/>
            <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
            {listed.then(|| alternates(page))}
            {nonce.map(|nonce| islands(page, nonce))}
        </head>
    }
    .to_html()
}

/// The same page in each language, for search engines.
fn alternates(page: &Page) -> impl IntoView + use<> {
    let address = |locale| {
        format!(
            "{}{}",
            page.web.public_url,
            localised(locale, page.bare_path())
        )
    };
    let links: Vec<_> = Locale::ALL
        .into_iter()
        .map(|locale| {
            view! { <link rel="alternate" hreflang=locale.code() href=address(locale)/> }
        })
        .collect();
    view! {
        <link rel="canonical" href=address(page.locale)/>
        {links}
    }
}

/// The boot script, and the module it will ask for, fetched side by side.
fn islands(page: &Page, nonce: String) -> impl IntoView + use<> {
    let assets = &page.web.assets;
    view! {
        <link
            id="wasm"
            rel="preload"
            r#as="fetch"
            r#type="application/wasm"
            crossorigin=""
            href=assets.wasm.clone()
        />
        <script type="module" src=assets.script.clone() nonce=nonce></script>
    }
}
