//! The rules of requests and offers, one by one.
use super::samples::*;
use super::*;
use crate::asset::{Asset, Network, Token};
use crate::deal::{
    Command, Context, Deal, DepositKey, LegId, LegResult, Limits, Outcome, ProductKind, State,
    TermsError,
};
use crate::id::IntentId;
use crate::money::Bps;
use crate::price::Price;
use crate::text::Block;
use crate::time::Span;

fn news(seq: u64, state: State, standing: AttemptStanding) -> DealNews {
    DealNews {
        seq,
        state,
        outcome: None,
        standing,
    }
}

/// The refused command must leave the request as it was.
#[track_caller]
fn refused<T: core::fmt::Debug + PartialEq>(
    request: &mut Request,
    rejection: Rejection,
    command: impl FnOnce(&mut Request) -> Result<T, Rejection>,
) {
    let before = request.clone();
    assert_eq!(command(request), Err(rejection));
    assert_eq!(*request, before, "a refused command changed something");
}

// Writing and publishing.

#[test]
fn a_draft_is_published_when_every_part_is_there() {
    let mut request = draft();
    for (part, write) in [(Part::What, 0), (Part::Delivery, 1), (Part::Conditions, 2)] {
        refused(&mut request, Rejection::Incomplete(part), |request| {
            publish(request, false, NOON)
        });
        match write {
            0 => request.write_what(buyer(), what(), NOON).unwrap(),
            1 => request.write_delivery(buyer(), delivery(), NOON).unwrap(),
            _ => request
                .write_conditions(buyer(), conditions(), NOON)
                .unwrap(),
        }
    }
    publish(&mut request, false, NOON).unwrap();
    assert_eq!(request.status(), RequestStatus::Active);
    assert_eq!(request.details(), Some(&details()));
    refused(&mut request, Rejection::NotADraft, |request| {
        publish(request, false, NOON)
    });
}

#[test]
fn only_its_buyer_writes_publishes_edits_and_cancels() {
    let stranger = person("stranger");
    let mut request = complete_draft();
    let no = Rejection::NotTheBuyer;
    refused(&mut request, no, |request| {
        request.write_what(stranger, what(), NOON)
    });
    refused(&mut request, no, |request| {
        request.write_delivery(stranger, delivery(), NOON)
    });
    refused(&mut request, no, |request| {
        request.write_conditions(stranger, conditions(), NOON)
    });
    refused(&mut request, no, |request| {
        request.publish(stranger, &shelf(), false, NOON)
    });
    refused(&mut request, no, |request| request.cancel(stranger, NOON));
    publish(&mut request, false, NOON).unwrap();
    refused(&mut request, no, |request| {
        request.edit(
            stranger,
            Digest::of_value(&details()),
            details(),
            &shelf(),
            NOON,
        )
    });
}

#[test]
fn a_draft_written_without_an_account_goes_to_the_person_who_makes_one() {
    let guest = person("guest");
    let id = RequestId::derived(&[b"request"]);
    let mut request = Request::begin_as_guest(id, guest, NOON);
    request.write_what(guest, what(), NOON).unwrap();
    refused(&mut request, Rejection::AccountNeeded, |request| {
        request.publish(guest, &shelf(), false, NOON)
    });
    refused(&mut request, Rejection::NotTheBuyer, |request| {
        request.claim(person("other guest"), buyer(), NOON)
    });
    request.claim(guest, buyer(), NOON).unwrap();
    assert_eq!((request.buyer, request.guest_until), (buyer(), None));
    refused(&mut request, Rejection::NotADraft, |request| {
        request.claim(buyer(), guest, NOON)
    });
}

#[test]
fn figures_and_lists_have_limits() {
    let mut request = draft();
    let refuse_what = |request: &mut Request, rejection, what: What| {
        refused(request, rejection, |request| {
            request.write_what(buyer(), what, NOON)
        });
    };
    for quantity in [0, details::QUANTITY_MAX + 1] {
        refuse_what(
            &mut request,
            Rejection::Quantity,
            What { quantity, ..what() },
        );
    }
    let specification = Specification {
        key: Line::new("memory").unwrap(),
        value: Line::new("16 GB").unwrap(),
        label: None,
    };
    let specifications = vec![specification; details::SPECIFICATIONS_MAX + 1];
    let too_many = What {
        specifications,
        ..what()
    };
    refuse_what(&mut request, Rejection::TooManySpecifications, too_many);
    let tags = vec![Line::new("tag").unwrap(); details::TAGS_MAX + 1];
    refuse_what(
        &mut request,
        Rejection::TooManyTags,
        What { tags, ..what() },
    );

    let refuse = |request: &mut Request, rejection, conditions: Conditions| {
        refused(request, rejection, |request| {
            request.write_conditions(buyer(), conditions, NOON)
        });
    };
    for inspection_days in [0, 31] {
        let wrong = Conditions {
            inspection_days,
            ..conditions()
        };
        refuse(&mut request, Rejection::InspectionDays, wrong);
    }
    let mut evidence = conditions().evidence;
    evidence.push(evidence[0]);
    for evidence in [Vec::new(), evidence] {
        refuse(
            &mut request,
            Rejection::Evidence,
            Conditions {
                evidence,
                ..conditions()
            },
        );
    }
    for offers_until in [NOON.plus(Span::minutes(59)), NOON.plus(Span::days(91))] {
        let wrong = Conditions {
            offers_until,
            ..conditions()
        };
        refuse(&mut request, Rejection::OffersUntil, wrong);
    }
}

