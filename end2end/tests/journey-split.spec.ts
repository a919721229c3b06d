// An agreement: one proposes how to divide the money, the other signs, both are paid.
import { REFUNDS, expectMoney, reachInspection, sellerAddress, standsAt, takeWay } from "../fixtures/deal.ts";
import { wait } from "../fixtures/clock.ts";
import { CENT, paidTo, timesPaid } from "../fixtures/gateway.ts";
import { next } from "../fixtures/market.ts";
import { expect, test } from "../fixtures/own-server.ts";
import { enterBoth, leave, photograph } from "../fixtures/people.ts";

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";
  test(`a division that both sign is paid out in its parts, to the last unit, ${how}`, async ({ browser, own }) => {
    test.setTimeout(120_000);
    const { buyer, seller } = await enterBoth(browser, own, { javaScriptEnabled });
    const deal = await reachInspection(own, buyer, seller);
    const wallet = await sellerAddress(seller.page, deal);
    const before = await timesPaid(seller.page, own, wallet, 27_690n * CENT);

    await takeWay(buyer.page, deal, "Divide the money by agreement");
    await buyer.page.locator("[name=value]").fill("401");
    await next(buyer.page).click();
    await expect(buyer.page.locator("#value-error")).toContainText("is held");
    await buyer.page.locator("[name=value]").fill("120");
    await next(buyer.page).click();
    await expect(buyer.page.locator("main")).toContainText("30");
    await photograph(buyer.page, "split-preview");
    await next(buyer.page).click();
    await expect(buyer.page).toHaveURL(/done=deal_proposed/);

    // 280.00 are left: 2.80 fee, and 0.30 for the network from each part.
    await takeWay(seller.page, deal, "Divide the money by agreement");
    await photograph(seller.page, "split-to-sign");
    await expect(next(seller.page)).toContainText("276.90");
    await next(seller.page).click();
    await expect(seller.page).toHaveURL(/done=deal_agreed/);
    await wait(seller.page, "1 day");
    for (const { page } of [buyer, seller]) {
      await standsAt(page, deal, "Divided and paid");
      await expectMoney(page, {
        "Received": "400.00",
        "Paid back to the buyer": "119.70",
        "Paid to the seller": "276.90",
        "Amn's fee": "2.80",
        "Network fees": "0.60",
      });
    }
    await expect(buyer.page.locator("#timeline")).toContainText(/119\.70.USDT.* to you, .*276\.90.USDT.* to Sara/);
    await photograph(buyer.page, "split-paid");
    expect(await paidTo(buyer.page, own, REFUNDS)).toEqual([11_970n * CENT]);
    expect(await timesPaid(seller.page, own, wallet, 27_690n * CENT)).toBe(before + 1);
    await leave(buyer, seller);
  });
}
