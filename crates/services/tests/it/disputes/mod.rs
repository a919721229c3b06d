//! Cases: whose they are to judge, what is seen of them, and how they are passed on.

use domain::deal::{Command, Party, Rejection};
use domain::id::{DealId, UserId};
use domain::policy::{Action, Denied};
use domain::text::Line;
use domain::{Language, Role, Span};
use services::Failure;
use services::deals::{ActOnDeal, DealError, Limit, PageRequest};
use services::disputes::{CaseDesk, ReassignCase, ReassignError};
use services::identity::SignedIn;
use services::jobs::Job;
use services::notifications::Shown;
use storage::AuditFilter;

use crate::dealt::{Dealt, People, stored, usd};
use crate::world::World;

/// A world with two sides and three who judge.
struct Court {
    world: World,
    people: People,
    resolvers: [SignedIn; 3],
}

impl Court {
    async fn open() -> Self {
        let world = World::new();
        let people = People::meet(&world).await;
        let mut resolvers = Vec::new();
        for name in ["lena", "arash", "ines"] {
            resolvers.push(world.person(name, &[Role::Resolver]).await);
        }
        Self {
            world,
            people,
            resolvers: resolvers.try_into().unwrap(),
        }
    }

    fn resolver(&self, which: usize) -> UserId {
        self.resolvers[which].user.id
    }

    /// A case over so many dollars, drawn for the first resolver.
    async fn case(&self, number: u32, dollars: u64) -> DealId {
        let mut dealt = Dealt::funded(&self.world, &self.people, number, usd(dollars));
        let resolver = self.resolver(0);
        dealt.ship().dispute();
        dealt.system(Command::DrawResolver { resolver });
        dealt.keep(&self.world).await
    }

    async fn answered(&self, number: u32, dollars: u64) -> DealId {
        let id = self.case(number, dollars).await;
        let mut dealt = Dealt::again(&self.world, stored(&self.world, id).await);
        let statement = "It is the one in the offer.".to_owned();
        dealt.seller(Command::AnswerDispute { statement });
        dealt.commit(&self.world).await;
        id
    }

    async fn titles(&self, who: &SignedIn, desk: CaseDesk) -> Result<Vec<DealId>, Failure> {
        let page = PageRequest::first(Limit::MAX);
        let found = self.world.list_cases(&who.actor(), desk, page).await?;
        Ok(found.items.iter().map(|case| case.deal.id).collect())
    }

    async fn rule(&self, who: &SignedIn, deal: DealId) -> Result<(), DealError> {
        let parts = stored(&self.world, deal).await.division(usd(50)).unwrap();
        let step = Command::Rule {
            buyer: parts.buyer,
            seller: parts.seller,
            reasoning: "Half is shown.".to_owned(),
        };
        self.act(who, deal, step).await
    }

    async fn act(&self, who: &SignedIn, deal: DealId, step: Command) -> Result<(), DealError> {
        let command = ActOnDeal {
            deal,
            expected_version: None,
            key: None,
            step,
        };
        let acted = self.world.act_on_deal(&who.actor(), command).await;
        acted.map(|_| ())
    }

    async fn reassign(&self, who: &SignedIn, deal: DealId) -> Result<(), ReassignError> {
        let command = ReassignCase {
            deal,
            expected_version: None,
            reason: Line::new("Knows the seller").unwrap(),
        };
        self.world.reassign_case(&who.actor(), command).await
    }
}

#[tokio::test]
async fn a_case_lies_on_the_desk_of_whoever_it_was_drawn_for_and_on_no_other() {
    let court = Court::open().await;
    let id = court.case(1, 100).await;
    let [lena, arash, _] = &court.resolvers;
    let to_rule = court.titles(lena, CaseDesk::ToRule).await;
    assert_eq!(to_rule.unwrap(), [id]);
    assert!(
        court
            .titles(arash, CaseDesk::ToRule)
            .await
            .unwrap()
            .is_empty()
    );
    let seen = court.world.view_case(&arash.actor(), id).await;
    assert!(matches!(seen, Err(DealError::NotFound)));
    assert!(court.world.view_case(&lena.actor(), id).await.is_ok());
}