#[test]
fn goods_need_an_address_and_files_a_line() {
    let online = Delivery::Online {
        email: None,
        notes: None,
    };
    let mut request = draft();
    request.write_what(buyer(), what(), NOON).unwrap();
    refused(&mut request, Rejection::DeliveryDoesNotSuit, |request| {
        request.write_delivery(buyer(), online.clone(), NOON)
    });
    let mut request = complete_draft();
    let kind = ProductKind::DigitalProduct;
    request
        .write_what(buyer(), What { kind, ..what() }, NOON)
        .unwrap();
    refused(&mut request, Rejection::DeliveryDoesNotSuit, |request| {
        publish(request, false, NOON)
    });
    request.write_delivery(buyer(), online, NOON).unwrap();
    publish(&mut request, false, NOON).unwrap();
}

#[test]
fn a_draft_that_lay_too_long_needs_a_new_date() {
    let mut request = complete_draft();
    let later = NOON.plus(Span::days(20));
    refused(&mut request, Rejection::OffersUntil, |request| {
        publish(request, false, later)
    });
}

#[test]
fn a_reviewed_request_is_seen_only_after_staff_let_it() {
    let staff = person("staff");
    let mut request = complete_draft();
    refused(&mut request, Rejection::NotInReview, |request| {
        request.approve(staff, NOON)
    });
    publish(&mut request, true, NOON).unwrap();
    assert_eq!(request.status(), RequestStatus::Pending);
    assert_eq!(request.takes_offers(NOON), Err(Rejection::NotOpen));
    let reason = Line::new("Say which model.").unwrap();
    request.send_back(staff, reason.clone(), NOON).unwrap();
    assert_eq!(request.status(), RequestStatus::Draft);
    assert_eq!(request.review_note, Some(reason));
    publish(&mut request, true, NOON).unwrap();
    request.approve(staff, NOON).unwrap();
    assert_eq!(
        (request.status(), request.review_note.clone()),
        (RequestStatus::Active, None)
    );
}

#[test]
fn an_edit_of_what_is_no_longer_so_changes_nothing() {
    let mut request = open_request();
    let seen = Digest::of_value(&details());
    let with = |quantity| Details {
        what: What { quantity, ..what() },
        ..details()
    };
    request
        .edit(buyer(), seen, with(2), &shelf(), NOON)
        .unwrap();
    refused(&mut request, Rejection::RequestChanged, |request| {
        request.edit(buyer(), seen, with(3), &shelf(), NOON)
    });
}

#[test]
fn cancelling_ends_every_offer() {
    let mut request = open_request();
    offer_from(&mut request, "seller", "100");
    request.cancel(buyer(), NOON).unwrap();
    assert_eq!(request.status(), RequestStatus::Cancelled);
    assert_eq!(request.offers, []);
    assert_eq!(request.ended_offers[0].end, OfferEnd::Rejected);
    refused(&mut request, Rejection::NotOpen, |request| {
        request.cancel(buyer(), NOON)
    });
}

// Offering.

fn offer(request: &mut Request, who: &str, proposal: Proposal) -> Result<(), Rejection> {
    request.make_offer(
        person(who),
        offer_id(who),
        proposal,
        &standing(),
        FEES,
        NOON,
    )
}

#[test]
fn sellers_offer_on_open_requests_of_others() {
    let mut request = open_request();
    offer(&mut request, "seller", proposal("100")).unwrap();
    assert_eq!(request.status(), RequestStatus::ReceivedOffers);
    refused(&mut request, Rejection::OwnRequest, |request| {
        offer(request, "buyer", proposal("100"))
    });
    let mut unpublished = complete_draft();
    refused(&mut unpublished, Rejection::NotOpen, |request| {
        offer(request, "seller", proposal("100"))
    });
}

#[test]
fn a_seller_has_one_live_offer_on_a_request() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    refused(&mut request, Rejection::OfferExists, |request| {
        offer(request, "seller", proposal("90"))
    });
    request.withdraw_offer(seller(), id, NOON).unwrap();
    offer(&mut request, "seller", proposal("90")).unwrap();
}

#[test]
fn a_seller_comes_back_five_times_at_most() {
    let mut request = open_request();
    for _ in 0..OFFERS_OF_SELLER_MAX {
        let id = offer_from(&mut request, "seller", "100");
        request.withdraw_offer(seller(), id, NOON).unwrap();
    }
    refused(&mut request, Rejection::TooManyOffersOfSeller, |request| {
        offer(request, "seller", proposal("100"))
    });
}

#[test]
fn an_invited_request_takes_offers_of_the_invited_only() {
    let mut request = complete_draft();
    request.invite(buyer(), seller(), NOON).unwrap();
    publish(&mut request, false, NOON).unwrap();
    refused(&mut request, Rejection::NotInvited, |request| {
        offer(request, "other", proposal("100"))
    });
    offer(&mut request, "seller", proposal("100")).unwrap();
}

#[test]
fn a_new_seller_has_five_open_offers_in_all() {
    let mut request = open_request();
    let offer = |request: &mut Request, open_offers, is_new| {
        let seller_standing = SellerStanding {
            open_offers,
            is_new,
            ..standing()
        };
        let id = offer_id("seller");
        request.make_offer(seller(), id, proposal("100"), &seller_standing, FEES, NOON)
    };
    refused(&mut request, Rejection::NewSellerLimit, |request| {
        offer(request, 5, true)
    });
    offer(&mut request.clone(), 4, true).unwrap();
    offer(&mut request, 5, false).unwrap();
}

