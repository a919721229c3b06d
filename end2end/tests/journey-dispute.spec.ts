// A dispute: both sides speak, a resolver who was drawn by lot rules 70/30, the appeal runs out.
import { REFUNDS, expectMoney, reachInspection, sellerAddress, standsAt, takeWay } from "../fixtures/deal.ts";
import { drawnFor, openCase, rule, writeRuling } from "../fixtures/desk.ts";
import { wait } from "../fixtures/clock.ts";
import { CENT, paidTo, timesPaid } from "../fixtures/gateway.ts";
import { next, tick } from "../fixtures/market.ts";
import { expect, test } from "../fixtures/own-server.ts";
import { enterBoth, leave, photograph } from "../fixtures/people.ts";

const CLAIM = "The shutter sticks at every speed below a thirtieth.";
const NOTE = "Noted while I tried every speed.";
const ANSWER = "It worked when I packed it; the film of that day shows it.";
const REASONS = "The film shows a working shutter, the video of the opening one that sticks.";

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";
  test(`a dispute is answered, ruled 70/30, and paid when nobody appeals, ${how}`, async ({ browser, own }) => {
    test.setTimeout(180_000);
    const { buyer, seller } = await enterBoth(browser, own, { javaScriptEnabled });
    const deal = await reachInspection(own, buyer, seller);
    const wallet = await sellerAddress(seller.page, deal);
    const before = await timesPaid(seller.page, own, wallet, 11_850n * CENT);

    await takeWay(buyer.page, deal, "Open a dispute");
    await tick(buyer.page, "category", "product_quality");
    await buyer.page.locator("[name=wanted]").fill("400");
    await buyer.page.locator("[name=statement]").fill(CLAIM);
    await next(buyer.page).click();
    await expect(buyer.page.locator("main")).toContainText("No timer can release it");
    await expect(buyer.page.locator("main")).toContainText("Ruling due");
    await photograph(buyer.page, "dispute-check");
    await next(buyer.page).click();
    await expect(buyer.page).toHaveURL(/done=deal_dispute_opened/);

    await standsAt(buyer.page, deal, "Frozen");
    await next(buyer.page).click();
    await buyer.page.locator("input[type=file]").setInputFiles({
      name: "shutter.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("1/30 sticks, 1/15 sticks, 1/8 sticks\n"),
    });
    await buyer.page.locator("[name=note]").fill(NOTE);
    await next(buyer.page).click();
    await expect(buyer.page).toHaveURL(/done=deal_evidence_added/);
    await photograph(buyer.page, "dispute-evidence");

    const { drawn, other } = await drawnFor(browser, own, deal);
    expect((await openCase(other.page, deal))?.status()).toBe(404);
    await openCase(drawn.page, deal);
    await expect(drawn.page.locator("main")).toContainText(CLAIM);
    await expect(drawn.page.locator("main")).toContainText("The other side may answer until");
    await expect(next(drawn.page)).toHaveCount(0);

    await standsAt(seller.page, deal, "Frozen");
    await next(seller.page).click();
    await seller.page.locator("[name=statement]").fill(ANSWER);
    await next(seller.page).click();
    await expect(seller.page).toHaveURL(/done=deal_answered/);

    await openCase(drawn.page, deal);
    await expect(drawn.page.locator("main")).toContainText(ANSWER);
    await expect(drawn.page.locator("main")).toContainText(NOTE);
    await photograph(drawn.page, "dispute-case");
    await writeRuling(drawn.page, deal, "70%", REASONS);
    for (const sum of ["280.00", "118.80", "1.20"]) {
      await expect(drawn.page.locator("main")).toContainText(sum);
    }
    await photograph(drawn.page, "dispute-ruling");
    await rule(drawn.page);

    for (const { page } of [buyer, seller]) {
      await standsAt(page, deal, "Ruling: 70/30");
      await expect(page.locator("main")).toContainText(REASONS);
      await expect(page.locator("#timeline")).toContainText(/280\.00.USDT.* 118\.80.USDT|280\.00.*118\.80/);
      await expectMoney(page, { "Received": "400.00", "Held by Amn": "400.00" });
    }
    await photograph(seller.page, "dispute-ruled");
    expect(await paidTo(buyer.page, own, REFUNDS)).toEqual([]);

    await wait(buyer.page, "3 days");
    for (const { page } of [buyer, seller]) {
      await standsAt(page, deal, "Divided and paid");
      await expectMoney(page, {
        "Received": "400.00",
        "Paid back to the buyer": "279.70",
        "Paid to the seller": "118.50",
        "Amn's fee": "1.20",
        "Network fees": "0.60",
      });
    }
    await photograph(buyer.page, "dispute-paid");
    expect(await paidTo(buyer.page, own, REFUNDS)).toEqual([27_970n * CENT]);
    expect(await timesPaid(seller.page, own, wallet, 11_850n * CENT)).toBe(before + 1);
    await leave(buyer, seller, drawn, other);
  });
}
