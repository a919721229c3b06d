//! The letter with the address to pay to and its words: a second way to see that a page is ours.

use domain::deal::Deal;
use domain::id::MailId;
use domain::intent::Intent;

use crate::Services;
use crate::failure::Failure;
use crate::mail::letters;

impl Services {
    /// Mails the buyer the address of a deal, once for each intent. It is about their money, so
    /// it is no matter of preference.
    pub(super) async fn mail_address(
        &self,
        deal: &Deal,
        intent: &Intent,
        address: &str,
    ) -> Result<(), Failure> {
        let Some(buyer) = self.store.users().find(deal.terms.buyer).await? else {
            return Ok(());
        };
        let pay_to = letters::PayTo {
            title: &deal.terms.goods.title,
            network: deal.terms.asset.network(),
            address,
            words: &self.address_words(deal.id, address).join(" "),
            pay_url: format!("{}/deals/{}/pay", self.config.site_url, deal.id),
        };
        let letter = letters::pay_to(buyer.preferences.language, pay_to);
        let id = MailId::derived(&[b"address to pay to", intent.id.as_uuid().as_bytes()]);
        self.queue_mail(id, &buyer.email, &letter).await
    }
}