#[test]
fn a_request_holds_100_live_offers_and_300_in_all() {
    let mut request = open_request();
    let mut names = (0..).map(|number| format!("seller {number}"));
    for name in names.by_ref().take(LIVE_OFFERS_MAX) {
        offer_from(&mut request, &name, "100");
    }
    refused(&mut request, Rejection::RequestFull, |request| {
        offer(request, "late", proposal("100"))
    });
    for _ in 0..2 {
        for id in request
            .offers
            .iter()
            .map(|offer| (offer.seller, offer.id))
            .collect::<Vec<_>>()
        {
            request.withdraw_offer(id.0, id.1, NOON).unwrap();
        }
        for name in names.by_ref().take(LIVE_OFFERS_MAX) {
            offer_from(&mut request, &name, "100");
        }
    }
    let first = request.offers[0].clone();
    request
        .withdraw_offer(first.seller, first.id, NOON)
        .unwrap();
    refused(&mut request, Rejection::RequestFull, |request| {
        offer(request, "late", proposal("100"))
    });
}

#[test]
fn the_largest_request_stays_a_small_document() {
    let mut request = open_request();
    let wide = "\u{1f642}";
    for number in 0..LIVE_OFFERS_MAX {
        let proposal = Proposal {
            title: Line::new(&wide.repeat(200)).unwrap(),
            description: Block::new(&wide.repeat(1000)).unwrap(),
            notes: Some(Block::new(&wide.repeat(500)).unwrap()),
            ..proposal("100")
        };
        offer(&mut request, &number.to_string(), proposal).unwrap();
    }
    let size = serde_json::to_vec(&request).unwrap().len();
    assert!(size < 1_000_000, "{size} bytes");
}

#[test]
fn offers_are_taken_until_the_buyers_date() {
    let mut request = open_request();
    let date = conditions().offers_until;
    let offer = |request: &mut Request, now| {
        let id = offer_id("seller");
        request.make_offer(seller(), id, proposal("100"), &standing(), FEES, now)
    };
    refused(&mut request, Rejection::OffersClosed, |request| {
        offer(request, date)
    });
    offer(&mut request, Timestamp::from_unix_ms(date.unix_ms() - 1)).unwrap();
}

#[test]
fn an_offer_needs_a_confirmed_address_on_each_network() {
    let mut request = open_request();
    let no_polygon = SellerStanding {
        addresses: standing()
            .addresses
            .into_iter()
            .filter(|(network, _)| *network != Network::Polygon)
            .collect(),
        ..standing()
    };
    let refusal = Rejection::NoPayoutAddress(Network::Polygon);
    refused(&mut request, refusal, |request| {
        let id = offer_id("seller");
        request.make_offer(seller(), id, proposal("100"), &no_polygon, FEES, NOON)
    });
}

#[test]
fn an_offer_makes_a_sound_deal_on_each_network_or_is_refused() {
    let mut request = open_request();
    let with = |change: fn(&mut Proposal)| {
        let mut changed = proposal("100");
        change(&mut changed);
        changed
    };
    let too_small = Rejection::Price(Network::Bsc, TermsError::PriceTooSmall);
    let too_large = Rejection::Price(Network::Bsc, TermsError::PriceTooLarge);
    let on_ethereum = Rejection::Price(Network::Ethereum, TermsError::PriceTooSmall);
    let too_short = Rejection::Terms(TermsError::DeliveryTooShort);
    for (rejection, wrong) in [
        (too_small, proposal("4.99")),
        (too_large, proposal("1000000.01")),
        (
            on_ethereum,
            Proposal {
                networks: vec![Network::Ethereum],
                ..proposal("49.99")
            },
        ),
        (too_short, with(|proposal| proposal.delivery.amount = 3)),
        (
            Rejection::DeliveryTime,
            with(|proposal| proposal.delivery.amount = 0),
        ),
        (
            Rejection::Terms(TermsError::DeliveryTooLong),
            with(|proposal| proposal.delivery.amount = 366),
        ),
        (
            Rejection::Networks,
            with(|proposal| proposal.networks.clear()),
        ),
        (
            Rejection::Networks,
            with(|proposal| proposal.networks.push(Network::Bsc)),
        ),
        (
            Rejection::ValidUntil,
            with(|proposal| proposal.valid_until = Some(NOON.plus(Span::minutes(59)))),
        ),
        (
            Rejection::ValidUntil,
            with(|proposal| proposal.valid_until = Some(NOON.plus(Span::days(91)))),
        ),
        (
            Rejection::TokenNotOnNetwork,
            Proposal {
                price: Price::parse("100", Token::Usdc).unwrap(),
                networks: vec![Network::Tron],
                ..proposal("100")
            },
        ),
    ] {
        refused(&mut request, rejection, |request| {
            offer(request, "seller", wrong)
        });
    }
    offer(&mut request, "seller", proposal("5")).unwrap();
}

#[test]
fn delivery_takes_at_least_the_transit_and_two_days() {
    let mut request = open_request();
    let hours = |amount| Proposal {
        delivery: DeliveryTime {
            amount,
            unit: TimeUnit::Hours,
        },
        ..proposal("100")
    };
    refused(
        &mut request,
        Rejection::Terms(TermsError::DeliveryTooShort),
        |request| offer(request, "seller", hours(95)),
    );
    offer(&mut request, "seller", hours(96)).unwrap();
    let id = request.offers[0].id;
    let terms = request
        .terms_for(id, polygon(), FEES, address(polygon()))
        .unwrap();
    assert_eq!(terms.periods.ship_by, Span::hours(24));
}

