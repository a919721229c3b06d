// One's own money: the dashboard, payments and payouts.
import { choose, expect, signIn, test } from "../fixtures/app.ts";
import { lookAt } from "../fixtures/look.ts";
import { signUp } from "../fixtures/mail.ts";

test("signing in leads to what needs a person, soonest first", async ({ page, context, app }) => {
  await signIn(page, app, "buyer");
  await expect(page).toHaveURL(`${app.url}/dashboard`);
  await choose(context, app, { lang: "en", theme: "light" });
  await page.goto("/dashboard");
  const tasks = page.getByRole("region", { name: "Needs you" }).getByRole("listitem");
  await expect(tasks.first()).toBeVisible();
  const deadlines = await tasks.locator("time").evaluateAll((times) =>
    times.map((time) => time.getAttribute("datetime")!),
  );
  const ofDeals = deadlines.slice(0, await tasks.filter({ hasText: "Deadline:" }).count());
  expect(ofDeals).toEqual([...ofDeals].sort());
  await expect(page.getByRole("region", { name: "Money held" })).toContainText("You buy");
  await expect(page.getByRole("region", { name: "Waiting on others" })).toContainText("Gitzo Traveler, series 1");
  await expect(page.getByRole("region", { name: "Ended lately" }).getByRole("listitem").first()).toBeVisible();
  await page.getByRole("link", { name: /^Pay ?: Canon EF 50 mm/ }).click();
  await expect(page).toHaveURL(/\/deals\/[0-9a-f-]+\/pay$/);
});

test("a new buyer and a new seller are told how to begin", async ({ page, app }) => {
  await signUp(page);
  await expect(page).toHaveURL(`${app.url}/dashboard`);
  await expect(page.getByRole("heading", { name: "Nothing here yet" })).toBeVisible();
  await page.getByRole("link", { name: "I want to sell" }).click();
  await page.locator("main form button[type=submit]").first().click();
  await page.goto("/dashboard");
  await expect(page.getByRole("heading", { name: "Begin selling" })).toBeVisible();
});

test("a payment tells its transaction, and a payout what became of it", async ({ page, context, app }) => {
  await signIn(page, app, "buyer");
  await choose(context, app, { lang: "en", theme: "light" });
  await page.goto("/payments");
  await page.getByRole("link", { name: "Paid into escrow: Gitzo Traveler, series 1" }).click();
  await expect(page.getByText("Arrived", { exact: true }).first()).toBeVisible();
  await expect(page.locator("main")).toContainText("310.00\u00a0USDT");
  await expect(page.locator("main")).toContainText("Polygon");
  const path = new URL(page.url()).pathname;
  await page.getByRole("link", { name: /^The deal/ }).click();
  await expect(page).toHaveURL(/\/deals\/[0-9a-f-]+$/);

  await context.clearCookies();
  await signIn(page, app, "buyer", 1);
  for (const other of [path, "/payments/none", `${path}0`]) {
    expect((await page.goto(other))?.status(), other).toBe(404);
  }
});

test("money pages are for whoever is signed in", async ({ page }) => {
  for (const path of ["/dashboard", "/payments", "/payouts"]) {
    await page.goto(path);
    await expect(page).toHaveURL(`/auth/sign-in?next=${path}`);
  }
});

test("a payment and a seller's money", async ({ page, context, app, session }) => {
  await context.addCookies(await session("seller"));
  for (const path of ["/dashboard", "/payouts", "/payments"]) {
    await lookAt(page, app, path, `seller-${path.slice(1)}`);
  }
  const payment = await page.locator(".card-title a").first().getAttribute("href");
  await lookAt(page, app, payment!, "payment");
});
