// A form that was refused before anything was done comes back with what was typed.
import type { Page } from "@playwright/test";
import { choose, expect, signIn, startServer, test } from "../fixtures/app.ts";
import { lookOnceMore } from "../fixtures/look.ts";
import { PASSWORD, signUp } from "../fixtures/mail.ts";
import { next } from "../fixtures/market.ts";

const BIO = "سلام \"friends\" </textarea><b>&amp;\n\nSecond part.";

/** Types into the profile of whoever is signed in. */
async function typeProfile(page: Page, website = "https://kept.example"): Promise<void> {
  await page.goto("/account/profile");
  await page.locator("[name=website]").fill(website);
  await page.locator("[name=bio]").fill(BIO);
  await page.locator("[name=phone]").fill("+355 69 123 4567");
  await page.locator("label[for=public]").click();
}

async function expectTyped(page: Page, website: string, isPublic: boolean): Promise<void> {
  await expect(page).toHaveURL(/\/account\/profile$/);
  await expect(page.locator("main")).toContainText("This is what you typed before.");
  await expect(page.locator("[name=website]")).toHaveValue(website);
  await expect(page.locator("[name=bio]")).toHaveValue(BIO);
  await expect(page.locator("[name=phone]")).toHaveValue("+355 69 123 4567");
  await expect(page.locator("#public")).toBeChecked({ checked: isPublic });
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("a form that comes after the session has ended is shown again after signing in", async ({ page, context, app }) => {
      const { email, password } = await signIn(page, app, "buyer");
      // Of its own: the other way of this test may have been here, as the same person.
      const website = `https://kept-${javaScriptEnabled}.example`;
      await typeProfile(page, website);
      const isPublic = await page.locator("#public").isChecked();
      await context.clearCookies({ name: "session" });
      const refused = page.waitForResponse((answer) => answer.request().method() === "POST");
      await next(page).click();
      expect((await refused).status()).toBe(401);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
      await expect(page.locator("main")).toContainText("what you typed is kept");
      if (javaScriptEnabled) await lookOnceMore(page, "en", "kept-sign-in");

      // A wrong password loses nothing either.
      await page.locator("[name=email]").fill(email);
      await page.locator("[name=password]").fill("not the password");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.locator("#errors")).toBeVisible();
      await page.locator("[name=password]").fill(password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are signed in");
      await expect(page.locator("header")).toContainText("Account");
      if (javaScriptEnabled) await lookOnceMore(page, "en", "kept-signed-in");

      await next(page).click();
      await expectTyped(page, website, isPublic);
      if (javaScriptEnabled) await lookOnceMore(page, "en", "kept-form");
      // Nothing was sent by itself: another look at the page knows nothing of it.
      const other = await context.newPage();
      await other.goto("/account/profile");
      await expect(other.locator("[name=website]")).not.toHaveValue(website);

      await next(page).click();
      await expect(page).toHaveURL(/done=saved/);
      await other.reload();
      await expect(other.locator("[name=website]")).toHaveValue(website);
    });

    test("what was typed comes back, what was consented to does not", async ({ page, context }) => {
      const email = await signUp(page);
      await page.goto("/account/close");
      await page.locator("label[for=sure]").click();
      await context.clearCookies({ name: "session" });
      const refused = page.waitForResponse((answer) => answer.request().method() === "POST");
      await page.locator("main form button[type=submit]").first().click();
      expect((await refused).headers()["cache-control"]).toBe("no-store");
      await page.locator("[name=email]").fill(email);
      await page.locator("[name=password]").fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in" }).click();
      await next(page).click();
      await expect(page).toHaveURL(/\/account\/close$/);
      await expect(page.locator("#sure")).not.toBeChecked();
    });

    test("whoever signs in instead looks at the form first, and it is theirs alone to send", async ({ page, context, app }) => {
      await signIn(page, app, "seller");
      await page.goto("/account/profile");
      await page.locator("[name=bio]").fill("Words of the one who has left.");
      await context.clearCookies({ name: "session" });
      await next(page).click();
      const buyer = app.accounts.filter((account) => account.role === "buyer")[1]!;
      await page.locator("[name=email]").fill(buyer.email);
      await page.locator("[name=password]").fill(buyer.password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await next(page).click();
      await expect(page.locator("[name=bio]")).toHaveValue("Words of the one who has left.");
      await page.goto("/account/profile");
      await expect(page.locator("[name=bio]")).not.toHaveValue(/who has left/);
    });
  });
}

test("the way back to a form, in Persian", async ({ page, context, app }) => {
  const { email, password } = await signIn(page, app, "buyer");
  await choose(context, app, { lang: "fa" });
  await typeProfile(page);
  await context.clearCookies({ name: "session" });
  await next(page).click();
  await lookOnceMore(page, "fa", "kept-sign-in");
  await page.locator("[name=email]").fill(email);
  await page.locator("[name=password]").fill(password);
  await next(page).click();
  await lookOnceMore(page, "fa", "kept-signed-in");
  await next(page).click();
  await expect(page.locator("[name=bio]")).toHaveValue(BIO);
  await lookOnceMore(page, "fa", "kept-form");
  await choose(context, app, { lang: "en" });
});

