//! Letters leave, and one that cannot waits for a person.

use domain::text::Line;
use domain::{Role, Span};
use services::jobs::{Job, JobReport};
use services::ports::MailError;
use storage::{DeadLetterSource, Limit, PageRequest};

use crate::world::World;

async fn run(world: &World) -> JobReport {
    world.run_job(Job::Mail, "a").await.unwrap().unwrap()
}

#[tokio::test]
async fn a_letter_that_the_server_never_took_waits_for_a_person_and_then_goes() {
    let world = World::new();
    let ada = world.person("ada", &[Role::Admin]).await;
    let away = MailError::Unavailable("535 bad credentials".to_owned());
    world.mailer.fail_with(Some(away));
    world.start_sign_up(&world.client(), "sara").await;
    let letters = async || {
        let page = PageRequest::first(Limit::MAX);
        let listed = world.store().dead_letters().list(true, page).await;
        listed.unwrap().items
    };
    for _ in 0..15 {
        run(&world).await;
        world.advance(Span::hours(4));
    }
    let letter = letters().await.pop().expect("it was given up");
    assert_eq!(letter.source, DeadLetterSource::Mail);
    assert!(letter.error.contains("535"), "{}", letter.error);

    world.mailer.fail_with(None);
    run(&world).await;
    let given_up = world.mailer.take().len();
    let why = Line::new("The password is right now").unwrap();
    world
        .retry_dead_letter(&ada.actor(), letter.id, why)
        .await
        .unwrap();
    run(&world).await;
    assert_eq!(world.mailer.take().len(), 1, "besides {given_up}");
}

#[tokio::test]
async fn a_mailbox_that_refuses_troubles_no_admin() {
    let world = World::new();
    let refused = MailError::Refused("550 no such mailbox".to_owned());
    world.mailer.fail_with(Some(refused));
    world.start_sign_up(&world.client(), "sara").await;
    run(&world).await;
    assert_eq!(world.status().await.unwrap().dead_letters, 0);
    assert_eq!(
        run(&world).await,
        JobReport::default(),
        "and is not tried again"
    );
}