#[test]
fn a_revision_raises_the_version_and_keeps_what_was_before() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let revise = |request: &mut Request, version, price| {
        request.revise_offer(
            seller(),
            id,
            version,
            proposal(price),
            &standing(),
            FEES,
            NOON,
        )
    };
    refused(&mut request, Rejection::NothingChanged, |request| {
        revise(request, 1, "100")
    });
    revise(&mut request, 1, "90").unwrap();
    refused(&mut request, Rejection::OfferChanged, |request| {
        revise(request, 1, "80")
    });
    let offer = request.offer(id).unwrap();
    assert_eq!((offer.version, offer.revisions[0].version), (2, 1));
    assert_eq!(
        offer.revisions[0].price,
        Price::parse("100", Token::Usdt).unwrap()
    );
    refused(&mut request, Rejection::NotTheSeller, |request| {
        let other = person("other");
        request.revise_offer(other, id, 2, proposal("1"), &standing(), FEES, NOON)
    });
}

#[test]
fn an_offer_can_be_revised_twenty_times() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let revise = |request: &mut Request, version: u32| {
        let price = proposal(&(100 + version).to_string());
        request.revise_offer(seller(), id, version, price, &standing(), FEES, NOON)
    };
    for version in 1..=20 {
        revise(&mut request, version).unwrap();
    }
    refused(&mut request, Rejection::TooManyRevisions, |request| {
        revise(request, 21)
    });
}

#[test]
fn a_wish_of_the_buyer_binds_nobody_until_the_seller_revises() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let wish = Counter {
        version: 1,
        price: Price::parse("80", Token::Usdt).unwrap(),
        delivery: None,
        note: None,
        at: NOON,
    };
    refused(&mut request, Rejection::NotTheBuyer, |request| {
        request.counter_offer(seller(), id, wish.clone(), NOON)
    });
    request
        .counter_offer(buyer(), id, wish.clone(), NOON)
        .unwrap();
    assert_eq!(request.status(), RequestStatus::InNegotiation);
    refused(&mut request, Rejection::NothingChanged, |request| {
        request.counter_offer(buyer(), id, wish.clone(), NOON)
    });
    let terms = request
        .terms_for(id, polygon(), FEES, address(polygon()))
        .unwrap();
    assert_eq!(terms.price, polygon().cents(10_000));
    // Standing by the offer is an answer too.
    request
        .revise_offer(seller(), id, 1, proposal("100"), &standing(), FEES, NOON)
        .unwrap();
    assert_eq!(request.status(), RequestStatus::ReceivedOffers);
    refused(&mut request, Rejection::OfferChanged, |request| {
        request.counter_offer(buyer(), id, wish, NOON)
    });
}

#[test]
fn offers_expire_when_they_said() {
    let mut request = open_request();
    let until = NOON.plus(Span::days(2));
    let short = Proposal {
        valid_until: Some(until),
        ..proposal("100")
    };
    offer(&mut request, "seller", short).unwrap();
    offer(&mut request, "patient", proposal("100")).unwrap();
    let id = offer_id("seller");
    assert_eq!(request.next_at(), Some(until));
    let before = request.clone();
    request.tick(Timestamp::from_unix_ms(until.unix_ms() - 1));
    assert_eq!(request, before);
    refused(&mut request, Rejection::OfferExpired, |request| {
        accept(request, id, until)
    });
    request.tick(until);
    assert_eq!(request.ended_offers[0].end, OfferEnd::Expired);
    assert_eq!(request.offers.len(), 1);
}

#[test]
fn the_end_of_offers_is_told_once_and_a_new_date_opens_them_again() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let date = conditions().offers_until;
    assert_eq!(request.next_at(), Some(date));
    request.tick(date);
    let closed = request.clone();
    assert!(closed.offers_closed);
    assert_eq!(closed.next_at(), None);
    request.tick(date);
    assert_eq!(request, closed);
    let offers_until = date.plus(Span::days(7));
    let conditions = Conditions {
        offers_until,
        ..conditions()
    };
    let longer = Details {
        conditions,
        ..details()
    };
    edit(&mut request, longer, date).unwrap();
    assert!(!request.offers_closed);
    assert_eq!(request.next_at(), Some(offers_until));
    accept(&mut request, id, date).unwrap();
}

#[test]
fn a_request_is_filed_where_its_category_lies() {
    let mut request = complete_draft();
    for wrong in [&shelf()[..1], &[]] {
        refused(&mut request, Rejection::NoSuchCategory, |request| {
            request.publish(buyer(), wrong, false, NOON)
        });
    }
    publish(&mut request, false, NOON).unwrap();
    assert_eq!(request.filed_in, shelf());
    refused(&mut request, Rejection::NoSuchCategory, |request| {
        let what = What {
            quantity: 2,
            ..what()
        };
        let details = Details { what, ..details() };
        request.edit(
            buyer(),
            Digest::of_value(&samples::details()),
            details,
            &[],
            NOON,
        )
    });
}

// Accepting.

#[test]
fn accepting_binds_exactly_what_was_shown() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let shown = as_shown(&request, id);
    let deal = accept(&mut request, id, NOON).unwrap();
    let attempt = request.live_attempt().unwrap();
    assert_eq!((attempt.number, attempt.deal), (1, deal));
    assert_eq!(attempt.deal, Deal::id_of(request.id, 1));
    assert_eq!(attempt.terms.hash(), shown.terms_hash);
    assert_eq!(request.offer(id).unwrap().status, LiveStatus::Accepted);
    assert_eq!(request.status(), RequestStatus::Payment);
}

