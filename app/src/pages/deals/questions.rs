//! What whoever judges asked, and what was answered: the same words for both sides and for staff.

use domain::deal::{Dispute, Question};
use leptos::prelude::*;

use super::words::Words;

/// The questions of a dispute, oldest first; nothing where nothing was asked.
pub(in crate::pages) fn list_of_questions(
    words: Words<'_>,
    case: &Dispute,
) -> Option<impl IntoView + use<>> {
    let items: Vec<_> = case.questions.iter().map(|one| item(words, one)).collect();
    (!items.is_empty()).then(|| view! { <ul class="plain stack">{items}</ul> })
}

fn item(words: Words<'_>, asked: &Question) -> impl IntoView + use<> {
    let t = words.t();
    let when = &words.page.when;
    let question = asked.question.clone();
    let answer = match &asked.answer {
        Some(answer) => {
            let (at, statement) = (when.moment(answer.at), answer.statement.clone());
            view! {
                <p class="muted">{t.question_answered(at)}</p>
                <p class="said" dir="auto">{statement}</p>
            }
            .into_any()
        }
        None => view! { <p class="muted">{t.question_waits()}</p> }.into_any(),
    };
    view! {
        <li class="stack tight">
            <h4>{words.role(asked.to)}" · "{t.question_asked(when.moment(asked.at))}</h4>
            <p class="said" dir="auto">{question}</p>
            {answer}
        </li>
    }
}
