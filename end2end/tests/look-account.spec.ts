// Pages about oneself, in both languages and themes: accessible, within the screen, photographed.
import type { Browser, BrowserContext } from "@playwright/test";
import { type App, expect, signIn, test } from "../fixtures/app.ts";
import { look } from "../fixtures/look.ts";
import { PASSWORD, signUp } from "../fixtures/mail.ts";

const VISITORS = ["/auth/sign-in", "/auth/sign-up", "/auth/reset", "/auth/reset/code", "/dev/mail"];
const OWN = [
  "/dashboard",
  "/payments",
  "/payouts",
  "/account",
  "/account/profile",
  "/account/preferences",
  "/account/security",
  "/account/sessions",
  "/account/close",
  "/sell",
  "/payouts/address",
  "/payouts/address/new",
  "/notifications",
];
async function context(browser: Browser, app: App, lang: string, theme: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: app.url });
  await context.addCookies([
    { name: "lang", value: lang, url: app.url },
    { name: "theme", value: theme, url: app.url },
  ]);
  return context;
}

const fileName = (path: string) => path.slice(1).replaceAll("/", "-");

test("the desk for applications to sell", async ({ page, app }) => {
  await signIn(page, app, "admin");
  await page.goto("/admin/sellers");
  await expect(page.getByText("Nobody waits")).toBeVisible();
  await look(page, "en", "system", "admin-sellers");
  await page.context().clearCookies();
  await signUp(page);
  expect((await page.goto("/admin/sellers"))?.status()).toBe(403);
});

for (const lang of ["en", "fa"]) {
  for (const theme of ["light", "dark"]) {
    test(`pages for visitors in ${lang}, ${theme}`, async ({ browser, app }) => {
      const visitor = await context(browser, app, lang, theme);
      const page = await visitor.newPage();
      for (const path of VISITORS) {
        await page.goto(path);
        await look(page, lang, theme, fileName(path));
      }
      await page.goto("/auth/sign-up");
      await page.locator("main form button").first().click();
      await look(page, lang, theme, "auth-sign-up-refused");
      await visitor.close();
    });

    test(`one's own pages in ${lang}, ${theme}`, async ({ browser, app }) => {
      test.setTimeout(180_000);
      const own = await context(browser, app, lang, theme);
      const page = await own.newPage();
      await signUp(page);
      // What was chosen before there was an account is asked for again: the account decides.
      await page.goto("/account/preferences");
      await page.locator("[name=language]").selectOption(lang);
      await page.locator(`label[for=theme-${theme}]`).click();
      await page.locator("main form button").last().click();
      await expect(page.getByRole("status")).toBeVisible();
      for (const path of OWN) {
        await page.goto(path);
        await look(page, lang, theme, fileName(path));
      }
      await page.goto("/payouts/address/new?network=bsc");
      await page.locator("[name=address]").fill("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
      await page.locator("[name=again]").fill("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
      await page.locator("[name=password]").fill(PASSWORD);
      await page.locator("main form button").first().click();
      await expect(page).toHaveURL(/\/confirm$/);
      await look(page, lang, theme, "payouts-address-confirm");
      await page.goto("/payouts/address");
      await look(page, lang, theme, "payouts-address-waiting");
      await own.close();
    });
  }
}