#[test]
fn terms_are_those_of_request_offer_fees_and_address() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "1240");
    let terms = request
        .terms_for(id, polygon(), FEES, address(polygon()))
        .unwrap();
    assert_eq!((terms.buyer, terms.seller), (buyer(), seller()));
    assert_eq!(terms.price, polygon().cents(124_000));
    assert_eq!(terms.fee_on(terms.price), polygon().cents(1_240));
    assert_eq!(terms.seller_receives(terms.price), polygon().cents(122_750));
    assert_eq!(terms.periods.delivery, Span::days(10));
    assert_eq!(terms.periods.inspection, Span::days(3));
    assert_eq!(terms.goods.title, "Canon AE-1");
    assert_eq!(
        terms.goods.description,
        "A camera\n\nUsed is fine.\n\n—\n\nServiced last year."
    );
    assert_eq!(terms.evidence_contract, conditions().evidence);
    assert_eq!(terms.check(), Ok(()));
}

#[test]
fn a_changed_offer_request_fee_or_address_does_not_bind() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let shown = as_shown(&request, id);
    let accept_shown = |request: &mut Request, fees, network: Network| {
        let asset = Asset::new(network, Token::Usdt).unwrap();
        let accept = AcceptOffer {
            asset,
            ..shown.clone()
        };
        request
            .accept_offer(buyer(), &accept, fees, address(asset), NOON)
            .map(|attempt| attempt.deal)
    };
    let dearer = FeeSchedule {
        platform: Bps::new(200).unwrap(),
    };
    refused(&mut request, Rejection::TermsChanged, |request| {
        accept_shown(request, dearer, Network::Polygon)
    });
    refused(&mut request, Rejection::TermsChanged, |request| {
        accept_shown(request, FEES, Network::Bsc)
    });
    refused(&mut request, Rejection::AssetNotOffered, |request| {
        accept_shown(request, FEES, Network::Tron)
    });
    refused(&mut request, Rejection::NotTheBuyer, |request| {
        request
            .accept_offer(seller(), &shown, FEES, address(polygon()), NOON)
            .map(|attempt| attempt.deal)
    });

    let mut edited = request.clone();
    let what = What {
        quantity: 2,
        ..what()
    };
    edit(&mut edited, Details { what, ..details() }, NOON).unwrap();
    refused(&mut edited, Rejection::OfferOutdated, |request| {
        accept_shown(request, FEES, Network::Polygon)
    });
    let confirmed = edited.revise_offer(seller(), id, 1, proposal("100"), &standing(), FEES, NOON);
    assert_eq!(confirmed, Ok(()), "the seller may stand by the offer");
    refused(&mut edited, Rejection::OfferChanged, |request| {
        accept_shown(request, FEES, Network::Polygon)
    });
    accept(&mut edited, id, NOON).unwrap();

    request
        .revise_offer(seller(), id, 1, proposal("101"), &standing(), FEES, NOON)
        .unwrap();
    refused(&mut request, Rejection::OfferChanged, |request| {
        accept_shown(request, FEES, Network::Polygon)
    });
    request.withdraw_offer(seller(), id, NOON).unwrap();
    refused(&mut request, Rejection::NoSuchOffer, |request| {
        accept_shown(request, FEES, Network::Polygon)
    });
}

#[test]
fn an_edit_that_no_seller_priced_leaves_offers_binding() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let what = What {
        tags: vec![Line::new("analogue").unwrap()],
        ..what()
    };
    let conditions = Conditions {
        urgency: Urgency::Urgent,
        offers_until: NOON.plus(Span::days(30)),
        ..conditions()
    };
    let edited = Details {
        what,
        conditions,
        ..details()
    };
    edit(&mut request, edited.clone(), NOON).unwrap();
    assert_eq!(request.edition, 1);
    refused(&mut request, Rejection::NothingChanged, |request| {
        edit(request, edited, NOON)
    });
    accept(&mut request, id, NOON).unwrap();
}

#[test]
fn while_a_deal_waits_nothing_else_is_accepted_edited_or_cancelled() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let other = offer_from(&mut request, "other", "90");
    let shown = as_shown(&request, other);
    accept(&mut request, id, NOON).unwrap();
    let no = Rejection::DealRunning;
    refused(&mut request, no, |request| {
        request
            .accept_offer(buyer(), &shown, FEES, address(polygon()), NOON)
            .map(|attempt| attempt.deal)
    });
    refused(&mut request, no, |request| {
        let what = What {
            quantity: 2,
            ..what()
        };
        edit(request, Details { what, ..details() }, NOON)
    });
    refused(&mut request, no, |request| request.cancel(buyer(), NOON));
    refused(&mut request, no, |request| {
        offer(request, "third", proposal("80"))
    });
    refused(&mut request, Rejection::OfferAccepted, |request| {
        request.withdraw_offer(seller(), id, NOON)
    });
    refused(&mut request, Rejection::OfferAccepted, |request| {
        request.revise_offer(seller(), id, 1, proposal("1"), &standing(), FEES, NOON)
    });
    assert_eq!(request.offer(other).unwrap().status, LiveStatus::Pending);
    request
        .withdraw_offer(person("other"), other, NOON)
        .unwrap();
}

#[test]
fn the_other_offers_end_when_the_deal_is_funded() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    offer_from(&mut request, "other", "90");
    let deal = accept(&mut request, id, NOON).unwrap();
    let detected = news(2, State::Detected, AttemptStanding::Unfunded);
    request.follow_deal(deal, &detected, NOON).unwrap();
    assert_eq!(request.offers.len(), 2);
    let funded = news(3, State::Funded, AttemptStanding::Funded);
    request.follow_deal(deal, &funded, NOON).unwrap();
    assert_eq!(request.offers.len(), 1);
    assert_eq!(request.ended_offers[0].end, OfferEnd::Rejected);
    assert_eq!(request.status(), RequestStatus::Processing);
}