test("a form that came too soon is shown again, as often as it takes, and is then sent once", async ({ browser }) => {
  test.setTimeout(60_000);
  const server = await startServer({ FORMS_PER_MINUTE: "12" });
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  try {
    const page = await context.newPage();
    await page.goto("/auth/sign-up?role=seller&next=/sell");
    await page.locator("[name=email]").fill("mina@example.com");
    await page.locator("[name=password]").fill("three odd words");
    await page.locator("[name=first_name]").fill("Mina \"M\" <i>");
    const flood = async () => {
      for (let sent = 0; sent < 14; sent += 1) {
        const form = { key: "k", theme: "light", next: "/" };
        const headers = { origin: server.url };
        const answer = await page.request.post("/preferences/theme", { form, headers, maxRedirects: 0 });
        if (answer.status() === 429) return;
      }
      throw new Error("a flood is not refused");
    };
    for (let times = 0; times < 2; times += 1) {
      await flood();
      const refused = page.waitForResponse((answer) => answer.request().method() === "POST");
      await next(page).click();
      const answer = await refused;
      expect(answer.status()).toBe(429);
      const html = await answer.text();
      expect(html).not.toContain("three odd words");
      await expect(page.locator("main")).toContainText("What you typed is kept");
      // To be shown is no form that counts.
      await page.getByRole("button", { name: "Back to the form" }).click();
      await expect(page.locator("[name=first_name]")).toHaveValue("Mina \"M\" <i>");
      await expect(page).toHaveURL(/\/auth\/sign-up\?role=seller&next=\/sell$/);
      await expect(page.locator("[name=email]")).toHaveValue("mina@example.com");
      await expect(page.getByLabel("Sell, and buy too")).toBeChecked();
      await expect(page.locator("[name=password]")).toHaveValue("");
      await page.locator("[name=password]").fill("three odd words");
    }
    await page.locator("[name=first_name]").fill("Mina");
    await expect(async () => {
      await next(page).click();
      if (await page.getByRole("button", { name: "Back to the form" }).isVisible()) {
        await page.getByRole("button", { name: "Back to the form" }).click();
        await page.locator("[name=password]").fill("three odd words");
      }
      await expect(page).toHaveURL(/\/auth\/verify\?next=\/sell$/, { timeout: 100 });
    }).toPass({ intervals: [1_000], timeout: 30_000 });
  } finally {
    await context.close();
    await server.stop();
  }
});

test.describe("what a browser carries", () => {
  const kept = (pairs: string[][]) => ({ kept: JSON.stringify(pairs) });

  test("is shown and not done, to our own pages alone", async ({ page, app, session }) => {
    await page.context().addCookies(await session("buyer"));
    const send = (form: Record<string, string>, path = "/account/profile", origin = app.url) =>
      page.request.post(path, { form, headers: { origin }, maxRedirects: 0 });
    const form = kept([["key", "k-1"], ["first_name", "Kept"], ["password", "p"], ["bio", "<script>"]]);
    const shown = await send(form);
    expect(shown.status()).toBe(200);
    const html = await shown.text();
    expect(html).toContain('value="Kept"');
    expect(html).toContain('name="key" value="k-1"');
    expect(html).toContain("&lt;script&gt;");
    await page.goto("/account/profile");
    await expect(page.locator("[name=first_name]")).not.toHaveValue("Kept");

    expect((await send(form, "/account/profile", "https://evil.example")).status()).toBe(403);
    expect((await send(form, "/no-such-page")).status()).toBe(404);
    expect((await send(form, "/preferences/theme")).status()).toBe(405);
    expect((await send({ kept: "nonsense" })).status()).toBe(400);
    expect((await send({ ...form, key: "k" })).status()).toBe(303);
  });

  test("survives that nobody is signed in, and secrets are never in it", async ({ request, app }) => {
    const path = "/account/security";
    const answer = await request.post(path, {
      form: { key: "k", current: "old-phrase", password: "new-phrase", note: "typed" },
      headers: { origin: app.url },
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(401);
    const html = await answer.text();
    expect(html).toContain("typed");
    expect(html).not.toContain("phrase");
    const again = await request.post(path, {
      form: kept([["note", "typed"]]),
      headers: { origin: app.url },
      maxRedirects: 0,
    });
    expect(again.status()).toBe(401);
    expect(await again.text()).toContain("typed");
  });

  test("may be as large as a form", async ({ request, app }) => {
    const bio = "س".repeat(9_000);
    const answer = await request.post("/account/profile", {
      form: { key: "k", bio },
      headers: { origin: app.url },
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(401);
    const form = /name="form" value="([^"]*)"/.exec(await answer.text())![1]!.replaceAll("&quot;", '"');
    const { email, password } = app.accounts.find((account) => account.role === "buyer")!;
    const inside = await request.post("/auth/sign-in", {
      form: { key: "k", email, password, next: "/account/profile", form },
      headers: { origin: app.url },
      maxRedirects: 0,
    });
    expect(inside.status()).toBe(200);
    expect(await inside.text()).toContain(bio);
  });
});
