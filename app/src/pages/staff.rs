//! What the pages of all steps of staff in a deal share.

use axum::http::StatusCode;
use axum::response::Response;
use domain::deal::{Command, Deal, Rejection};
use domain::id::DealId;
use leptos::prelude::*;
use services::deals::ActOnDeal;

use super::deals::for_staff::{key, refusal, refusal_words};
use crate::components::{Banner, Button, DealChip, Icon, Look, Tone};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page};

/// The page of a step: whose deal, what it is called, the way back.
pub(super) struct Step<'a> {
    pub(super) page: &'a Page,
    pub(super) deal: &'a Deal,
    pub(super) title: String,
    pub(super) back: String,
    pub(super) back_label: String,
}

impl Step<'_> {
    /// The page, or why the step cannot be taken now.
    pub(super) fn show<V: IntoView + 'static>(
        &self,
        errors: &Errors,
        may: Result<(), Rejection>,
        body: impl FnOnce() -> V,
    ) -> Response {
        if let Err(rejection) = may {
            return self.not_now(errors, rejection);
        }
        self.page.html(self.full_title()).errors(errors).render(|| {
            view! {
                <div class="step stack loose">
                    {self.heading()}
                    {body()}
                </div>
            }
        })
    }

    fn not_now(&self, errors: &Errors, rejection: Rejection) -> Response {
        let t = self.page.t();
        let words = refusal(self.page, rejection);
        // Said once: the summary of a refused form has the same words.
        let is_said = errors.iter().any(|error| error.message == words);
        let (state, held) = (self.deal.state, self.deal.hold.is_some());
        let html = self.page.html(self.full_title()).errors(errors);
        html.status(StatusCode::CONFLICT).render(|| {
            let label = self.back_label.clone();
            view! {
                <div class="step stack loose">
                    {self.heading()}
                    {(!is_said).then(|| view! { <Banner tone=Tone::Care>{words}</Banner> })}
                    <p class="cluster">{t.deal_step_state_now()}<DealChip state held/></p>
                    <p><Button look=Look::Quiet href=self.back.clone()>{label}</Button></p>
                </div>
            }
        })
    }

    fn full_title(&self) -> String {
        let code = self.deal.id.short();
        self.page.t().deal_step_page_title(&self.title, code)
    }

    fn heading(&self) -> impl IntoView + use<> {
        let about = self.page.t().deal_title(self.deal.id.short());
        let (back, label) = (self.back.clone(), self.back_label.clone());
        let (title, goods) = (self.title.clone(), self.deal.terms.goods.title.clone());
        view! {
            <div class="stack tight">
                <p><a class="back" href=back><Icon name="arrow-back" directional=true/>{label}</a></p>
                <h1>{title}</h1>
                <p class="muted"><bdi>{goods}</bdi>" · "{about}</p>
            </div>
        }
    }

    /// The way out of a step that nobody has to take.
    pub(super) fn not_yet(&self) -> impl IntoView + use<> {
        let label = self.page.t().deal_step_not_yet();
        view! { <Button look=Look::Quiet href=self.back.clone()>{label}</Button> }
    }
}

/// What became of a step.
pub(super) enum Taken {
    /// It was taken.
    Done,
    /// It was refused, in words for whoever tried.
    Refused(Errors),
}

/// Takes the step that a form asks for, once however often it is sent.
pub(super) async fn take<T>(
    page: &Page,
    deal: DealId,
    form: &Submission<T>,
    step: Command,
) -> Result<Taken, Failure> {
    let command = ActOnDeal {
        deal,
        expected_version: form.version,
        key: key(form),
        step,
    };
    match page.services().act_on_deal(&page.actor(), command).await {
        Ok(_) => Ok(Taken::Done),
        Err(error) => Ok(Taken::Refused(Errors::whole(refusal_words(page, &error)?))),
    }
}