#[test]
fn a_deal_that_lapsed_gives_its_offer_back_and_the_next_is_another_deal() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let first = accept(&mut request, id, NOON).unwrap();
    let expired = news(5, State::Expired, AttemptStanding::Lapsed);
    request.follow_deal(first, &expired, NOON).unwrap();
    assert_eq!(request.status(), RequestStatus::ReceivedOffers);
    assert_eq!(request.offer(id).unwrap().status, LiveStatus::Pending);
    let second = accept(&mut request, id, NOON).unwrap();
    assert_ne!(first, second);
    assert_eq!(second, Deal::id_of(request.id, 2));
}

#[test]
fn after_a_paid_deal_the_request_is_finished() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let deal = accept(&mut request, id, NOON).unwrap();
    let funded = news(3, State::Funded, AttemptStanding::Funded);
    request.follow_deal(deal, &funded, NOON).unwrap();
    let refunded = DealNews {
        outcome: Some(Outcome::Refund),
        ..news(9, State::Refunded, AttemptStanding::Closed)
    };
    request.follow_deal(deal, &refunded, NOON).unwrap();
    assert_eq!(request.status(), RequestStatus::Cancelled);
    refused(&mut request, Rejection::Finished, |request| {
        offer(request, "other", proposal("90"))
    });
    refused(&mut request, Rejection::Finished, |request| {
        request.cancel(buyer(), NOON)
    });
}

#[test]
fn a_request_leads_to_twenty_deals_at_most() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    for _ in 0..ATTEMPTS_MAX {
        let deal = accept(&mut request, id, NOON).unwrap();
        let cancelled = news(2, State::Cancelled, AttemptStanding::Lapsed);
        request.follow_deal(deal, &cancelled, NOON).unwrap();
    }
    refused(&mut request, Rejection::TooManyAttempts, |request| {
        accept(request, id, NOON)
    });
}

#[test]
fn old_news_of_a_deal_changes_nothing() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let deal = accept(&mut request, id, NOON).unwrap();
    let funded = news(3, State::Funded, AttemptStanding::Funded);
    request.follow_deal(deal, &funded, NOON).unwrap();
    let before = request.clone();
    for seq in [2, 3] {
        let late = news(seq, State::Underpaid, AttemptStanding::Unfunded);
        request.follow_deal(deal, &late, NOON).unwrap();
    }
    assert_eq!(request, before);
    refused(&mut request, Rejection::NoSuchDeal, |request| {
        request.follow_deal(Deal::id_of(before.id, 7), &funded, NOON)
    });
}

#[test]
fn a_frozen_deal_is_shown_as_it_was_before() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let deal = accept(&mut request, id, NOON).unwrap();
    let statuses = [
        (State::Funded, None, RequestStatus::Processing),
        (State::InDelivery, None, RequestStatus::Delivery),
        (State::Inspection, None, RequestStatus::Delivered),
        (State::Disputed, None, RequestStatus::Delivered),
        (State::Ruled, None, RequestStatus::Delivered),
        (State::Suspended, None, RequestStatus::Delivered),
        (
            State::Settling,
            Some(Outcome::Split),
            RequestStatus::Confirming,
        ),
        (
            State::Settling,
            Some(Outcome::Release),
            RequestStatus::Completed,
        ),
        (
            State::Loss,
            Some(Outcome::Release),
            RequestStatus::Confirming,
        ),
        (
            State::Released,
            Some(Outcome::Release),
            RequestStatus::SellerPaid,
        ),
    ];
    for (seq, (state, outcome, status)) in (1..).zip(statuses) {
        let news = DealNews {
            outcome,
            ..news(seq, state, AttemptStanding::Funded)
        };
        request.follow_deal(deal, &news, NOON).unwrap();
        assert_eq!(request.status(), status, "{state:?}");
    }
}

/// A deal on which these commands were carried out, one after the other.
fn deal_after(request: &Request, commands: &[(crate::deal::Actor, Command)]) -> Deal {
    let limits = Limits {
        payout_auto: polygon().cents(1_000_000),
        payout_one_key: polygon().cents(10_000_000),
        ruling_alone: polygon().cents(1_000_000),
    };
    let context = Context {
        now: NOON,
        expected_version: None,
        address_read_at: None,
        limits: &limits,
    };
    let attempt = request.live_attempt().unwrap().clone();
    let deal = Deal::open(
        request.id,
        attempt.number,
        attempt.offer,
        attempt.terms,
        NOON,
    )
    .unwrap();
    assert_eq!(deal.id, attempt.deal);
    commands
        .iter()
        .cloned()
        .fold(deal, |deal, (actor, command)| {
            deal.decide(actor, command, &context).unwrap().deal
        })
}

