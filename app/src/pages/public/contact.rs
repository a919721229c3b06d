//! `/contact`: the only channels on which Amn speaks with people.

use axum::response::Response;
use leptos::prelude::*;

use crate::components::{Banner, Row, SummaryList, Tone};
use crate::page::{Page, share};

pub(crate) async fn get(page: Page) -> Response {
    let t = page.t();
    let shown = page
        .html(t.contact_title())
        .description(t.contact_lede())
        .translated()
        .render(|| {
            let mailbox = page.web.help_address.clone();
            let mail_to = format!("mailto:{mailbox}");
            let mail = view! { <a href=mail_to><bdi dir="ltr">{mailbox}</bdi></a> };
            let site = page.web.public_url.clone();
            let rows = vec![
                Row::new(t.contact_mail(), mail),
                Row::new(t.contact_site(), view! { <bdi dir="ltr">{site}</bdi> }),
            ];
            view! {
                <article class="stack prose loose">
                    <h1>{t.contact_title()}</h1>
                    <p class="lede">{t.contact_lede()}</p>
                    <SummaryList rows/>
                    <p>{t.contact_say()}</p>
                    <Banner tone=Tone::Care>
                        <p><strong>{t.common_help_only_channels()}</strong></p>
                        <p>{t.contact_never()}</p>
                    </Banner>
                </article>
            }
        });
    share(shown)
}
