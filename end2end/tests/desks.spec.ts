// Staff at work on the demo's own deals: a case is ruled, a payout approved, a pause lifted by two.
// Each test has a server of its own, since it changes what others look at.
import type { Browser, Page } from "@playwright/test";
import { type App, expect, signIn, startServer, test as base } from "../fixtures/app.ts";

const test = base.extend<{ own: App }>({
  own: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.stop();
  },
});

async function enter(browser: Browser, app: App, role: string, which = 0): Promise<Page> {
  const context = await browser.newContext({ baseURL: app.url, javaScriptEnabled: false });
  await context.addCookies([{ name: "lang", value: "en", url: app.url }]);
  const page = await context.newPage();
  await signIn(page, app, role, which);
  return page;
}

test("whoever a case was drawn for rules it 70 to 30; nobody else sees it", async ({ browser, own }) => {
  const resolvers = [await enter(browser, own, "resolver", 0), await enter(browser, own, "resolver", 1)];
  const title = "Wacom One 13, with pen and stand";
  let drawn: Page | undefined;
  let other: Page | undefined;
  for (const page of resolvers) {
    await page.goto("/disputes");
    if (await page.getByRole("link", { name: title }).count()) drawn = page;
    else other = page;
  }
  expect(drawn && other, "the case is exactly one resolver's").toBeTruthy();
  const page = drawn!;
  await page.getByRole("link", { name: title }).click();
  const path = new URL(page.url()).pathname;
  expect((await other!.goto(path))?.status()).toBe(404);
  expect((await other!.goto(`${path}/rule`))?.status()).toBe(404);

  await expect(page.locator(".now .sum")).toHaveText("420.00 USDT");
  await page.getByRole("link", { name: "Write the ruling" }).click();
  await page.getByLabel("The buyer's part").fill("۱۲۰٪");
  await page.getByLabel("Reasons").fill("The missing pen is shown.");
  await page.getByRole("button", { name: "Look at both sums" }).click();
  await expect(page.locator("#errors")).toContainText("between 0% and 100%");
  await expect(page.getByLabel("Reasons")).toHaveValue("The missing pen is shown.");

  await page.getByLabel("The buyer's part").fill("۷۰٪");
  await page.getByRole("button", { name: "Look at both sums" }).click();
  await expect(page.getByText("294.00 + 124.74 + 1.26 = 420.00 USDT")).toBeVisible();
  const rule = page.getByRole("button", { name: /^Rule: / });
  await rule.click();
  await expect(page.locator("#errors")).toContainText("Tick the box");
  await page.locator("label[for=sure]").click();
  await rule.click();
  await expect(page.getByText("Your ruling is given.")).toBeVisible();
  await expect(page.getByText("The missing pen is shown.").first()).toBeVisible();
  await page.goto("/disputes");
  await expect(page.getByRole("link", { name: title })).toHaveCount(0);
});

test("an admin gives a case to another resolver, who is drawn", async ({ browser, own }) => {
  const admin = await enter(browser, own, "admin");
  const title = "Wacom One 13, with pen and stand";
  await admin.goto("/disputes?view=open");
  await admin.getByRole("link", { name: title }).click();
  const before = await admin.locator(".now .turn").textContent();
  await admin.getByRole("link", { name: "Give to another resolver" }).click();
  await admin.getByRole("button", { name: "Draw another resolver" }).click();
  await expect(admin.locator("#errors")).toContainText("Write the reason");
  await admin.getByLabel("Why").fill("Knows the seller");
  await admin.getByRole("button", { name: "Draw another resolver" }).click();
  await expect(admin.getByText("Another resolver was drawn.")).toBeVisible();
  expect(await admin.locator(".now .turn").textContent()).not.toBe(before);
  await expect(admin.getByText("Files are for the two sides")).toBeVisible();
});

test("a payout above the system's limit waits for an admin, who sees all before approving", async ({
  browser,
  own,
}) => {
  const admin = await enter(browser, own, "admin");
  await admin.goto("/admin/payouts");
  await admin.getByRole("link", { name: /Daniel/ }).click();
  await expect(admin.locator("h1")).toContainText("880.");
  await expect(admin.getByText("Confirmed by its owner")).toBeVisible();
  await expect(admin.locator("#ledger")).toContainText("Paid to the seller");
  const approve = admin.getByRole("button", { name: /^Approve / });
  await approve.click();
  await expect(admin.locator("#errors")).toContainText("Tick the box");
  await admin.locator("label[for=sure]").click();
  await approve.click();
  await expect(admin.getByText("Your approval counts.")).toBeVisible();
  await expect(admin.getByRole("button", { name: /^Approve / })).toHaveCount(0);
});

