// Pages about oneself that need something to have happened: a new account, a refused form, an
// address that waits.
import { choose, expect, test } from "../fixtures/app.ts";
import { lookAt, lookOnceMore } from "../fixtures/look.ts";
import { PASSWORD, codeIn, freshAddress, newestLetter, signUp } from "../fixtures/mail.ts";

const EMPTY = [
  "/dashboard", "/payments", "/payouts", "/payouts/address", "/notifications", "/notifications?show=unread",
  "/account/sessions", "/deals", "/deals?phase=over", "/requests/mine", "/offers",
];
const ADDRESS = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

test("the desk for applications to sell is for admins", async ({ page }) => {
  await signUp(page);
  expect((await page.goto("/admin/sellers"))?.status()).toBe(403);
});

for (const lang of ["en", "fa"] as const) {
  test(`a refused sign-up in ${lang}`, async ({ page, context, app }) => {
    await choose(context, app, { lang });
    await page.goto("/auth/sign-up");
    await page.locator("main form button[type=submit]").first().click();
    await lookOnceMore(page, lang, "auth-sign-up-refused");
  });
}

test("the pages of somebody who is new, and of their first address", async ({ page, app }) => {
  test.setTimeout(120_000);
  const to = await signUp(page);
  for (const path of EMPTY) await lookAt(page, app, path, `new${path.replaceAll(/[/?=]/g, "-")}`);
  await page.goto("/payouts/address/new?network=bsc");
  await page.locator("[name=address]").fill(ADDRESS);
  await page.locator("[name=again]").fill(ADDRESS);
  await page.locator("[name=password]").fill(PASSWORD);
  await page.locator("main form button[type=submit]").first().click();
  await expect(page).toHaveURL(/\/confirm$/);
  await lookAt(page, app, new URL(page.url()).pathname, "payouts-address-confirm");
  const confirm = new URL(page.url()).pathname;
  const letter = await newestLetter(page.request, to, 2);
  const stop = new URL(/\S+\/payouts\/address\/stop\?\S+/.exec(letter.text)![0]);
  await lookAt(page, app, stop.pathname + stop.search, "payouts-address-stop");
  await page.goto(confirm);
  await page.locator("[name=code]").fill(codeIn(letter));
  await page.locator("main form button[type=submit]").first().click();
  await expect(page).toHaveURL(/done=address_confirmed/);
  await lookAt(page, app, "/payouts/address", "payouts-address-waiting");
  const remove = await page.locator("main a[href$='/remove']").getAttribute("href");
  await lookAt(page, app, remove!, "payouts-address-remove");
});

test("the page that waits for the mailed code", async ({ page, app }) => {
  await page.goto("/auth/sign-up");
  await page.locator("[name=email]").fill(freshAddress());
  await page.locator("[name=password]").fill(PASSWORD);
  await page.locator("[name=first_name]").fill("Mina");
  await page.locator("main form button[type=submit]").first().click();
  await lookAt(page, app, "/auth/verify", "auth-verify");
});