#[test]
fn a_deal_says_what_it_means_for_its_request() {
    use crate::deal::Actor;
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    accept(&mut request, id, NOON).unwrap();
    let pay = |cents| {
        let deposit = Command::DepositConfirmed {
            key: DepositKey::from_gateway("POLYGON-USDT", "tx", "address"),
            intent: IntentId::derived(&[]),
            units: polygon().cents(cents),
        };
        (Actor::System, deposit)
    };
    let by_buyer = |command| (Actor::Person(buyer()), command);
    let by_seller = |command| (Actor::Person(seller()), command);
    let paid = || pay(10_000);
    for (commands, state, standing) in [
        (vec![], State::AwaitingPayment, AttemptStanding::Unfunded),
        (
            vec![pay(9_000)],
            State::Underpaid,
            AttemptStanding::Unfunded,
        ),
        (
            vec![pay(9_000), by_buyer(Command::WithdrawPayment)],
            State::Settling,
            AttemptStanding::Unfunded,
        ),
        (
            vec![by_buyer(Command::Cancel)],
            State::Cancelled,
            AttemptStanding::Lapsed,
        ),
        (vec![paid()], State::Funded, AttemptStanding::Funded),
        (
            vec![paid(), by_seller(Command::Decline)],
            State::Settling,
            AttemptStanding::Funded,
        ),
    ] {
        let deal = deal_after(&request, &commands);
        let news = DealNews::of(&deal);
        assert_eq!((news.state, news.standing), (state, standing));
        assert_eq!(news.seq, deal.last_seq());
    }
}

/// Paid out, and then the chain took the payment back.
fn lost_after(request: &Request, leg: LegId, commands: Vec<(crate::deal::Actor, Command)>) -> Deal {
    use crate::deal::Actor::System;
    let own_address = Command::SetRefundAddress {
        destination: address(polygon()),
    };
    let mut all = vec![(crate::deal::Actor::Person(buyer()), own_address)];
    all.extend(commands);
    let paid = Command::LegReported {
        leg: leg.clone(),
        sending: 1,
        result: LegResult::Paid { tx: "out".into() },
    };
    let key = DepositKey::from_gateway("POLYGON-USDT", "tx", "address");
    all.extend([
        (System, Command::ApproveLeg { leg: leg.clone() }),
        (System, Command::StartSending { leg }),
        (System, paid),
        (System, Command::DepositReversed { key }),
    ]);
    deal_after(request, &all)
}

#[test]
fn a_loss_of_a_deal_that_is_over_leaves_it_over_for_its_request() {
    use crate::deal::Actor;
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    accept(&mut request, id, NOON).unwrap();
    let key = || DepositKey::from_gateway("POLYGON-USDT", "tx", "address");
    let pay = |cents| {
        let deposit = Command::DepositConfirmed {
            key: key(),
            intent: IntentId::derived(&[]),
            units: polygon().cents(cents),
        };
        (Actor::System, deposit)
    };
    let by_buyer = |command| (Actor::Person(buyer()), command);
    let by_seller = |command| (Actor::Person(seller()), command);
    let ship = Command::Ship {
        carrier: "Post".into(),
        tracking: "7".into(),
    };
    for (leg, commands, standing) in [
        (
            LegId::late(&key(), 1),
            vec![by_buyer(Command::Cancel), pay(9_000)],
            AttemptStanding::Lapsed,
        ),
        (
            LegId::Buyer,
            vec![pay(9_000), by_buyer(Command::WithdrawPayment)],
            AttemptStanding::Lapsed,
        ),
        (
            LegId::Seller,
            vec![pay(10_000), by_seller(ship), by_buyer(Command::Accept)],
            AttemptStanding::Closed,
        ),
    ] {
        let deal = lost_after(&request, leg.clone(), commands);
        let news = DealNews::of(&deal);
        assert_eq!(
            (news.state, news.standing),
            (State::Loss, standing),
            "{leg}"
        );
    }
}

#[test]
fn no_news_takes_a_lapsed_or_closed_deal_up_again() {
    for (end, over) in [
        (State::Expired, AttemptStanding::Lapsed),
        (State::Released, AttemptStanding::Closed),
    ] {
        let mut request = open_request();
        let id = offer_from(&mut request, "seller", "100");
        let deal = accept(&mut request, id, NOON).unwrap();
        request
            .follow_deal(deal, &news(5, end, over), NOON)
            .unwrap();
        for (seq, standing) in [
            (6, AttemptStanding::Funded),
            (7, AttemptStanding::Unfunded),
            (8, AttemptStanding::Lapsed),
            (9, AttemptStanding::Closed),
        ] {
            let lost = news(seq, State::Loss, standing);
            request.follow_deal(deal, &lost, NOON).unwrap();
            let attempt = request.attempt_of(deal).unwrap();
            assert_eq!((attempt.standing, attempt.deal_state), (over, State::Loss));
        }
    }
}

#[test]
fn a_loss_of_the_first_deal_leaves_the_second_and_its_offer_alone() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    offer_from(&mut request, "other", "90");
    let first = accept(&mut request, id, NOON).unwrap();
    let expired = news(5, State::Expired, AttemptStanding::Lapsed);
    request.follow_deal(first, &expired, NOON).unwrap();
    let second = accept(&mut request, id, NOON).unwrap();
    for (seq, state) in [(8, State::Loss), (9, State::Expired)] {
        let standing = AttemptStanding::Lapsed;
        request
            .follow_deal(first, &news(seq, state, standing), NOON)
            .unwrap();
        assert_eq!(request.offers.len(), 2, "no offer was rejected");
        assert_eq!(request.offer(id).unwrap().status, LiveStatus::Accepted);
        assert_eq!(request.live_attempt().unwrap().deal, second);
    }
}

// Late money.

#[test]
fn late_money_takes_a_lapsed_deal_up_again_unless_another_runs() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let first = accept(&mut request, id, NOON).unwrap();
    let expired = news(5, State::Expired, AttemptStanding::Lapsed);
    request.follow_deal(first, &expired, NOON).unwrap();

    let mut other_runs = request.clone();
    accept(&mut other_runs, id, NOON).unwrap();
    refused(&mut other_runs, Rejection::DealRunning, |request| {
        request.reopen_deal(first, 5, NOON)
    });

    request.reopen_deal(first, 5, NOON).unwrap();
    assert_eq!(request.live_attempt().unwrap().deal, first);
    assert_eq!(request.offer(id).unwrap().status, LiveStatus::Accepted);
    let again = request.clone();
    request.reopen_deal(first, 5, NOON).unwrap();
    assert_eq!(request, again, "the same once more changes nothing");
}