test("a pause is lifted by two different admins", async ({ browser, own }) => {
  const first = await enter(browser, own, "admin", 0);
  const second = await enter(browser, own, "admin", 1);
  await first.goto("/admin/deals?desk=hold");
  await first.locator(".card-title a").first().click();
  await first.getByRole("link", { name: "Lift the pause" }).click();
  const path = new URL(first.url()).pathname;
  await first.getByRole("button", { name: /first of two/ }).click();
  await expect(first.getByText("A different admin has to agree, too.")).toBeVisible();
  await first.goto(path);
  await expect(first.getByText("a different person must agree")).toBeVisible();
  await expect(first.locator("main form")).toHaveCount(0);
  await second.goto(path);
  await second.getByRole("button", { name: "Lift the pause", exact: true }).click();
  await expect(second.getByText("The pause is lifted.")).toBeVisible();
  await second.getByRole("link", { name: "Pause the deal" }).click();
  await second.getByLabel("Reason").fill("Still not clear.");
  await second.getByRole("button", { name: "Pause for 7 days" }).click();
  await expect(second.getByText("Still not clear.").first()).toBeVisible();
});

test("an admin stops all payouts and lets them go on, each with a reason", async ({ browser, own }) => {
  const admin = await enter(browser, own, "admin");
  await admin.goto("/admin/solvency");
  await admin.getByRole("button", { name: "Stop all payouts" }).click();
  await expect(admin.locator("#errors")).toContainText("Write the reason");
  await admin.getByLabel("Reason").fill("The wallet's key is being changed");
  await admin.getByRole("button", { name: "Stop all payouts" }).click();
  await expect(admin.getByText("Payouts are stopped: nothing is sent.")).toBeVisible();
  await expect(admin.getByText("The wallet's key is being changed")).toBeVisible();
  await admin.goto("/admin/payouts");
  await expect(admin.getByText("Payouts are stopped: nothing is sent.")).toBeVisible();
  await admin.getByRole("link", { name: "Look at it" }).click();
  await admin.getByLabel("Reason").fill("The new key works");
  await admin.getByRole("button", { name: "Let payouts go on" }).click();
  await expect(admin.getByText("Payouts are being sent.")).toBeVisible();
});

test("desks are for those who sit at them", async ({ browser, app }) => {
  const buyer = await enter(browser, app, "buyer");
  for (const path of ["/admin/payouts", "/admin/deals", "/admin/solvency", "/admin/work", "/disputes?view=mine", "/disputes?view=open"]) {
    expect((await buyer.goto(path))?.status(), path).toBe(403);
  }
  for (const name of ["Disputes", "Payouts", "All deals", "Applications"]) {
    await expect(buyer.locator("header").getByText(name, { exact: true })).toHaveCount(0);
  }
  expect((await buyer.goto("/disputes"))?.status()).toBe(200);
  await buyer.goto("/deals");
  const deal = await buyer.locator(".card-title a").first().getAttribute("href");
  for (const path of [
    `/admin${deal}/hold`, `/admin${deal}/lift`, `/admin${deal}/loss`,
    `/admin/payouts/${deal!.split("/").pop()}/seller`,
    `/admin/payouts/${deal!.split("/").pop()}/seller/resend`,
  ]) {
    expect((await buyer.goto(path))?.status(), path).toBe(403);
  }
  for (const path of ["rule", "approve", "reassign"]) {
    expect((await buyer.goto(`/disputes/${deal!.split("/").pop()}/${path}`))?.status(), path).toBe(404);
  }
  const resolver = await enter(browser, app, "resolver");
  expect((await resolver.goto("/admin/payouts"))?.status()).toBe(403);
  expect((await resolver.goto("/disputes?view=open"))?.status()).toBe(403);
  const admin = await enter(browser, app, "admin");
  expect((await admin.goto("/disputes?view=mine"))?.status()).toBe(403);
  const visitor = await (await browser.newContext({ baseURL: app.url })).newPage();
  await visitor.goto("/admin/payouts");
  await expect(visitor).toHaveURL(/\/auth\/sign-in\?next=/);
});
