//! A whole site over TLS, and somebody with every role who is signed in to it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use app::assets::Assets;
use app::web::Web;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use domain::password::Password;
use domain::{Email, Language, Role, Roles};
use services::people::CreateAccount;
use services::{Actor, Services};
use tempfile::TempDir;
use tower::ServiceExt as _;

use super::Answered;
use crate::cli::Role as Part;
use crate::config::{Config, Environment};
use crate::http::health::Stopping;
use crate::http::testing::House;

pub(super) const PASSWORD: &str = "tall ships sail at dawn";
pub(super) const KNOWN: &str = "everybody@example.com";
const URL: &str = "https://amn.example";
const BUILT: &str = "main.css: a\napp.js: b\napp.wasm: c\nicons.svg: d\n\
    atkinson-hyperlegible-next-latin-wght-normal.woff2: e\n\
    vazirmatn-arabic-wght-normal.woff2: f\n";

/// A site, and the cookie of somebody who is signed in.
pub(super) struct Site {
    pub(super) house: House,
    router: Router,
    cookie: String,
    asked: AtomicU32,
    _folder: TempDir,
}

impl Site {
    pub(super) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("pkg")).unwrap();
        std::fs::write(folder.path().join("pkg/main.css"), "body {}").unwrap();
        std::fs::write(folder.path().join("secret.txt"), "secret").unwrap();
        let site_dir = folder.path().to_str().unwrap().to_owned();
        let variable = |name: &str| match name {
            "APP_ENV" => Some("demo".to_owned()),
            "SITE_DIR" => Some(site_dir.clone()),
            _ => None,
        };
        let config = Config::read(&Environment::new(&variable), Part::All).unwrap();
        let house = House::open();
        let web = Arc::new(Web {
            assets: Assets::parse(BUILT).unwrap(),
            demo: true,
            demo_clock: None,
            public_url: URL.to_owned(),
            help_address: "help@amn.example".to_owned(),
            forms_per_minute: 1_000_000,
            services: Arc::clone(&house.services),
        });
        open_account(&house.services).await;
        let mut site = Self {
            router: crate::http::router(&config, &web, &Stopping::default()),
            house,
            cookie: String::new(),
            asked: AtomicU32::new(0),
            _folder: folder,
        };
        site.sign_in().await;
        site
    }

    /// Opens a session for somebody with every role: forms that are sent may end the one before.
    pub(super) async fn sign_in(&mut self) {
        let form = format!(
            "key=k&email={KNOWN}&password={}",
            PASSWORD.replace(' ', "+")
        );
        let (answer, _) = self
            .send(Self::form("/auth/sign-in", &form, URL), "sign in")
            .await;
        let cookies = answer.all("set-cookie");
        let opened = cookies
            .iter()
            .find(|cookie| cookie.starts_with("__Host-session="));
        let opened = opened.expect("whoever signs in gets a session");
        opened
            .split(';')
            .next()
            .unwrap()
            .clone_into(&mut self.cookie);
    }

    pub(super) async fn get(&self, path: &str, by_everybody: bool) -> Answered {
        let request = Request::get(path).body(Body::empty()).unwrap();
        self.ask(request, path, by_everybody).await
    }

    /// A form of ours in which everything that leads somewhere leads elsewhere.
    pub(super) async fn post(&self, path: &str, nonsense: &str, by_everybody: bool) -> Answered {
        let form = format!(
            "key={nonsense}&next={nonsense}&theme=dark&language=fa&email={nonsense}&id={nonsense}\
             &password={nonsense}&code={nonsense}&title={nonsense}&address={nonsense}"
        );
        self.ask(Self::form(path, &form, URL), path, by_everybody)
            .await
    }

    pub(super) async fn post_from_elsewhere(&self, path: &str) -> Answered {
        let request = Self::form(path, "key=k&theme=dark&next=/", "https://evil.example");
        self.ask(request, path, true).await
    }

    pub(super) fn form(path: &str, form: &str, origin: &str) -> Request<Body> {
        Request::post(path)
            .header(header::ORIGIN, origin)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()))
            .unwrap()
    }

    pub(super) async fn ask(
        &self,
        mut request: Request<Body>,
        path: &str,
        by_everybody: bool,
    ) -> Answered {
        if by_everybody && !request.headers().contains_key(header::COOKIE) {
            let cookie = self.cookie.parse().unwrap();
            request.headers_mut().insert(header::COOKIE, cookie);
        }
        let asked = format!("{} {path} ({by_everybody})", request.method());
        let (mut answer, _) = self.send(request, &asked).await;
        answer.by_everybody = by_everybody;
        answer
    }

    /// Each request comes from a network of its own, so that no limit hides what is behind it.
    pub(super) async fn send(&self, mut request: Request<Body>, asked: &str) -> (Answered, String) {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        let [_, b, c, d] = number.to_be_bytes();
        let peer = SocketAddr::from(([10, b, c, d], 443));
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let answer = Answered {
            asked: asked.to_owned(),
            by_everybody: false,
            status: parts.status,
            headers: parts.headers,
        };
        (answer, String::from_utf8_lossy(&body).into_owned())
    }
}

async fn open_account(services: &Services) {
    let roles: Roles = Role::ALL.into_iter().collect();
    let create = CreateAccount {
        email: Email::new(KNOWN).unwrap(),
        password: Password::typed(PASSWORD),
        first_name: None,
        last_name: None,
        roles,
        language: Language::En,
    };
    services
        .create_account(&Actor::System, create)
        .await
        .unwrap();
}