#[test]
fn a_deal_is_taken_up_again_even_when_its_offer_was_withdrawn() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let deal = accept(&mut request, id, NOON).unwrap();
    let cancelled = news(5, State::Cancelled, AttemptStanding::Lapsed);
    request.follow_deal(deal, &cancelled, NOON).unwrap();
    request.withdraw_offer(seller(), id, NOON).unwrap();
    request.reopen_deal(deal, 5, NOON).unwrap();
    let funded = news(7, State::Funded, AttemptStanding::Funded);
    request.follow_deal(deal, &funded, NOON).unwrap();
    assert_eq!(request.status(), RequestStatus::Processing);
}

#[test]
fn news_of_the_lapse_that_arrives_after_the_reopening_is_too_old() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let deal = accept(&mut request, id, NOON).unwrap();
    request.reopen_deal(deal, 5, NOON).unwrap();
    let expired = news(5, State::Expired, AttemptStanding::Lapsed);
    request.follow_deal(deal, &expired, NOON).unwrap();
    assert!(request.live_attempt().is_some());
}

#[test]
fn a_deal_refunded_for_want_of_money_is_not_taken_up_again() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let deal = accept(&mut request, id, NOON).unwrap();
    let refunded = news(5, State::Refunded, AttemptStanding::Lapsed);
    request.follow_deal(deal, &refunded, NOON).unwrap();
    refused(&mut request, Rejection::NotReopenable, |request| {
        request.reopen_deal(deal, 5, NOON)
    });
    accept(&mut request, id, NOON).unwrap();
}

// Remembering.

#[test]
fn a_repeated_command_finds_its_event() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    let (key, body) = (CommandKey::new("k").unwrap(), Digest::of(b"accept"));
    assert_eq!(request.seen(buyer(), &key, body), Seen::Fresh);
    let deal = accept(&mut request, id, NOON).unwrap();
    request.remember(buyer(), key.clone(), body);
    let Seen::Repeat(seq) = request.seen(buyer(), &key, body) else {
        panic!("not remembered")
    };
    let happened = &request.event(seq).unwrap().happened;
    assert_eq!(*happened, Happened::OfferAccepted { offer: id, deal });
}

#[test]
fn events_are_numbered_without_a_gap_and_the_oldest_go_first() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    for round in 0..20 {
        let what = What {
            quantity: round + 2,
            ..what()
        };
        edit(&mut request, Details { what, ..details() }, NOON).unwrap();
    }
    for _ in 0..ATTEMPTS_MAX {
        for _ in 0..10 {
            let wish = Counter {
                version: 1,
                price: Price::parse(&(request.last_seq + 1).to_string(), Token::Usdt).unwrap(),
                delivery: None,
                note: None,
                at: NOON,
            };
            request.counter_offer(buyer(), id, wish, NOON).unwrap();
        }
    }
    let seqs: Vec<u64> = request.events.iter().map(|event| event.seq).collect();
    assert_eq!(seqs.len(), 223);
    assert!(seqs.is_sorted_by(|one, next| one + 1 == *next));
    assert_eq!(seqs.last(), Some(&request.last_seq));
}

#[test]
fn a_stored_request_comes_back() {
    let mut request = open_request();
    let id = offer_from(&mut request, "seller", "100");
    accept(&mut request, id, NOON).unwrap();
    let text = serde_json::to_string(&request).unwrap();
    assert_eq!(serde_json::from_str::<Request>(&text).unwrap(), request);
    let text = serde_json::to_string(&draft()).unwrap();
    assert_eq!(serde_json::from_str::<Request>(&text).unwrap(), draft());
}

#[test]
fn staff_hide_a_request_and_look_at_it_when_it_is_posted_again() {
    let admin = person("admin");
    let reason = || Line::new("This may not be traded here.").unwrap();
    let mut request = open_request();
    offer_from(&mut request, "seller", "100");
    request.take_down(admin, reason(), NOON).unwrap();
    assert!(!request.is_visible_to(None));
    assert!(request.offers.is_empty());
    assert_eq!(request.review_note, Some(reason()));
    let seq = request.last_seq;
    request.take_down(admin, reason(), NOON).unwrap();
    assert_eq!(request.last_seq, seq, "hidden once");
    publish(&mut request, false, NOON).unwrap();
    assert_eq!(
        request.status(),
        RequestStatus::Pending,
        "somebody looks first"
    );
    request.approve(admin, NOON).unwrap();
    assert!(request.is_visible_to(None));
}

#[test]
fn a_request_with_a_deal_is_not_hidden() {
    let mut request = open_request();
    let offer = offer_from(&mut request, "seller", "100");
    accept(&mut request, offer, NOON).unwrap();
    refused(&mut request, Rejection::DealRunning, |request| {
        request.take_down(person("admin"), Line::new("Why").unwrap(), NOON)
    });
}

#[test]
fn whom_the_buyer_blocked_hears_no_more_than_others_who_are_not_asked() {
    let request = open_request();
    let blocked = SellerStanding {
        is_blocked: true,
        ..standing()
    };
    let refused = request.may_offer(seller(), &blocked, NOON);
    assert_eq!(refused, Err(Rejection::NotInvited));
}
