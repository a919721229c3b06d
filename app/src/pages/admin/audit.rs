//! `/admin/audit`: what staff and the system did, in a chain that shows any later change.

use axum::response::Response;
use domain::id::UserId;
use domain::policy::Action;
use leptos::prelude::*;
use services::audit::{AuditCheck, AuditFilter, AuditLine};
use services::paging::Page as Paged;

use crate::components::{Banner, Button, Empty, Field, Look, Moment, Table, Tone};
use crate::form::Errors;
use crate::i18n::Locale;
use crate::page::{Page, PageResult};
use crate::pages::desk::{ListView, file};
use crate::when::iso;

const PATH: &str = "/admin/audit";
const FILTERS: [&str; 2] = ["actor", "subject"];

pub(crate) async fn get(page: Page) -> PageResult {
    let view = ListView::of(&page, PATH, &FILTERS);
    let (services, actor) = (page.services(), page.actor());
    let mut errors = Errors::none();
    let filter = filter(&view).unwrap_or_else(|| {
        errors.add("actor", page.t().audit_actor_wrong());
        AuditFilter::All
    });
    let found = services.list_audit(&actor, &filter, view.request()).await?;
    let check = match page.query("check") {
        Some(_) => Some(services.check_audit(&actor).await?),
        None => None,
    };
    Ok(show(&page, &view, found, check, &errors))
}

pub(crate) async fn csv(page: Page) -> PageResult {
    let t = page.t();
    let view = ListView::of(&page, PATH, &FILTERS);
    let (services, actor) = (page.services(), page.actor());
    services
        .note_export(&actor, Action::ReadAudit, "audit")
        .await?;
    let filter = filter(&view).unwrap_or_default();
    let columns = [
        t.audit_place(),
        t.audit_at(),
        t.audit_actor(),
        t.audit_action(),
        t.audit_subject(),
        t.solvency_reason(),
        t.audit_digest(),
    ];
    let list = |request| services.list_audit(&actor, &filter, request);
    file(&view, &columns, list, |line| {
        let entry = line.entry.entry;
        let by = entry.actor.map(|actor| actor.to_string());
        vec![
            line.entry.seq.to_string(),
            iso(entry.at),
            by.unwrap_or_default(),
            entry.action,
            entry.subject,
            entry.reason.unwrap_or_default(),
            line.entry.digest.to_string(),
        ]
    })
    .await
}

/// What the address asks for; none when its author is no id.
fn filter(view: &ListView) -> Option<AuditFilter> {
    let (actor, subject) = (view.value("actor"), view.value("subject"));
    if !actor.is_empty() {
        return actor.parse::<UserId>().ok().map(AuditFilter::By);
    }
    if subject.is_empty() {
        return Some(AuditFilter::All);
    }
    Some(AuditFilter::To(subject.to_owned()))
}

fn show(
    page: &Page,
    view: &ListView,
    found: Paged<AuditLine>,
    check: Option<AuditCheck>,
    errors: &Errors,
) -> Response {
    let t = page.t();
    page.html(t.audit_title()).errors(errors).render(|| {
        let views = [
            ("", t.desk_all()),
            ("?subject=payouts", t.audit_view_payouts()),
        ];
        let list = if found.items.is_empty() {
            view! { <Empty title=t.desk_none() text=t.audit_none_text()/> }.into_any()
        } else {
            table(t, view, &found.items).into_any()
        };
        let value = |name: &str| view.value(name).to_owned();
        let fields = view! {
            <Field
                name="actor"
                label=t.audit_actor()
                hint=t.audit_actor_hint()
                value=value("actor")
                dir="ltr"
                maxlength=60
            />
            <Field
                name="subject"
                label=t.audit_subject()
                hint=t.audit_subject_hint()
                value=value("subject")
                dir="ltr"
                maxlength=200
            />
        };
        view! {
            <div class="stack loose">
                <div class="stack tight">
                    <h1>{t.audit_title()}</h1>
                    <p class="lede prose">{t.audit_lede()}</p>
                </div>
                {chain(page, check)}
                {view.views(t, &views)}
                {view.form(t, fields)}
                {list}
                {view.pages(found.next)}
                {view.file_link(t)}
            </div>
        }
    })
}

/// What a walk along the chain found; a walk costs as much as there is, so it is asked for.
fn chain(page: &Page, check: Option<AuditCheck>) -> impl IntoView + use<> {
    let t = page.t();
    let Some(check) = check else {
        return view! {
            <form method="get" action=PATH>
                <input type="hidden" name="check" value="yes"/>
                <Button look=Look::Quiet>{t.audit_check()}</Button>
            </form>
        }
        .into_any();
    };
    let at = page.when.moment(check.at);
    let digest = check.digest.to_string();
    let (tone, text) = match check.broken_at {
        None => (Tone::Ok, t.audit_sound(at, check.sound)),
        Some(seq) => (Tone::Bad, t.audit_broken(t.number(seq), at)),
    };
    view! {
        <Banner tone=tone>
            {text}" "{t.audit_last_digest()}" "<code class="break" dir="ltr">{digest}</code>
        </Banner>
    }
    .into_any()
}

fn table(t: Locale, view: &ListView, found: &[AuditLine]) -> impl IntoView + use<> {
    let rows: Vec<_> = found.iter().map(|line| row(t, line)).collect();
    let head = view.sorted_head(t, t.audit_place());
    view! {
        <Table caption=t.audit_title() id="log">
            <thead>
                <tr>
                    {head}
                    <th scope="col">{t.audit_at()}</th>
                    <th scope="col">{t.audit_actor()}</th>
                    <th scope="col">{t.audit_action()}</th>
                    <th scope="col">{t.audit_subject()}</th>
                    <th scope="col">{t.solvency_reason()}</th>
                    <th scope="col">{t.audit_digest()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
}

fn row(t: Locale, line: &AuditLine) -> impl IntoView + use<> {
    let entry = line.entry.entry.clone();
    let by = match (entry.actor, line.actor.clone()) {
        (Some(id), name) => {
            let href = format!("{PATH}?actor={id}");
            view! { <a href=href><bdi>{name}</bdi></a> }.into_any()
        }
        (None, _) => view! { {t.audit_system()} }.into_any(),
    };
    let href = subject_page(&entry.subject);
    let subject = entry.subject;
    let subject = match href {
        Some(href) => view! { <a href=href dir="ltr">{subject}</a> }.into_any(),
        None => view! { <bdi dir="ltr">{subject}</bdi> }.into_any(),
    };
    let at = entry.at;
    let digest: String = line.entry.digest.to_string().chars().take(12).collect();
    view! {
        <tr>
            <th scope="row" class="number">{t.number(line.entry.seq)}</th>
            <td><Moment at bare=true/></td>
            <td>{by}</td>
            <td><code dir="ltr">{entry.action}</code></td>
            <td class="wide">{subject}</td>
            <td class="wide"><bdi>{entry.reason}</bdi></td>
            <td><code dir="ltr">{digest}</code></td>
        </tr>
    }
}

/// Where the subject of an entry can be looked at.
fn subject_page(subject: &str) -> Option<String> {
    match subject.split_once(':')? {
        ("user", id) => Some(format!("/admin/users/{id}")),
        ("deal", id) => Some(format!("/admin/deals/{id}")),
        ("category", _) => Some("/admin/categories".to_owned()),
        ("dead_letter", _) => Some("/admin/work?view=settled".to_owned()),
        _ => None,
    }
}