#[tokio::test]
async fn whoever_judges_asks_and_both_hear_of_question_and_answer() {
    let court = Court::open().await;
    let id = court.case(1, 100).await;
    let [lena, arash, _] = &court.resolvers;
    let ask = || Command::AskParty {
        to: Party::Seller,
        question: "Which carrier?".to_owned(),
    };
    assert!(court.act(arash, id, ask()).await.is_err(), "not drawn");
    let heard = async |who: &SignedIn| {
        court.world.run_job(Job::Relay, "one").await.unwrap();
        let (page, actor) = (PageRequest::first(Limit::MAX), who.actor());
        let news = court
            .world
            .list_notifications(&actor, Shown::All, Language::En, page);
        let news = news.await.unwrap();
        news.items
            .into_iter()
            .map(|one| one.title)
            .collect::<Vec<_>>()
    };
    court.act(lena, id, ask()).await.unwrap();
    let asked = "A question in your dispute".to_owned();
    assert!(heard(&court.people.seller).await.contains(&asked));
    assert!(!heard(&court.people.buyer).await.contains(&asked));
    let reply = Command::AnswerQuestion {
        statement: "UPS".to_owned(),
    };
    let seller = &court.people.seller;
    court.act(seller, id, reply).await.unwrap();
    let answered = "Your question was answered".to_owned();
    assert!(heard(lena).await.contains(&answered));
    let case = court.world.view_case(&lena.actor(), id).await.unwrap();
    let question = &case.case.questions[0];
    assert_eq!(question.answer.as_ref().unwrap().statement, "UPS");
    assert!(case.may_ask().is_ok());
}

#[tokio::test]
async fn cases_come_by_time_left() {
    let court = Court::open().await;
    let older = court.case(1, 100).await;
    court.world.advance(Span::hours(5));
    let newer = court.case(2, 100).await;
    let desk = court.titles(&court.resolvers[0], CaseDesk::ToRule).await;
    assert_eq!(desk.unwrap(), [older, newer]);
}

#[tokio::test]
async fn only_whoever_may_judge_sees_a_desk_for_it() {
    let court = Court::open().await;
    court.case(1, 100).await;
    let forbidden = |found| matches!(found, Err(Failure::Denied(Denied::Forbidden)));
    let buyer = &court.people.buyer;
    for desk in [
        CaseDesk::ToRule,
        CaseDesk::ToApprove,
        CaseDesk::Judged,
        CaseDesk::Open,
    ] {
        assert!(forbidden(court.titles(buyer, desk).await), "{desk:?}");
    }
    assert_eq!(court.titles(buyer, CaseDesk::Own).await.unwrap().len(), 1);
    let resolver = &court.resolvers[0];
    assert!(forbidden(court.titles(resolver, CaseDesk::Open).await));
}

#[tokio::test]
async fn a_large_ruling_goes_to_a_second_desk_and_its_author_cannot_approve_it() {
    let court = Court::open().await;
    let id = court.answered(1, 900).await;
    let [lena, arash, _] = &court.resolvers;
    court.rule(lena, id).await.unwrap();
    let mut dealt = Dealt::again(&court.world, stored(&court.world, id).await);
    let approver = arash.user.id;
    dealt.system(Command::DrawApprover { approver });
    dealt.commit(&court.world).await;

    assert_eq!(
        court.titles(arash, CaseDesk::ToApprove).await.unwrap(),
        [id]
    );
    let own = court.world.view_case(&lena.actor(), id).await.unwrap();
    assert_eq!(own.may_approve(), Err(Rejection::NotAssigned));
    assert_eq!(own.approver.as_deref(), Some("arash"));
    let refused = court.act(lena, id, Command::ApproveRuling).await;
    assert!(matches!(
        refused,
        Err(DealError::Rejected(Rejection::NotAssigned))
    ));
    court.act(arash, id, Command::ApproveRuling).await.unwrap();
    let ruling = stored(&court.world, id).await.disputes[0].ruling.clone();
    assert_eq!(ruling.unwrap().approved_by, Some(approver));
}

