//! `/admin/categories/{slug}`: one category renamed, moved among its neighbours, closed or opened.

use axum::extract::Path;
use axum::response::Response;
use domain::category::{Category, Shelf};
use leptos::prelude::*;
use serde::Deserialize;
use services::categories::EditCategory;

use super::categories::{names, note, open, place};
use crate::components::{Banner, Button, Checkbox, Field, PostForm, Tone};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    name_en: String,
    name_fa: String,
    order: String,
    open: String,
}

pub(crate) async fn get(page: Page, Path(slug): Path<String>) -> PageResult {
    let shelf = find(&page, &slug).await?;
    let Category {
        name,
        order,
        is_active,
        ..
    } = &shelf.category;
    let fields = Fields {
        name_en: name.en.to_string(),
        name_fa: name.fa.to_string(),
        order: order.to_string(),
        open: is_active.then(|| "yes".to_owned()).unwrap_or_default(),
    };
    Ok(show(&page, &shelf, &fields, &Errors::none()))
}

pub(crate) async fn post(
    page: Page,
    Path(slug): Path<String>,
    form: Submission<Fields>,
) -> PageResult {
    let shelf = find(&page, &slug).await?;
    let (t, fields) = (page.t(), &form.fields);
    let mut errors = Errors::none();
    let name = names(t, &fields.name_en, &fields.name_fa, &mut errors);
    let order = errors.take("order", place(t, &fields.order));
    if let (Some(name), Some(order)) = (name, order) {
        let edit = EditCategory {
            id: shelf.category.id,
            expected_version: form.version,
            name,
            order,
            is_active: !fields.open.is_empty(),
        };
        match page.services().edit_category(&page.actor(), edit).await {
            Ok(_) => return Ok(page.see_other("/admin/categories?done=noted")),
            Err(error) => note(t, error, &mut errors)?,
        }
    }
    Ok(show(&page, &shelf, fields, &errors))
}

async fn find(page: &Page, slug: &str) -> Result<Shelf, Failure> {
    let catalogue = open(page).await?;
    catalogue.find_slug(slug).cloned().ok_or(Failure::NotFound)
}

fn show(page: &Page, shelf: &Shelf, typed: &Fields, errors: &Errors) -> Response {
    let t = page.t();
    let category = &shelf.category;
    let name = category.name.in_language(t.into()).to_string();
    let html = page.html(t.categories_one_title(&name)).errors(errors);
    html.render(|| {
        let (typed, version) = (typed.clone(), category.version);
        let is_open = !typed.open.is_empty();
        let buried = (category.is_active && !shelf.is_open).then(|| {
            view! { <Banner tone=Tone::Info>{t.categories_parent_closed()}</Banner> }
        });
        view! {
            <div class="stack prose">
                <p><a href="/admin/categories">{t.categories_title()}</a></p>
                <h1><bdi>{name}</bdi></h1>
                <p class="muted"><code dir="ltr">{category.slug.to_string()}</code></p>
                {buried}
                <PostForm version class="stack">
                    <Field
                        name="name_en"
                        label=t.categories_name_en()
                        value=typed.name_en
                        dir="ltr"
                        maxlength=60
                    />
                    <Field
                        name="name_fa"
                        label=t.categories_name_fa()
                        value=typed.name_fa
                        dir="rtl"
                        maxlength=60
                    />
                    <Field
                        name="order"
                        label=t.categories_order()
                        hint=t.categories_order_hint()
                        value=typed.order
                        inputmode="numeric"
                        maxlength=8
                    />
                    <Checkbox
                        name="open"
                        label=t.categories_takes_requests()
                        checked=is_open
                        comes_back=true
                    />
                    <p><Button>{t.categories_save()}</Button></p>
                </PostForm>
            </div>
        }
    })
}
