//! The page: everything by plain forms, safe with what others wrote.

use reqwest::StatusCode;

use crate::world::{World, config};

#[tokio::test]
async fn a_person_pays_with_a_form_and_sees_it() {
    let world = World::new(config(1, None)).await;
    let address = world.invoice("order-1").await;
    let (_, list) = world.get("/").await;
    assert!(list.contains(&format!("href=\"/pay/{address}\"")));

    let path = format!("/pay/{address}");
    let (_, page) = world.get(&path).await;
    assert!(page.contains("Pay exactly 20.00 BNB-USDT"));
    let (status, _) = world.form(&path, &[("amount", "12.5")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = world.get(&path).await;
    assert!(page.contains("Pay exactly 7.50 BNB-USDT"), "the rest");
    assert!(page.contains("PARTIAL"));
}

#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed() {
    let world = World::new(config(1, None)).await;
    let address = world.invoice("order-1").await;
    let path = format!("/pay/{address}");
    let typed = "\"><script>alert(1)</script>";
    let (status, page) = world.form(&path, &[("amount", typed)]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("role=\"alert\""));
    assert!(page.contains("&quot;&gt;&lt;script&gt;alert(1)"));
    assert!(!page.contains("<script"));
}

#[tokio::test]
async fn what_a_shop_named_its_order_is_never_markup() {
    let world = World::new(config(1, None)).await;
    let hostile = "</title><script>alert(1)</script>'\"&";
    let address = world.invoice(hostile).await;
    for path in [
        "/".to_owned(),
        format!("/pay/{address}"),
        "/?q=%3Cscript%3E".to_owned(),
        "/pay/%3Cscript%3E".to_owned(),
    ] {
        let (_, page) = world.get(&path).await;
        assert!(!page.contains("<script"), "{path}");
    }
}

#[tokio::test]
async fn a_person_decides_what_becomes_of_a_payout() {
    let world = World::new(config(1, None)).await;
    let task = world.payout("leg-1").await;
    let (_, page) = world.get("/").await;
    assert!(page.contains("Confirm payout"));
    let pay = format!("/payouts/{task}/pay");
    let (status, _) = world.form(&pay, &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = world.get("/").await;
    assert!(page.contains("leg-1 · SUCCESS"));
    let (status, _) = world.form(&pay, &[]).await;
    assert_eq!(status, StatusCode::CONFLICT, "only once");
}

#[tokio::test]
async fn a_dropped_transfer_cannot_be_confirmed_any_more() {
    let world = World::new(config(1, None)).await;
    let address = world.invoice("order-1").await;
    let path = format!("/pay/{address}");
    let fields = [("amount", "20"), ("seen", "unconfirmed")];
    world.form(&path, &fields).await;
    let state = world.state().await;
    let txid = state
        .pointer("/transfers/0/txid")
        .unwrap()
        .as_str()
        .unwrap();
    let drop = format!("/transactions/{txid}/drop");
    let (status, _) = world.form(&drop, &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let confirm = format!("/transactions/{txid}/confirm");
    let (status, page) = world.form(&confirm, &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("the transaction is past that"));
}

#[tokio::test]
async fn another_sites_form_does_nothing() {
    let world = World::new(config(1, None)).await;
    let address = world.invoice("order-1").await;
    let request = world.http.post(world.url(&format!("/pay/{address}")));
    let request = request.header("Sec-Fetch-Site", "cross-site");
    let answer = request.form(&[("amount", "20")]).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let state = world.state().await;
    assert_eq!(state.get("transfers").unwrap().as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn the_page_needs_no_script_and_allows_none() {
    let world = World::new(config(1, None)).await;
    let answer = world.http.get(world.url("/")).send().await.unwrap();
    let policy = answer.headers().get("content-security-policy").unwrap();
    assert!(policy.to_str().unwrap().starts_with("default-src 'none'"));
    assert!(!answer.text().await.unwrap().contains("<script"));
}
