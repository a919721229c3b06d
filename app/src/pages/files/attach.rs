//! Pictures and documents that are shown with a request or an offer: adding and taking away.
//!
//! Every file is kept and shown as soon as it arrives: what is wrong with another one loses nothing.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::digest::Digest;
use domain::id::{CommandKey, FileId};
use domain::request::Rejection;
use leptos::prelude::*;
use services::files::{AttachError, AttachedFile, BYTES_MAX, ShownWith, TakeInError, Upload};
use services::requests::ChangeRequestError;

use super::words::{largest, not_taken, size};
use crate::components::{Banner, Button, FileField, Look, PostForm, Tone};
use crate::form::{Brought, Errors, MultipartForm, Part};
use crate::islands::Uploading;
use crate::page::{Failure, Page};
use crate::pages::requests::refusals;

/// What a file chooser offers; what a file is decides its content, once it is here.
const ACCEPT: &str = "image/jpeg,image/png,image/webp,application/pdf";

/// The field by which a file is taken away.
const REMOVE: &str = "remove";

/// What became of a form.
pub(in crate::pages) enum Outcome {
    /// All of it was done.
    Done,
    /// Something was not, and why.
    Wrong(Errors),
    /// No form of ours sends this.
    Refused(Response),
}

/// Reads a form to its end: shows the files that it brings, or takes one away.
pub(in crate::pages) async fn take(
    page: &Page,
    shown_with: ShownWith,
    mut form: MultipartForm,
) -> Result<Outcome, Failure> {
    let mut errors = Errors::none();
    let mut kept = Vec::new();
    let mut removed = None;
    loop {
        match form.next(BYTES_MAX).await {
            Ok(Some(Part::Text { name, value })) if name == REMOVE => match value.parse() {
                Ok(id) => removed = Some(id),
                Err(_) => return Ok(Outcome::Refused(StatusCode::BAD_REQUEST.into_response())),
            },
            Ok(Some(Part::Text { .. })) => {}
            Ok(Some(Part::File { name, brought })) => {
                let bytes = match brought {
                    // A field in which nothing was chosen.
                    Brought::Whole(bytes) if bytes.is_empty() && name.is_empty() => continue,
                    Brought::Whole(bytes) => bytes,
                    Brought::TooLarge => {
                        errors.add("files", not_taken(page, &name, &TakeInError::TooLarge)?);
                        continue;
                    }
                };
                let upload = Upload { name, bytes };
                kept.extend(keep(page, shown_with, &form.key, upload, &mut errors).await?);
            }
            Ok(None) => break,
            Err(refused) => return Ok(Outcome::Refused(refused)),
        }
    }
    if let Some(file) = removed {
        let (services, actor) = (page.services(), page.actor());
        let detached = services.detach_file(&actor, shown_with, file).await;
        refuse(page, "", detached.err(), &mut errors)?;
    } else {
        show_kept(page, shown_with, &kept, &mut errors).await?;
    }
    Ok(if errors.is_empty() {
        Outcome::Done
    } else {
        Outcome::Wrong(errors)
    })
}

/// Keeps one file, or notes why not.
async fn keep(
    page: &Page,
    shown_with: ShownWith,
    key: &str,
    upload: Upload,
    errors: &mut Errors,
) -> Result<Option<FileId>, Failure> {
    // The same bytes of the same form are one file, however often it is sent. A key too long to be
    // lengthened costs no more than that.
    let key = CommandKey::new(format!("{key}:{}", Digest::of(&upload.bytes))).ok();
    let name = upload.name.clone();
    let staged = page
        .services()
        .stage_attachment(&page.actor(), shown_with, upload, key.as_ref())
        .await;
    match staged {
        Ok(staged) => Ok(Some(staged.id)),
        Err(error) => {
            refuse(page, &name, Some(error), errors)?;
            Ok(None)
        }
    }
}

/// Shows what was kept; more than fits is left out, one by one.
async fn show_kept(
    page: &Page,
    shown_with: ShownWith,
    kept: &[FileId],
    errors: &mut Errors,
) -> Result<(), Failure> {
    if kept.is_empty() {
        if errors.is_empty() {
            errors.add("files", page.t().evidence_none_chosen());
        }
        return Ok(());
    }
    let (services, actor) = (page.services(), page.actor());
    let (_, room) = match services.list_attachments(&actor, shown_with).await {
        Ok(listed) => listed,
        Err(error) => return refuse(page, "", Some(error), errors),
    };
    let fitting = kept.get(..room.min(kept.len())).unwrap_or_default();
    if fitting.len() < kept.len() {
        errors.add("files", page.t().attach_left_out());
    }
    let attached = services.attach_files(&actor, shown_with, fitting).await;
    refuse(page, "", attached.err(), errors)
}

