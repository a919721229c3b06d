//! The top of every page: name, ways through the site, language, appearance.

use domain::policy::Action;
use leptos::either::Either;
use leptos::prelude::*;

use super::{Icon, Logo, PostForm};
use crate::i18n::Locale;
use crate::page::Page;
use crate::theme::Theme;

/// The same on every page, so that help and language are always at the same place.
#[component]
pub fn Header() -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    view! {
        <header class="site-header">
            <div class="bar">
                <a class="brand" href=page.public("/")>
                    <Logo/>
                    <span>{t.common_brand()}</span>
                </a>
                <nav id="menu" popover aria-label=t.common_navigation()>
                    <Ways/>
                    <ThemeForm/>
                </nav>
                <LanguageForm/>
                <button class="button quiet menu-button" type="button" popovertarget="menu">
                    <Icon name="menu"/>
                    <span>{t.common_menu()}</span>
                    <Unread/>
                </button>
            </div>
            <StaffBar/>
        </header>
    }
}

/// Where one can go: more for those who are signed in.
#[component]
fn Ways() -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let own = match page.viewer {
        Some(_) => Either::Left(view! {
            <Way path="/dashboard" name=t.common_dashboard()/>
            <Way path="/notifications" name=t.common_notifications()><Unread/></Way>
            <Way path="/account" name=t.common_account()/>
            <li>
                <PostForm action="/auth/sign-out" class="sign-out">
                    <button class="button quiet" type="submit">{t.common_sign_out()}</button>
                </PostForm>
            </li>
        }),
        None => Either::Right(view! {
            <Way path="/auth/sign-in" name=t.common_sign_in() public=true/>
        }),
    };
    view! {
        <ul>
            <Way path="/requests" name=t.common_requests() public=true/>
            <Way path="/how-it-works" name=t.common_how_it_works() public=true/>
            {own}
        </ul>
    }
}

/// The desks of the people who run the place, each for those who may sit at it.
#[component]
fn StaffBar() -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let actor = page.actor();
    let desks = [
        (Action::ReadMoney, "/admin", t.staff_nav_overview()),
        (Action::RuleDispute, "/disputes", t.staff_nav_disputes()),
        (Action::ReassignDispute, "/disputes", t.staff_nav_disputes()),
        (
            Action::ApprovePayout,
            "/admin/payouts",
            t.staff_nav_payouts(),
        ),
        (Action::ReadMoney, "/admin/deals", t.staff_nav_deals()),
        (
            Action::SwitchPayouts,
            "/admin/solvency",
            t.staff_nav_solvency(),
        ),
        (Action::ReadUsers, "/admin/users", t.staff_nav_users()),
        (Action::ManageJobs, "/admin/work", t.staff_nav_work()),
        (
            Action::Moderate,
            "/admin/moderation",
            t.staff_nav_moderation(),
        ),
        (
            Action::DecideSeller,
            "/admin/sellers",
            t.staff_nav_sellers(),
        ),
    ];
    let mut desks: Vec<_> = desks
        .into_iter()
        .filter(|(action, ..)| actor.may(*action).is_ok())
        .collect();
    // Whoever judges and may also reassign has one desk, not two.
    desks.dedup_by_key(|(_, path, _)| *path);
    let ways: Vec<_> = desks
        .into_iter()
        .map(|(_, path, name)| view! { <Way path name/> })
        .collect();
    (!ways.is_empty()).then(|| {
        view! {
            <nav class="staff-bar" aria-label=t.staff_nav()>
                <ul>{ways}</ul>
            </nav>
        }
    })
}

/// A link of the navigation; says so when the person is already there.
#[component]
fn Way(
    path: &'static str,
    name: &'static str,
    #[prop(optional)] public: bool,
    /// What stands beside the name.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let page = Page::current();
    let here = (page.bare_path() == path).then_some("page");
    let href = if public {
        page.public(path)
    } else {
        path.to_owned()
    };
    let beside = children.map(|children| children());
    view! { <li><a href=href aria-current=here>{name}{beside}</a></li> }
}

/// How much news is unread; nothing when all of it was read.
#[component]
fn Unread() -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let unread = page.unread;
    (unread > 0).then(|| {
        view! {
            " "
            <span class="badge" aria-hidden="true">{t.number(unread)}</span>
            <span class="visually-hidden">{t.notice_unread(unread)}</span>
        }
    })
}

/// A button for each language that is not the page's.
#[component]
fn LanguageForm() -> impl IntoView {
    let page = Page::current();
    let buttons: Vec<_> = Locale::ALL
        .into_iter()
        .filter(|locale| *locale != page.locale)
        .map(|locale| {
            view! {
                <button
                    class="button quiet"
                    type="submit"
                    name="lang"
                    value=locale.code()
                    lang=locale.code()
                    dir=locale.dir()
                >
                    {locale.own_name()}
                </button>
            }
        })
        .collect();
    view! {
        <PostForm action="/preferences/language" class="language" key="language">
            <input type="hidden" name="next" value=page.here().to_owned()/>
            {buttons}
        </PostForm>
    }
}

/// Three buttons; the one in force is pressed.
#[component]
fn ThemeForm() -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let buttons: Vec<_> = Theme::ALL
        .into_iter()
        .map(|theme| {
            let (name, icon) = match theme {
                Theme::System => (t.common_theme_system(), "device"),
                Theme::Light => (t.common_theme_light(), "sun"),
                Theme::Dark => (t.common_theme_dark(), "moon"),
            };
            let pressed = if theme == page.theme { "true" } else { "false" };
            view! {
                <button type="submit" name="theme" value=theme.code() aria-pressed=pressed title=name>
                    <Icon name=icon/>
                    <span class="visually-hidden">{name}</span>
                </button>
            }
        })
        .collect();
    view! {
        <PostForm action="/preferences/theme" class="theme" key="theme">
            <fieldset>
                <legend class="visually-hidden">{t.common_theme()}</legend>
                <input type="hidden" name="next" value=page.here().to_owned()/>
                {buttons}
            </fieldset>
        </PostForm>
    }
}
