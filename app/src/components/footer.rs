//! The end of every page.

use leptos::prelude::*;

use crate::page::Page;

/// Says where help is, and what staff never ask.
#[component]
pub fn Footer() -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    view! {
        <footer class="site-footer">
            <div class="bar">
                <p>{t.common_help_only_channels()}</p>
                <p class="cluster">
                    <a href=page.public("/contact")>{t.contact_title()}</a>
                    <a href=page.public("/prohibited")>{t.prohibited_title()}</a>
                    <a href=page.public("/status")>{t.uptime_title()}</a>
                    <a href=page.public("/verify")>{t.verify_title()}</a>
                </p>
                {page.web.demo.then(|| view! { <p class="muted">{t.common_demo_notice()}</p> })}
            </div>
        </footer>
    }
}