#[tokio::test]
async fn an_admin_sees_a_case_without_its_files() {
    let court = Court::open().await;
    let id = court.case(1, 100).await;
    let admin = court.world.person("nadia", &[Role::Admin]).await;
    let seen = court.world.view_case(&admin.actor(), id).await.unwrap();
    assert!(seen.evidence.is_empty());
    assert!(seen.may_rule().is_err());
    let open = court.titles(&admin, CaseDesk::Open).await;
    assert_eq!(open.unwrap(), [id]);
}

#[tokio::test]
async fn a_case_is_passed_on_by_lot_and_the_reason_is_kept() {
    let court = Court::open().await;
    let id = court.case(1, 100).await;
    let admin = court.world.person("nadia", &[Role::Admin]).await;
    court.reassign(&admin, id).await.unwrap();
    let drawn = stored(&court.world, id).await.disputes[0].resolver.unwrap();
    assert_ne!(drawn, court.resolver(0));
    assert!([court.resolver(1), court.resolver(2)].contains(&drawn));
    let page = PageRequest::first(Limit::MAX);
    let log = court
        .world
        .store()
        .audit()
        .list(&AuditFilter::All, page)
        .await
        .unwrap();
    let entry = log.items.iter().map(|entry| &entry.entry);
    let entry = entry
        .into_iter()
        .find(|entry| entry.subject == format!("deal:{id}"));
    let entry = entry.unwrap();
    assert_eq!(entry.action, Action::ReassignDispute.code());
    assert_eq!(entry.actor, Some(admin.user.id));
    assert_eq!(entry.reason.as_deref(), Some("Knows the seller"));
}

#[tokio::test]
async fn nobody_passes_on_a_case_of_their_own_or_without_being_an_admin() {
    let court = Court::open().await;
    let id = court.case(1, 100).await;
    let resolver = &court.resolvers[0];
    let refused = court.reassign(resolver, id).await;
    let denied = matches!(
        refused,
        Err(ReassignError::Deal(DealError::Failed(Failure::Denied(
            Denied::Forbidden
        ))))
    );
    assert!(denied);

    let buyer = court.people.buyer.user.clone();
    let version = buyer.version;
    let now = court.world.now();
    let promoted = buyer.set_roles(buyer.roles.with(Role::Admin), now).unwrap();
    court
        .world
        .store()
        .users()
        .commit(&promoted, version)
        .await
        .unwrap();
    let again = court.world.sign_in_as(&court.world.client(), "bahar").await;
    let refused = court.reassign(&again, id).await;
    let own = Rejection::OwnDeal;
    assert!(matches!(refused, Err(ReassignError::Deal(DealError::Rejected(r))) if r == own));
}

#[tokio::test]
async fn a_case_stays_where_it_is_while_there_is_nobody_else() {
    let world = World::new();
    let people = People::meet(&world).await;
    let only = world.person("lena", &[Role::Resolver]).await;
    let admin = world.person("nadia", &[Role::Admin]).await;
    let mut dealt = Dealt::funded(&world, &people, 1, usd(100));
    let resolver = only.user.id;
    dealt
        .ship()
        .dispute()
        .system(Command::DrawResolver { resolver });
    let deal = dealt.keep(&world).await;
    let command = ReassignCase {
        deal,
        expected_version: None,
        reason: Line::new("On leave").unwrap(),
    };
    let refused = world.reassign_case(&admin.actor(), command).await;
    assert!(matches!(refused, Err(ReassignError::NobodyElse)));
    assert_eq!(
        stored(&world, deal).await.disputes[0].resolver,
        Some(resolver)
    );
}

#[tokio::test]
async fn a_case_with_a_proposed_ruling_is_not_passed_on() {
    let court = Court::open().await;
    let id = court.answered(1, 900).await;
    court.rule(&court.resolvers[0], id).await.unwrap();
    let admin = court.world.person("nadia", &[Role::Admin]).await;
    let refused = court.reassign(&admin, id).await;
    let pending = Rejection::RulingPending;
    assert!(matches!(refused, Err(ReassignError::Deal(DealError::Rejected(r))) if r == pending));
}
