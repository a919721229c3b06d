//! `/dev/components`: every component once, to be looked at in both languages and themes.

use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use crate::components::{Banner, Button, Field, Look, PostForm, Textarea, Tone};
use crate::form::{Errors, Submission};
use crate::islands::CopyButton;
use crate::page::Page;

/// The longest name that the example takes.
const NAME_CHARS_MAX: usize = 40;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    name: String,
    note: String,
}

pub(crate) async fn get(page: Page) -> Response {
    show(&page, Fields::default(), &Errors::none())
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> Response {
    let t = page.t();
    let mut errors = Errors::none();
    if form.fields.name.chars().count() > NAME_CHARS_MAX || form.fields.name.is_empty() {
        errors.add("name", t.dev_name_wrong());
    }
    if form.fields.note.is_empty() {
        errors.add("note", t.dev_note_wrong());
    }
    if errors.is_empty() {
        return page.see_other("/dev/components?done=saved");
    }
    show(&page, form.fields, &errors)
}

fn show(page: &Page, fields: Fields, errors: &Errors) -> Response {
    let t = page.t();
    let echoed = fields.name.clone();
    page.html(t.dev_components()).errors(errors).render(|| {
        view! {
            <div class="stack prose">
                <h1>{t.dev_components()}</h1>
                <Banner>{t.common_demo_notice()}</Banner>
                <Banner tone=Tone::Ok>{t.done_saved()}</Banner>
                <Banner tone=Tone::Care>{t.how_warning()}</Banner>
                <Banner tone=Tone::Bad>{t.refusal_stale()}</Banner>
                <p class="cluster">
                    <code dir="ltr">"0x7F3a91Cd0B2e44A81f60C9D25eB788410aF3d2E9"</code>
                    <CopyButton
                        text="0x7F3a91Cd0B2e44A81f60C9D25eB788410aF3d2E9"
                        label=t.common_copy()
                        done=t.common_copied()
                    />
                </p>
                <PostForm class="stack">
                    <Field name="name" label=t.dev_name() value=fields.name.clone() hint=t.dev_name_hint()/>
                    <Textarea name="note" label=t.dev_note() value=fields.note.clone()/>
                    <p class="cluster">
                        <Button>{t.dev_send()}</Button>
                        <Button look=Look::Quiet href="/dev/components">{t.dev_clear()}</Button>
                    </p>
                </PostForm>
                <p>{echoed}</p>
            </div>
        }
    })
}
