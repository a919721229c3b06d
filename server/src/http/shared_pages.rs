//! What the pages that all visitors share promise: nobody sees an old one, or another's.

use std::sync::Arc;

use app::assets::Assets;
use app::web::Web;
use axum::Router;
use axum::body::{self, Body};
use axum::http::{Request, header};
use domain::category::{Category, Slug};
use domain::text::Line;
use domain::{Localized, Timestamp};
use tower::ServiceExt as _;

use super::testing::House;

const BUILT: &str = "main.css: a\napp.js: b\napp.wasm: c\nicons.svg: d\n\
    atkinson-hyperlegible-next-latin-wght-normal.woff2: e\n\
    vazirmatn-arabic-wght-normal.woff2: f\n";
/// The pages that are shared.
const SHARED: [&str; 5] = [
    "/",
    "/how-it-works",
    "/contact",
    "/verify",
    "/requests?kind=service",
];

/// A site in which nothing has been drawn yet.
pub(super) fn site(house: &House) -> Router {
    app::pages::router(Arc::new(Web {
        assets: Assets::parse(BUILT).unwrap(),
        demo: false,
        demo_clock: None,
        public_url: "https://amn.example".to_owned(),
        help_address: "help@amn.example".to_owned(),
        forms_per_minute: 60,
        services: Arc::clone(&house.services),
    }))
}

async fn read(site: &Router, path: &str, cookies: &str) -> String {
    let request = Request::get(path)
        .header(header::COOKIE, cookies)
        .body(Body::empty())
        .unwrap();
    let answer = site.clone().oneshot(request).await.unwrap();
    let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].clone();
    assert!(
        policy.to_str().unwrap().contains("script-src 'none'"),
        "{path}"
    );
    let html = body::to_bytes(answer.into_body(), usize::MAX)
        .await
        .unwrap();
    String::from_utf8(html.to_vec()).unwrap()
}

async fn add_category(house: &House, name: &str) {
    let name = Localized {
        en: Line::new(name).unwrap(),
        fa: Line::new(name).unwrap(),
    };
    let slug = Slug::new(name.en.as_str().to_lowercase()).unwrap();
    let category = Category::new(name, slug, None, 1, Timestamp::default());
    let categories = house.services.store().categories();
    categories.insert(&category).await.unwrap();
}

#[tokio::test]
async fn a_shared_page_is_the_one_that_would_be_drawn_now() {
    let house = House::open();
    let shared = site(&house);
    for name in ["Books", "Cameras"] {
        add_category(&house, name).await;
        for path in SHARED {
            for _ in 0..2 {
                let drawn_now = read(&site(&house), path, "").await;
                assert_eq!(read(&shared, path, "").await, drawn_now, "{path}");
            }
        }
        assert!(read(&shared, "/requests", "").await.contains(name));
    }
}

#[tokio::test]
async fn each_language_and_theme_has_a_page_of_its_own() {
    let house = House::open();
    let site = site(&house);
    for path in SHARED {
        for _ in 0..2 {
            assert!(read(&site, path, "lang=fa").await.contains("dir=\"rtl\""));
            assert!(read(&site, path, "lang=en").await.contains("dir=\"ltr\""));
            let dark = "data-theme=\"dark\"";
            assert!(read(&site, path, "theme=dark").await.contains(dark));
            assert!(!read(&site, path, "theme=light").await.contains(dark));
        }
    }
}

#[tokio::test]
async fn a_shared_page_has_no_form_that_counts_only_once() {
    let house = House::open();
    let (one, other) = (site(&house), site(&house));
    for path in SHARED {
        let drawn_twice = [read(&one, path, "").await, read(&other, path, "").await];
        assert_eq!(drawn_twice[0], drawn_twice[1], "{path} carries a key");
    }
}

#[tokio::test]
async fn what_somebody_had_checked_is_shown_to_nobody_else() {
    let house = House::open();
    let site = site(&house);
    let before = read(&site, "/verify", "").await;
    let body = "--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n--x\r\n\
        Content-Disposition: form-data; name=\"pasted\"\r\n\r\nan invoice\r\n--x--\r\n";
    let sent = Request::post("/verify")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    let answer = site.clone().oneshot(sent).await.unwrap();
    assert_eq!(answer.status(), 422);
    let told = body::to_bytes(answer.into_body(), usize::MAX).await;
    let told = String::from_utf8(told.unwrap().to_vec()).unwrap();
    assert!(told.contains("an invoice"), "what was pasted stays");
    assert_eq!(read(&site, "/verify", "").await, before);
}

#[tokio::test]
async fn a_status_page_does_not_outlive_the_last_sign_of_life() {
    let house = House::open();
    let site = site(&house);
    house.services.wake_up().await.unwrap();
    assert!(
        read(&site, "/status", "")
            .await
            .contains("Everything works.")
    );
    house.clock.advance(domain::Span::minutes(11));
    // Nobody wrote anything, and still it is another page.
    assert!(
        !read(&site, "/status", "")
            .await
            .contains("Everything works.")
    );
}
