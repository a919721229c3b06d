//! `/dev/components`: every component once, to be looked at in both languages and themes.

mod form;
mod samples;

use axum::response::Response;
use leptos::prelude::*;

use self::form::ExampleForm;
pub(crate) use self::form::Fields;
use self::samples::{Domain, Feedback, Lists};
use crate::form::{Errors, Submission};
use crate::page::Page;

pub(crate) async fn get(page: Page) -> Response {
    show(&page, Fields::default(), &Errors::none())
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> Response {
    let errors = form.fields.errors(page.t());
    if errors.is_empty() {
        return page.see_other("/dev/components?done=saved");
    }
    show(&page, form.fields, &errors)
}

fn show(page: &Page, fields: Fields, errors: &Errors) -> Response {
    let t = page.t();
    let title = fields.title(t);
    page.html(title).errors(errors).render(|| {
        view! {
            <div class="stack loose">
                <h1>{t.dev_components()}</h1>
                <div class="sidebar">
                    <div class="stack loose">
                        <Feedback/>
                        <ExampleForm fields/>
                    </div>
                    <div class="stack loose"><Domain/></div>
                </div>
                <Lists/>
            </div>
        }
    })
}
