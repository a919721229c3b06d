//! `/admin/users`: accounts, by name, mailbox and standing.

use axum::response::Response;
use domain::policy::Action;
use domain::{Role, SellerStatus, UserStatus};
use leptos::prelude::*;
use services::paging::Page as Paged;
use services::people::{UserFilter, UserSummary, seller_status_code, user_status_code};

use crate::components::{Chip, Choice, Empty, Field, Moment, Select, Table, Tone};
use crate::i18n::Locale;
use crate::page::{Page, PageResult};
use crate::pages::desk::{ListView, file};
use crate::when::iso;

const PATH: &str = "/admin/users";
const FILTERS: [&str; 5] = ["q", "role", "status", "seller", "proposed"];
const STATUSES: [UserStatus; 3] = [
    UserStatus::Active,
    UserStatus::Suspended,
    UserStatus::Deleted,
];
const SELLER_STATUSES: [SellerStatus; 4] = [
    SellerStatus::None,
    SellerStatus::Pending,
    SellerStatus::Approved,
    SellerStatus::Rejected,
];

pub(crate) async fn get(page: Page) -> PageResult {
    let view = ListView::of(&page, PATH, &FILTERS);
    let filter = filter(&view);
    let actor = page.actor();
    let found = page
        .services()
        .search_users(&actor, &filter, view.request())
        .await?;
    Ok(show(&page, &view, found))
}

pub(crate) async fn csv(page: Page) -> PageResult {
    let t = page.t();
    let view = ListView::of(&page, PATH, &FILTERS);
    let (filter, actor, services) = (filter(&view), page.actor(), page.services());
    services
        .note_export(&actor, Action::ExportUsers, "users")
        .await?;
    let columns = [
        t.desk_id(),
        t.users_name(),
        t.auth_email(),
        t.users_roles(),
        t.users_status(),
        t.account_selling(),
        t.users_since(),
    ];
    let list = |request| services.search_users(&actor, &filter, request);
    file(&view, &columns, list, |user| {
        vec![
            user.id.to_string(),
            user.name.clone(),
            user.email.clone(),
            roles(t, &user),
            status(t, user.status).to_owned(),
            selling(t, user.seller_status).to_owned(),
            iso(user.created_at),
        ]
    })
    .await
}

fn filter(view: &ListView) -> UserFilter {
    let (status, seller) = (view.value("status"), view.value("seller"));
    UserFilter {
        question: view.value("q").to_owned(),
        role: Role::from_code(view.value("role")),
        status: STATUSES
            .into_iter()
            .find(|one| user_status_code(*one) == status),
        seller: SELLER_STATUSES
            .into_iter()
            .find(|one| seller_status_code(*one) == seller),
        is_proposed: !view.value("proposed").is_empty(),
    }
}

fn show(page: &Page, view: &ListView, found: Paged<UserSummary>) -> Response {
    let t = page.t();
    page.html(t.users_title()).render(|| {
        let views = [
            ("", t.desk_all()),
            ("?role=support", t.users_role_support()),
            ("?role=resolver", t.users_role_resolver()),
            ("?role=admin", t.users_role_admin()),
            ("?status=suspended", t.users_suspended()),
            ("?seller=pending", t.users_view_pending()),
            ("?proposed=yes", t.users_view_proposed()),
        ];
        let list = if found.items.is_empty() {
            view! { <Empty title=t.desk_none() text=t.users_none_text()/> }.into_any()
        } else {
            table(page, view, &found.items).into_any()
        };
        view! {
            <div class="stack loose">
                <h1>{t.users_title()}</h1>
                {view.views(t, &views)}
                {view.form(t, fields(t, view))}
                {list}
                {view.pages(found.next)}
                {view.file_link(t)}
            </div>
        }
    })
}

