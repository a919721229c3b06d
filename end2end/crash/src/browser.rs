//! A browser without scripts: it reads a page's form, fills it in, and sends it until somebody
//! answers. What was answered by a redirect is acknowledged.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use reqwest::StatusCode;
use reqwest::header::{LOCATION, ORIGIN};
use reqwest::redirect::Policy;
use scraper::{ElementRef, Html, Selector};
use url::Url;

/// Attempts to reach a server that is being killed; it comes back within a second or two.
const ATTEMPTS_MAX: u32 = 600;
const PAUSE: Duration = Duration::from_millis(50);

type Fields = Vec<(String, String)>;

/// A form that was sent and acknowledged; sent again, it must change nothing.
#[derive(Debug, Clone)]
pub struct Sent {
    pub path: String,
    pub fields: Fields,
}

/// What became of a form.
#[derive(Debug)]
pub enum Answer {
    /// Done, and where to go from here.
    Done(Sent, String),
    /// The page came back: what it says.
    Refused(String),
}

/// Somebody's browser.
#[derive(Debug, Clone)]
pub struct Browser {
    http: reqwest::Client,
    base: Url,
}

impl Browser {
    pub fn new(base: &str) -> Result<Self> {
        let http = http_client::builder()
            .cookie_store(true)
            .redirect(Policy::none())
            .timeout(Duration::from_secs(20))
            .build()?;
        let base = base.parse()?;
        Ok(Self { http, base })
    }

    /// The text of a page, where its redirects end.
    pub async fn read(&self, path: &str) -> Result<String> {
        Ok(self.open(path).await?.1)
    }

    /// Where a page's redirects end, and its text.
    async fn open(&self, path: &str) -> Result<(String, String)> {
        let mut path = path.to_owned();
        for _ in 0..ATTEMPTS_MAX {
            let asked = self.http.get(self.base.join(&path)?).send().await;
            let Ok(answer) = asked else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let status = answer.status();
            if status.is_redirection() {
                path = redirect_of(&answer)?;
            } else if status.is_server_error() {
                tokio::time::sleep(PAUSE).await;
            } else if !(status.is_success() || status == StatusCode::CONFLICT) {
                // A step whose time has not come is a page like any other, and answers 409.
                bail!("{path} answers {status}");
            } else if let Ok(text) = answer.text().await {
                return Ok((path, text));
            }
        }
        bail!("{path} cannot be read: nobody answers");
    }

    /// Opens a page, fills in the form that has these fields, and sends it.
    pub async fn fill(&self, path: &str, typed: &[(&str, &str)]) -> Result<Answer> {
        let (path, page) = self.open(path).await?;
        let Some((action, fields)) = form_of(&page, typed) else {
            return Ok(Answer::Refused(words_of(&page)));
        };
        let path = action.unwrap_or(path);
        self.send(Sent { path, fields }).await
    }

    /// Sends a form, again and again until there is an answer.
    pub async fn send(&self, form: Sent) -> Result<Answer> {
        let url = self.base.join(&form.path)?;
        let origin = self.base.origin().ascii_serialization();
        for _ in 0..ATTEMPTS_MAX {
            let body = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&form.fields)
                .finish();
            let asked = self
                .http
                .post(url.clone())
                .header(ORIGIN, &origin)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body)
                .send()
                .await;
            let Ok(answer) = asked else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let status = answer.status();
            if status.is_redirection() {
                return Ok(Answer::Done(form, redirect_of(&answer)?));
            }
            let Ok(page) = answer.text().await else {
                continue;
            };
            if status.is_server_error() {
                tokio::time::sleep(PAUSE).await;
                continue;
            }
            return Ok(Answer::Refused(format!("{status}: {}", words_of(&page))));
        }
        bail!("{} cannot be sent: nobody answers", form.path);
    }
}

fn redirect_of(answer: &reqwest::Response) -> Result<String> {
    let to = answer.headers().get(LOCATION);
    Ok(to
        .context("a redirect that leads nowhere")?
        .to_str()?
        .to_owned())
}

/// The first form of the page's main part with all these fields, filled in as typed.
fn form_of(page: &str, typed: &[(&str, &str)]) -> Option<(Option<String>, Fields)> {
    let page = Html::parse_document(page);
    let forms = select("main form[method=post]");
    page.select(&forms).find_map(|form| {
        let has = |name: &str| {
            let named = format!("[name=\"{name}\"]");
            Selector::parse(&named).is_ok_and(|named| form.select(&named).next().is_some())
        };
        if !typed.iter().all(|(name, _)| has(name)) {
            return None;
        }
        let is_typed = |name: &str| typed.iter().any(|(known, _)| *known == name);
        let mut fields = preset(form);
        fields.retain(|(name, _)| !is_typed(name));
        let typed = typed.iter().filter(|(_, value)| !value.is_empty());
        fields.extend(typed.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        Some((form.attr("action").map(str::to_owned), fields))
    })
}

/// What a form would send untouched.
fn preset(form: ElementRef<'_>) -> Fields {
    let mut fields = Fields::new();
    for field in form.select(&select("input[name], textarea[name], select[name]")) {
        let Some(name) = field.attr("name") else {
            continue;
        };
        let value = match field.value().name() {
            "textarea" => Some(field.text().collect()),
            "select" => chosen(field),
            _ => match field.attr("type") {
                Some("radio" | "checkbox") if field.attr("checked").is_none() => None,
                _ => Some(field.attr("value").unwrap_or_default().to_owned()),
            },
        };
        fields.extend(value.map(|value| (name.to_owned(), value)));
    }
    fields
}

/// What is selected, or the first thing that somebody could choose.
fn chosen(field: ElementRef<'_>) -> Option<String> {
    let options = select("option");
    let value = |option: ElementRef<'_>| option.attr("value").map(str::to_owned);
    let selected = field
        .select(&options)
        .find(|option| option.attr("selected").is_some())
        .and_then(value)
        .filter(|value| !value.is_empty());
    let mut all = field.select(&options).filter_map(value);
    selected.or_else(|| all.find(|value| !value.is_empty()))
}

/// What a page says, in one line, for whoever reads why a trade stopped.
fn words_of(page: &str) -> String {
    let page = Html::parse_document(page);
    let said: Vec<&str> = page
        .select(&select("main"))
        .flat_map(|main| main.text())
        .collect();
    let said = said.join(" ");
    let words: Vec<&str> = said.split_whitespace().take(60).collect();
    words.join(" ")
}

/// The first element that a selector finds: its text, or one of its attributes.
pub fn find(page: &str, selector: &str, attribute: Option<&str>) -> Option<String> {
    let page = Html::parse_document(page);
    let found = page.select(&select(selector)).next()?;
    match attribute {
        Some(name) => found.attr(name).map(str::to_owned),
        None => Some(found.text().collect::<String>().trim().to_owned()),
    }
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).expect("the selectors written here are selectors")
}
