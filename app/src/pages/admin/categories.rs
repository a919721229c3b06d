//! `/admin/categories`: the tree that requests are filed in, and a form for one more.

use axum::response::Response;
use domain::category::{Catalogue, Category, InvalidSlug, Shelf, Slug};
use domain::language::Localized;
use domain::policy::Action;
use domain::text::Line;
use leptos::prelude::*;
use serde::Deserialize;
use services::categories::{NewCategory, WriteCategoryError};

use crate::components::{Button, Chip, Choice, Field, PostForm, Select, Table, Tone};
use crate::form::{Errors, Submission};
use crate::i18n::Locale;
use crate::page::{Failure, Page, PageResult};

const PATH: &str = "/admin/categories";

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    name_en: String,
    name_fa: String,
    slug: String,
    parent: String,
    order: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    let catalogue = open(&page).await?;
    let fields = Fields {
        order: "10".to_owned(),
        ..Fields::default()
    };
    Ok(show(&page, &catalogue, &fields, &Errors::none()))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let catalogue = open(&page).await?;
    let mut errors = Errors::none();
    if let Some(new) = read(page.t(), &form.fields, &catalogue, &mut errors) {
        let actor = page.actor();
        match page.services().create_category(&actor, new).await {
            Ok(_) => return Ok(page.see_other("/admin/categories?done=noted")),
            Err(error) => note(page.t(), error, &mut errors)?,
        }
    }
    Ok(show(&page, &catalogue, &form.fields, &errors))
}

/// The tree, for those who may change it.
pub(super) async fn open(page: &Page) -> Result<Catalogue, Failure> {
    let may = page.actor().may(Action::ManageCategories);
    may.map_err(services::Failure::from)?;
    Ok(page.services().catalogue().await?)
}

fn read(
    t: Locale,
    fields: &Fields,
    catalogue: &Catalogue,
    errors: &mut Errors,
) -> Option<NewCategory> {
    let name = names(t, &fields.name_en, &fields.name_fa, errors);
    let slug = Slug::new(fields.slug.trim());
    let slug = errors.take(
        "slug",
        slug.map_err(|InvalidSlug| t.categories_slug_wrong()),
    );
    let order = errors.take("order", place(t, &fields.order));
    let parent = catalogue.find_slug(&fields.parent);
    Some(NewCategory {
        parent: parent.map(|shelf| shelf.category.id),
        name: name?,
        slug: slug?,
        order: order?,
    })
}

/// The name in each language.
pub(super) fn names(
    t: Locale,
    en: &str,
    fa: &str,
    errors: &mut Errors,
) -> Option<Localized<Line<60>>> {
    let wrong = |_| t.categories_name_wrong();
    let en = errors.take("name_en", Line::new(en).map_err(wrong));
    let fa = errors.take("name_fa", Line::new(fa).map_err(wrong));
    Some(Localized { en: en?, fa: fa? })
}

/// A place among neighbours, in digits of any script.
pub(super) fn place(t: Locale, typed: &str) -> Result<u32, &'static str> {
    let digits: Option<String> = typed
        .trim()
        .chars()
        .map(|digit| char::from_digit(domain::money::digit_value(digit)?, 10))
        .collect();
    let number = digits.and_then(|digits| digits.parse::<u32>().ok());
    let number = number.filter(|number| *number <= 10_000);
    number.ok_or_else(|| t.categories_order_wrong())
}

/// Says why a category was not written; what is nobody's mistake ends the page.
pub(super) fn note(
    t: Locale,
    error: WriteCategoryError,
    errors: &mut Errors,
) -> Result<(), Failure> {
    match error {
        WriteCategoryError::NotFound => return Err(Failure::NotFound),
        WriteCategoryError::SlugTaken => errors.add("slug", t.categories_slug_taken()),
        WriteCategoryError::TooDeep => errors.add("parent", t.categories_too_deep()),
        WriteCategoryError::Stale => errors.add_whole(t.categories_stale()),
        WriteCategoryError::Failed(failure) => return Err(failure.into()),
    }
    Ok(())
}

fn show(page: &Page, catalogue: &Catalogue, typed: &Fields, errors: &Errors) -> Response {
    let t = page.t();
    page.html(t.categories_title()).errors(errors).render(|| {
        let rows: Vec<_> = catalogue
            .shelves()
            .iter()
            .map(|shelf| row(t, shelf))
            .collect();
        view! {
            <div class="stack loose">
                <div class="stack tight">
                    <h1>{t.categories_title()}</h1>
                    <p class="lede prose">{t.categories_lede()}</p>
                </div>
                <Table caption=t.categories_title() id="categories">
                    <thead>
                        <tr>
                            <th scope="col">{t.categories_name_en()}</th>
                            <th scope="col">{t.categories_name_fa()}</th>
                            <th scope="col">{t.categories_slug()}</th>
                            <th scope="col" class="number">{t.categories_order()}</th>
                            <th scope="col">{t.users_status()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </Table>
                {form(t, catalogue, typed)}
            </div>
        }
    })
}

fn row(t: Locale, shelf: &Shelf) -> impl IntoView + use<> {
    let Category {
        name, slug, order, ..
    } = &shelf.category;
    let href = format!("{PATH}/{slug}");
    let inset = "\u{2003}".repeat(shelf.depth);
    let (tone, icon, word) = if shelf.is_open {
        (Tone::Ok, "check", t.categories_open())
    } else {
        (Tone::Plain, "deal-closed", t.categories_closed())
    };
    view! {
        <tr>
            <th scope="row">
                {inset}<a href=href><bdi>{name.en.to_string()}</bdi></a>
            </th>
            <td><bdi>{name.fa.to_string()}</bdi></td>
            <td><code dir="ltr">{slug.to_string()}</code></td>
            <td class="number">{t.number(u64::from(*order))}</td>
            <td><Chip tone icon text=word/></td>
        </tr>
    }
}

fn form(t: Locale, catalogue: &Catalogue, typed: &Fields) -> impl IntoView + use<> {
    let language = t.into();
    let mut parents = vec![Choice::new("", t.categories_no_parent())];
    let rooms = catalogue.shelves().iter();
    let rooms = rooms.filter(|shelf| shelf.depth.saturating_add(1) < Category::DEPTH_MAX);
    parents.extend(rooms.map(|shelf| {
        let name = shelf.category.name.in_language(language);
        let inset = "\u{2003}".repeat(shelf.depth);
        Choice::new(shelf.category.slug.as_str(), format!("{inset}{name}"))
    }));
    let typed = typed.clone();
    view! {
        <section class="card stack prose" aria-labelledby="new">
            <h2 id="new">{t.categories_new()}</h2>
            <PostForm class="stack">
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
                    name="slug"
                    label=t.categories_slug()
                    hint=t.categories_slug_hint()
                    value=typed.slug
                    dir="ltr"
                    maxlength=60
                />
                <Select
                    name="parent"
                    label=t.categories_parent()
                    choices=parents
                    chosen=typed.parent
                />
                <Field
                    name="order"
                    label=t.categories_order()
                    hint=t.categories_order_hint()
                    value=typed.order
                    inputmode="numeric"
                    maxlength=8
                />
                <p><Button>{t.categories_add()}</Button></p>
            </PostForm>
        </section>
    }
}