fn fields(t: Locale, view: &ListView) -> impl IntoView + use<> {
    let any = || Choice::new("", t.desk_any());
    let roles = Role::ALL.map(|role| Choice::new(role.code(), role_word(t, role)));
    let statuses = STATUSES.map(|one| Choice::new(user_status_code(one), status(t, one)));
    let sellers = SELLER_STATUSES.map(|one| Choice::new(seller_status_code(one), selling(t, one)));
    let with_any = |choices: Vec<Choice>| {
        let mut all = vec![any()];
        all.extend(choices);
        all
    };
    let value = |name: &str| view.value(name).to_owned();
    let proposed = value("proposed");
    view! {
        <Field
            name="q"
            kind="search"
            label=t.users_search()
            hint=t.users_search_hint()
            value=value("q")
            maxlength=200
        />
        <Select name="role" label=t.users_role() choices=with_any(roles.into()) chosen=value("role")/>
        <Select
            name="status"
            label=t.users_status()
            choices=with_any(statuses.into())
            chosen=value("status")
        />
        <Select
            name="seller"
            label=t.account_selling()
            choices=with_any(sellers.into())
            chosen=value("seller")
        />
        {(!proposed.is_empty()).then(|| view! {
            <input type="hidden" name="proposed" value=proposed/>
        })}
    }
}

fn table(page: &Page, view: &ListView, found: &[UserSummary]) -> impl IntoView + use<> {
    let t = page.t();
    let rows: Vec<_> = found.iter().map(|user| row(t, user)).collect();
    let head = view.sorted_head(t, t.users_since());
    view! {
        <Table caption=t.users_title() id="users">
            <thead>
                <tr>
                    <th scope="col">{t.users_name()}</th>
                    <th scope="col">{t.auth_email()}</th>
                    <th scope="col">{t.users_roles()}</th>
                    <th scope="col">{t.users_status()}</th>
                    {head}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
}

fn row(t: Locale, user: &UserSummary) -> impl IntoView + use<> {
    let href = format!("{PATH}/{}", user.id);
    let at = user.created_at;
    let proposed = (user.has_proposed_roles || user.has_proposed_suspension).then(|| {
        view! { " "<Chip tone=Tone::Care icon="person" text=t.users_proposed()/> }
    });
    view! {
        <tr>
            <th scope="row"><a href=href><bdi>{user.name.clone()}</bdi></a></th>
            <td><bdi dir="ltr">{user.email.clone()}</bdi></td>
            <td>{roles(t, user)}</td>
            <td>{status_chip(t, user.status)}{proposed}</td>
            <td><Moment at bare=true/></td>
        </tr>
    }
}

/// How far somebody is on the way to selling, said of another.
pub(super) const fn selling(t: Locale, status: SellerStatus) -> &'static str {
    match status {
        SellerStatus::None => t.users_selling_none(),
        SellerStatus::Pending => t.users_view_pending(),
        SellerStatus::Approved => t.users_selling_approved(),
        SellerStatus::Rejected => t.users_selling_rejected(),
    }
}

/// The roles of somebody in words.
pub(super) fn roles(t: Locale, user: &UserSummary) -> String {
    let words: Vec<&str> = user.roles.iter().map(|role| role_word(t, role)).collect();
    words.join(t.users_and())
}

pub(super) const fn role_word(t: Locale, role: Role) -> &'static str {
    match role {
        Role::Buyer => t.users_role_buyer(),
        Role::Seller => t.users_role_seller(),
        Role::Support => t.users_role_support(),
        Role::Resolver => t.users_role_resolver(),
        Role::Admin => t.users_role_admin(),
    }
}

const fn status(t: Locale, status: UserStatus) -> &'static str {
    match status {
        UserStatus::Active => t.users_active(),
        UserStatus::Suspended => t.users_suspended(),
        UserStatus::Deleted => t.users_closed(),
    }
}

/// The state of an account in a word and a glyph.
pub(super) fn status_chip(t: Locale, of: UserStatus) -> impl IntoView + use<> {
    let (tone, icon) = match of {
        UserStatus::Active => (Tone::Ok, "check"),
        UserStatus::Suspended => (Tone::Bad, "alert"),
        UserStatus::Deleted => (Tone::Plain, "deal-closed"),
    };
    view! { <Chip tone icon text=status(t, of)/> }
}
