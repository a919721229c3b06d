// Sums too small to be sent alone are kept, and leave together once they are enough.
import { REFUNDS, reachInspection, standsAt, takeWay } from "../fixtures/deal.ts";
import { wait } from "../fixtures/clock.ts";
import { CENT, paidTo } from "../fixtures/gateway.ts";
import { lookAt } from "../fixtures/look.ts";
import { next } from "../fixtures/market.ts";
import { expect, test } from "../fixtures/own-server.ts";
import { enterBoth, leave, photograph } from "../fixtures/people.ts";

test("two small refunds are kept, and claimed together with one network fee", async ({ browser, own }) => {
  test.setTimeout(180_000);
  const { buyer, seller } = await enterBoth(browser, own);
  for (const which of ["first", "second"]) {
    const deal = await reachInspection(own, buyer, seller, { refunds: which === "first" });
    await takeWay(buyer.page, deal, "Divide the money by agreement");
    await buyer.page.locator("[name=value]").fill("0.90");
    await next(buyer.page).click();
    await next(buyer.page).click();
    await expect(buyer.page).toHaveURL(/done=deal_proposed/);
    await takeWay(seller.page, deal, "Divide the money by agreement");
    await next(seller.page).click();
    await expect(seller.page).toHaveURL(/done=deal_agreed/);
    await standsAt(buyer.page, deal, "Divided and paid");
    await buyer.page.goto("/payouts");
    // 0.90 is below the smallest payout of 1.00.
    if (which === "first") await expect(buyer.page.locator("main")).toContainText("more, and they can be sent together");
  }
  // A new address waits for a day before money may go there.
  await wait(buyer.page, "1 day");
  await buyer.page.goto("/payouts");
  await photograph(buyer.page, "claim-payouts");
  await buyer.page.getByRole("link", { name: /^Claim .*1\.80.* together$/ }).click();
  await lookAt(buyer.page, own, new URL(buyer.page.url()).pathname, "claim-together");
  await buyer.page.reload();
  await expect(buyer.page.locator("main")).toContainText("1.50");
  await buyer.page.locator("main .choices label").first().click();
  await next(buyer.page).click();
  await expect(buyer.page).toHaveURL(/done=claimed_together/);
  await expect.poll(() => paidTo(buyer.page, own, REFUNDS), { timeout: 60_000 }).toEqual([150n * CENT]);
  await expect(async () => {
    await buyer.page.goto("/payouts");
    await expect(buyer.page.locator("main")).toContainText("1.50", { timeout: 500 });
    await expect(buyer.page.getByRole("link", { name: /^Claim / })).toHaveCount(0);
  }).toPass({ timeout: 30_000 });
  await photograph(buyer.page, "claim-paid");
  await leave(buyer, seller);
});
