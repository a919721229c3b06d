// Pages that stay open while the deal goes on: they follow it, title and all, without a reload.
import { addressOf } from "../fixtures/deal.ts";
import { wait } from "../fixtures/clock.ts";
import { send } from "../fixtures/gateway.ts";
import { meet } from "../fixtures/market.ts";
import { expect, test } from "../fixtures/own-server.ts";
import { enterBoth, leave, photograph } from "../fixtures/people.ts";

test("the open pay page follows the payment: too little, then all of it", async ({ browser, own }) => {
  test.setTimeout(180_000);
  const { buyer, seller } = await enterBoth(browser, own);
  const deal = await meet(buyer.page, seller.page);
  const address = await addressOf(buyer.page, deal);
  const title = buyer.page.getByRole("heading", { level: 1 });
  await expect(title).toHaveText(/^Pay .?400\.00/);
  await expect(buyer.page.locator("html")).toHaveAttribute("data-live", "");
  // Asking again costs next to nothing while nothing has changed.
  for (const path of [`${deal}/pay`, deal]) {
    const region = await (await buyer.page.request.get(path)).text();
    const version = /data-version="([^"]+)"/.exec(region)![1]!;
    const again = await buyer.page.request.get(path, { headers: { "x-seen-version": version } });
    expect(again.status()).toBe(204);
    expect(again.headers()["x-offline-words"]).toBeTruthy();
  }
  await buyer.page.evaluate(() => Object.assign(window, { sameDocument: true }));

  await send(seller.page, own, address, "398.5");
  await expect(title).toHaveText(/^Send the missing .?1\.50/, { timeout: 40_000 });
  await expect(buyer.page).toHaveTitle(/Send the missing/);
  await expect(buyer.page.locator(".sum")).toContainText("1.50");
  await send(seller.page, own, address, "1.5");
  await expect(buyer.page.locator("main")).toContainText("Paid in full", { timeout: 40_000 });
  await expect(title).toHaveText("Paid");
  await expect(buyer.page.locator(".qr, .pay-address")).toHaveCount(0);
  await photograph(buyer.page, "live-paid");
  expect(await buyer.page.evaluate(() => "sameDocument" in window)).toBe(true);
  await leave(buyer, seller);
});

test("the open pay page of a deal that expires takes its address away", async ({ browser, own }) => {
  test.setTimeout(180_000);
  const { buyer, seller } = await enterBoth(browser, own);
  const deal = await meet(buyer.page, seller.page);
  await buyer.page.goto(`${deal}/pay`);
  await expect(buyer.page.locator(".pay-address")).toBeVisible();
  await expect(buyer.page.locator("html")).toHaveAttribute("data-live", "");
  await wait(seller.page, "1 hour");
  await expect(buyer.page.locator("main")).toContainText("Do not pay to its address", { timeout: 40_000 });
  await expect(buyer.page.getByRole("heading", { level: 1 })).toHaveText("Expired, nothing held");
  await expect(buyer.page.locator(".qr, .pay-address")).toHaveCount(0);
  await photograph(buyer.page, "live-expired");
  await leave(buyer, seller);
});

test("the open pay page of somebody who was signed out sends them to sign in", async ({ browser, own }) => {
  test.setTimeout(120_000);
  const { buyer, seller } = await enterBoth(browser, own);
  const deal = await meet(buyer.page, seller.page);
  await buyer.page.goto(`${deal}/pay`);
  await expect(buyer.page.locator("html")).toHaveAttribute("data-live", "");
  await buyer.page.context().clearCookies();
  await expect(buyer.page).toHaveURL(/\/auth\/sign-in\?next=.*pay$/, { timeout: 40_000 });
  await leave(buyer, seller);
});
