//! Addresses of the system before this one lead to what took their place, and never away from here.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt as _;

use super::shared_pages::site;
use super::testing::{House, get};

const ID: &str = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e";

/// Where an address leads, and whether for good.
async fn leads(site: &Router, path: &str) -> (String, bool) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let answer = site.clone().oneshot(request).await.unwrap();
    let status = answer.status();
    assert!(status.is_redirection(), "{path}: {status}");
    let to = answer.headers()[header::LOCATION].to_str().unwrap();
    (to.to_owned(), status == StatusCode::PERMANENT_REDIRECT)
}

#[tokio::test]
async fn every_old_address_leads_to_the_page_that_took_its_place() {
    let house = House::open();
    let site = site(&house);
    for (old, new) in [
        ("/dashboard/overview", "/dashboard"),
        ("/dashboard/account", "/account"),
        ("/dashboard/request", "/requests/mine"),
        ("/dashboard/request/new", "/requests/new/what"),
        ("/dashboard/payment", "/payments"),
        ("/dashboard/disputes", "/disputes"),
        ("/dashboard/user", "/admin/users"),
        ("/dashboard/seller/marketplace", "/feed"),
        ("/auth/jwt/sign-in", "/auth/sign-in"),
        ("/auth/jwt/sign-up", "/auth/sign-up"),
        ("/auth/jwt/verify", "/auth/verify"),
        ("/auth/jwt/reset", "/auth/reset"),
        ("/auth/jwt/update", "/auth/reset/code"),
    ] {
        assert_eq!(leads(&site, old).await, (new.to_owned(), true), "{old}");
        assert_ne!(get(&site, new).await, StatusCode::NOT_FOUND, "{new}");
    }
    for old in [
        "/dashboard/buyer/requests",
        "/dashboard/seller/marketplace/request",
    ] {
        let (to, for_good) = leads(&site, &format!("{old}/{ID}")).await;
        assert_eq!((to, for_good), (format!("/requests/{ID}"), true), "{old}");
    }
}

#[tokio::test]
async fn where_the_page_is_not_there_yet_the_nearest_is_shown_for_now() {
    let house = House::open();
    let site = site(&house);
    for (old, new) in [
        ("/dashboard/chat", "/deals"),
        ("/dashboard/request-template", "/requests/mine"),
        ("/dashboard/points", "/dashboard"),
        ("/dashboard/post", "/dashboard"),
        ("/dashboard/shop-settings", "/sell"),
        ("/dashboard/shops", "/requests"),
        ("/post/how-to-ship", "/how-it-works"),
        ("/shop/sara/camera", "/requests"),
        ("/r/AB23CD45", "/auth/sign-up?ref=AB23CD45"),
    ] {
        assert_eq!(leads(&site, old).await, (new.to_owned(), false), "{old}");
        assert_ne!(get(&site, new).await, StatusCode::NOT_FOUND, "{new}");
    }
}

#[tokio::test]
async fn an_old_address_never_leads_to_another_site() {
    let house = House::open();
    let site = site(&house);
    let (to, _) = leads(
        &site,
        "/auth/jwt/sign-in?returnTo=%2Fdashboard%2Fpayment%3Fa%3D1",
    )
    .await;
    assert_eq!(to, "/auth/sign-in?next=/dashboard/payment%3Fa%3D1");
    for other in [
        "https%3A%2F%2Fevil.example",
        "%2F%2Fevil.example",
        "%2F%5Cevil.example",
        "javascript%3Aalert(1)",
    ] {
        let (to, _) = leads(&site, &format!("/auth/jwt/sign-in?returnTo={other}")).await;
        assert_eq!(to, "/auth/sign-in", "{other}");
    }
    let (to, _) = leads(&site, "/dashboard/buyer/requests/%2F%2Fevil.example").await;
    assert!(to.starts_with("/requests/"), "{to}");
    let (to, _) = leads(&site, "/r/a%26next%3D%2F%2Fevil.example").await;
    assert_eq!(to, "/auth/sign-up?ref=a%26next%3D//evil.example");
    let (to, _) = leads(&site, "/dashboard/overview?next=https://evil.example").await;
    assert_eq!(to, "/dashboard");
}