/// Notes why a file was not taken; hands on what is no refusal.
fn refuse(
    page: &Page,
    name: &str,
    error: Option<AttachError>,
    errors: &mut Errors,
) -> Result<(), Failure> {
    let t = page.t();
    let words = match error {
        None => return Ok(()),
        Some(AttachError::File(TakeInError::WrongType)) => t.attach_wrong_type(name),
        Some(AttachError::File(error)) => not_taken(page, name, &error)?,
        Some(AttachError::NoSuchFile) => t.evidence_gone().to_owned(),
        Some(AttachError::Change(ChangeRequestError::Rejected(Rejection::TooManyAttachments))) => {
            t.attach_full().to_owned()
        }
        Some(AttachError::Change(error)) => return refusals::refuse(t, errors, error),
    };
    // Said once, however many files came.
    if errors.iter().all(|known| known.message != words) {
        errors.add("files", words);
    }
    Ok(())
}

/// What a page of files shows beside its own words.
#[derive(Debug, Clone)]
pub(in crate::pages) struct Shown {
    /// The files that are shown now.
    pub(in crate::pages) files: Vec<AttachedFile>,
    /// How many more fit; or why there is nothing to change any more.
    pub(in crate::pages) room: Result<usize, String>,
}

impl Shown {
    /// What is there now. What may not be changed any more says so.
    pub(in crate::pages) async fn read(page: &Page, with: ShownWith) -> Result<Self, Failure> {
        match page.services().list_attachments(&page.actor(), with).await {
            Ok((files, room)) => Ok(Self {
                files,
                room: Ok(room),
            }),
            Err(AttachError::Change(ChangeRequestError::Rejected(rejection))) => Ok(Self {
                files: Vec::new(),
                room: Err(refusals::message(page.t(), rejection.code())),
            }),
            Err(AttachError::Change(error)) => Err(error.into()),
            Err(error) => Err(Failure::internal(&error)),
        }
    }
}

/// The files with a way to take each away, and the form for more.
#[component]
pub(in crate::pages) fn FilesForm(shown: Shown) -> impl IntoView {
    let t = Page::current().t();
    let room = match shown.room {
        Ok(room) => room,
        Err(text) => return view! { <Banner tone=Tone::Care>{text}</Banner> }.into_any(),
    };
    let number = |count: usize| t.number(u64::try_from(count).unwrap_or(u64::MAX));
    let hint = t.attach_limits(largest(t), number(room));
    let look = if shown.files.is_empty() {
        Look::Primary
    } else {
        Look::Quiet
    };
    view! {
        <ShownFiles files=shown.files may_remove=true/>
        {(room == 0).then(|| view! { <Banner>{t.attach_full()}</Banner> })}
        {(room > 0).then(|| view! {
            <PostForm multipart=true class="stack">
                <FileField name="files" label=t.attach_label() hint accept=ACCEPT multiple=true/>
                <p><Button look>{t.attach_button()}</Button></p>
                <Uploading label=t.evidence_uploading()/>
            </PostForm>
        })}
    }
    .into_any()
}

/// Files that are shown with something: pictures to look at, documents to save.
#[component]
pub(in crate::pages) fn ShownFiles(
    files: Vec<AttachedFile>,
    #[prop(optional)] may_remove: bool,
) -> impl IntoView {
    let items: Vec<_> = files
        .into_iter()
        .map(|file| view! { <ShownFile file may_remove/> })
        .collect();
    (!items.is_empty()).then(|| view! { <ul class="shown-files">{items}</ul> })
}

#[component]
fn ShownFile(file: AttachedFile, may_remove: bool) -> impl IntoView {
    let t = Page::current().t();
    let href = format!("/files/{}", file.id);
    let (name, size) = (file.name, size(t, file.size));
    let remove = may_remove.then(|| {
        let name = name.clone();
        view! {
            <PostForm multipart=true>
                <input type="hidden" name=REMOVE value=file.id.to_string()/>
                <Button look=Look::Quiet>
                    {t.attach_remove()}<span class="visually-hidden">" "{name}</span>
                </Button>
            </PostForm>
        }
    });
    let shown = if file.is_picture {
        let src = format!("{href}/preview");
        let alt = t.attach_picture(&name);
        view! { <a href=href><img src=src alt=alt width="240" height="240" loading="lazy" decoding="async"/></a> }
            .into_any()
    } else {
        view! {
            <p>
                <a href=href download><bdi class="break">{name}</bdi></a>
                " "<span class="muted small-text">{size}</span>
            </p>
        }
        .into_any()
    };
    view! { <li>{shown}{remove}</li> }
}
