//! Everything that is kept of a person, for that person.

use domain::Span;
use domain::password::Password;
use serde_json::Value;
use services::Actor;
use services::files::{ShownWith, Upload};
use services::identity::SignedIn;
use services::people::ExportDataError;

use crate::market::Market;
use crate::world::PASSWORD;

async fn export(market: &Market, who: &SignedIn) -> Result<Value, ExportDataError> {
    let client = market.client();
    market
        .export_data(&who.actor(), &client, Password::typed(PASSWORD))
        .await
}

#[tokio::test]
async fn it_holds_what_is_ones_own_and_nothing_of_others_and_no_secret() {
    let market = Market::new().await;
    let (bahar, sara) = (market.buyer("bahar").await, market.seller("sara").await);
    let request = market.request(&bahar, "A camera").await;
    market.offer(&sara, request, "123.45").await;
    let with = ShownWith::Request(request);
    let upload = Upload {
        name: "mine.pdf".into(),
        bytes: b"%PDF-1.7\n".to_vec(),
    };
    market
        .stage_attachment(&bahar.actor(), with, upload, None)
        .await
        .unwrap();
    market.relay().await;

    let of_bahar = export(&market, &bahar).await.unwrap();
    let text = of_bahar.to_string();
    assert_eq!(of_bahar["account"]["email"], "bahar@example.com");
    assert_eq!(
        of_bahar["requests"][0]["content"]["what"]["title"],
        "A camera"
    );
    assert_eq!(of_bahar["files"][0]["name"], "mine.pdf");
    assert!(text.contains("12 Garden Street"), "their own address");
    for foreign in ["sara@example.com", "Serviced last year", "Costs me 60"] {
        assert!(!text.contains(foreign), "{foreign}");
    }
    let of_sara = export(&market, &sara).await.unwrap().to_string();
    assert!(of_sara.contains("Costs me 60"), "their own notes");
    assert!(!of_sara.contains("12 Garden Street"));
    for text in [text, of_sara] {
        assert!(!text.contains("argon2"), "no password in any form");
        assert!(!text.contains("\"stop\""));
    }
}

#[tokio::test]
async fn it_is_made_once_a_day_for_the_password_alone() {
    let market = Market::new().await;
    let bahar = market.buyer("bahar").await;
    let client = market.client();
    let wrong = market
        .export_data(&bahar.actor(), &client, Password::typed("guess"))
        .await;
    assert!(matches!(wrong, Err(ExportDataError::WrongPassword)));
    export(&market, &bahar).await.unwrap();
    let again = export(&market, &bahar).await;
    assert!(matches!(again, Err(ExportDataError::Throttled(_))));
    market.advance(Span::days(1));
    export(&market, &bahar).await.unwrap();
    let visitor = market
        .export_data(&Actor::Visitor, &client, Password::typed(PASSWORD))
        .await;
    assert!(matches!(visitor, Err(ExportDataError::Failed(_))));
}
