//! `/dev/mail`: the letters, newest first.

use leptos::prelude::*;

use super::{SHOWN, mailbox};
use crate::components::{Button, Empty, Field, Look, Moment, Table};
use crate::page::{Page, PageResult};

pub(crate) async fn get(page: Page) -> PageResult {
    let t = page.t();
    let to = mailbox(&page);
    let letters = page.web.services.demo_mailbox(to.as_deref(), SHOWN).await?;
    Ok(page.html(t.mailbox_title()).render(|| {
        let rows: Vec<_> = letters
        .items
        .into_iter()
        .map(|letter| {
            view! {
                <tr>
                    <th scope="row">
                        <a href=format!("/dev/mail/{}", letter.id)><bdi>{letter.subject}</bdi></a>
                    </th>
                    <td><bdi dir="ltr" class="break">{letter.to}</bdi></td>
                    <td><Moment at=letter.send_after bare=true/></td>
                </tr>
            }
        })
        .collect();
        let is_empty = rows.is_empty();
        view! {
            <div class="stack">
                <h1>{t.mailbox_title()}</h1>
                <p class="lede">{t.mailbox_lede()}</p>
                <form method="get" class="stack narrow">
                    <Field
                        name="to"
                        label=t.mailbox_to()
                        value=to.unwrap_or_default()
                        kind="email"
                        dir="ltr"
                        autocomplete="off"
                    />
                    <p class="cluster">
                        <Button look=Look::Quiet>{t.mailbox_filter()}</Button>
                        <Button look=Look::Quiet href="/dev/mail">{t.mailbox_all()}</Button>
                    </p>
                </form>
                {if is_empty {
                    view! { <Empty title=t.mailbox_none() text=t.mailbox_none_text()/> }.into_any()
                } else {
                    view! {
                        <Table id="letters" caption=t.mailbox_title()>
                            <thead>
                                <tr>
                                    <th scope="col">{t.mailbox_subject()}</th>
                                    <th scope="col">{t.mailbox_to()}</th>
                                    <th scope="col">{t.mailbox_at()}</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </Table>
                    }.into_any()
                }}
            </div>
        }
    }))
}
