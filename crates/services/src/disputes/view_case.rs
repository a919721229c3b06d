//! A case with everything there is to judge it by.

use domain::User;
use domain::deal::{self, Command, Context, Dispute, Division, Party, Rejection};
use domain::id::{DealId, DisputeId, UserId};
use domain::policy::Action;
use domain::{Units, deal::Limits};

use crate::Services;
use crate::actor::Actor;
use crate::deals::{DealError, DealView};
use crate::files::FiledEvidence;

/// The last dispute of a deal as the caller may see it.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// The deal, what the caller is to it, and what happens if nobody acts.
    pub view: DealView,
    /// The dispute: the last one, or the one that was asked for.
    pub case: Dispute,
    /// The evidence with its files, oldest first.
    pub evidence: Vec<FiledEvidence>,
    /// Who judges, once drawn.
    pub resolver: Option<String>,
    /// Who was drawn to approve a proposed ruling.
    pub approver: Option<String>,
    /// The caller.
    pub viewer: Option<UserId>,
    /// The operator's limits for this token.
    pub limits: Limits,
}

impl Services {
    /// The last dispute of a deal: for its parties, whoever was drawn for it, and admins.
    ///
    /// # Errors
    /// [`DealError::NotFound`] for anybody else, and where there never was a dispute.
    pub async fn view_case(&self, actor: &Actor, id: DealId) -> Result<CaseView, DealError> {
        let view = self.view_deal(actor, id).await?;
        let case = view.deal.disputes.last().cloned();
        self.case_in(actor, view, case).await
    }

    /// A dispute by its own id, for the same people; also one that is not its deal's last.
    ///
    /// # Errors
    /// [`DealError::NotFound`] for anybody else.
    pub async fn view_dispute(&self, actor: &Actor, id: DisputeId) -> Result<CaseView, DealError> {
        let reading = Action::ReadOwnDeals;
        let deal = self.deal_of_dispute(actor, reading, id).await?;
        let view = self.view_deal(actor, deal).await?;
        let mut disputes = view.deal.disputes.iter();
        let case = disputes.find(|case| case.id == id).cloned();
        self.case_in(actor, view, case).await
    }

    async fn case_in(
        &self,
        actor: &Actor,
        view: DealView,
        case: Option<Dispute>,
    ) -> Result<CaseView, DealError> {
        let (id, case) = (view.deal.id, case.ok_or(DealError::NotFound)?);
        let evidence = self.list_evidence(actor, id).await?;
        let approver = case
            .proposed
            .as_ref()
            .and_then(|proposed| proposed.approver);
        let approver = approver.or_else(|| case.ruling.as_ref()?.approved_by);
        let drawn: Vec<UserId> = [case.resolver, approver].into_iter().flatten().collect();
        let people = self.store.users().find_many(&drawn).await?;
        let name = |id: Option<UserId>| {
            let id = id?;
            people
                .iter()
                .find(|user| user.id == id)
                .map(User::display_name)
        };
        Ok(CaseView {
            resolver: name(case.resolver),
            approver: name(approver),
            viewer: actor.user_id(),
            limits: self.config.money.limits_of(view.deal.terms.asset),
            evidence,
            case,
            view,
        })
    }
}

impl CaseView {
    /// How what is held would be divided with this part for the buyer; none when it is more than
    /// is held.
    pub fn division(&self, buyer: Units) -> Option<Division> {
        self.view.deal.division(buyer)
    }

    /// Whether the caller may rule now, asked of the function that decides it.
    ///
    /// # Errors
    /// The [`Rejection`] that ruling would meet.
    pub fn may_rule(&self) -> Result<(), Rejection> {
        let Division { buyer, seller, .. } = self.division(Units::ZERO).unwrap_or(Division {
            buyer: Units::ZERO,
            seller: Units::ZERO,
            fee: Units::ZERO,
        });
        let reasoning = String::new();
        self.ask(Command::Rule {
            buyer,
            seller,
            reasoning,
        })
    }

    /// Whether the caller may ask a party now.
    ///
    /// # Errors
    /// The [`Rejection`] that asking would meet, of both parties.
    pub fn may_ask(&self) -> Result<(), Rejection> {
        let ask = |to| {
            let question = String::new();
            self.ask(Command::AskParty { to, question })
        };
        ask(Party::Buyer).or_else(|_| ask(Party::Seller))
    }

    /// Whether a ruling of the caller's would wait for another resolver.
    pub fn needs_approval(&self) -> bool {
        self.view.deal.held() > self.limits.ruling_alone
    }

    /// Whether the caller may approve the proposed ruling now.
    ///
    /// # Errors
    /// The [`Rejection`] that approving would meet.
    pub fn may_approve(&self) -> Result<(), Rejection> {
        self.ask(Command::ApproveRuling)
    }

    fn ask(&self, step: Command) -> Result<(), Rejection> {
        let viewer = self.viewer.ok_or(Rejection::StaffOnly)?;
        let context = Context {
            now: self.view.now,
            expected_version: None,
            address_read_at: None,
            limits: &self.limits,
        };
        let actor = deal::Actor::Resolver(viewer);
        self.view.deal.decide(actor, step, &context).map(|_| ())
    }
}
