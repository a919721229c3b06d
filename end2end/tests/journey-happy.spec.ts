// From a wish to money in the seller's wallet: two people, each in a browser of their own.
import { expect, test } from "../fixtures/app.ts";
import { PRICE, addressOf, enterCode, expectMoney, release, sellerAddress, ship, showCode, standsAt } from "../fixtures/deal.ts";
import { timesPaid, send } from "../fixtures/gateway.ts";
import { WANTED, acceptOffer, makeOffer, next, postRequest } from "../fixtures/market.ts";
import { enterBoth, leave, photograph } from "../fixtures/people.ts";

/** 400 less one per cent and 0.30 for the network, in base units of USDT on BNB Smart Chain. */
const NET = 395_700_000_000_000_000_000n;

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? "with scripts" : "without scripts";
  test(`request, offer, payment, code, release, payout: ${way}`, async ({ browser, app }) => {
    test.setTimeout(120_000);
    const { buyer, seller } = await enterBoth(browser, app, { javaScriptEnabled });
    const shot = (page: typeof buyer.page, name: string) =>
      photograph(page, `happy-${javaScriptEnabled ? "js" : "nojs"}-${name}`);

    const request = await postRequest(buyer.page);
    await shot(buyer.page, "01-posted");
    await makeOffer(seller.page, request);
    await shot(seller.page, "02-offered");
    const deal = await acceptOffer(buyer.page, request);
    await standsAt(seller.page, deal, "Waiting for payment");
    await expect(seller.page.locator(".now")).toContainText("Do not ship yet");
    // City and country before the money is held, the whole address from then on.
    await expect(seller.page.locator("#terms")).toContainText(WANTED.city);
    await expect(seller.page.locator("main")).not.toContainText(WANTED.street);
    await seller.page.goto(`${deal}/ship`);
    await expect(seller.page.locator("main")).not.toContainText(WANTED.street);
    const wallet = await sellerAddress(seller.page, deal);
    const before = await timesPaid(seller.page, app, wallet, NET);

    await expect(buyer.page.getByText("Must ARRIVE in full.")).toBeVisible();
    await shot(buyer.page, "03-pay");
    await send(buyer.page, app, await addressOf(buyer.page, deal), PRICE);
    await standsAt(buyer.page, deal, "Held by Amn");
    await standsAt(seller.page, deal, "Held by Amn");
    for (const { page } of [buyer, seller]) {
      await expect(page.locator("#terms address")).toContainText(WANTED.street);
    }
    await shot(seller.page, "04-held");
    await seller.page.goto(`${deal}/ship`);
    await expect(seller.page.locator("main address")).toContainText(WANTED.street);
    await expect(seller.page.locator("main address")).toContainText(WANTED.recipient);
    await shot(seller.page, "04-ship");

    await ship(seller.page, deal);
    await standsAt(buyer.page, deal, "On its way");
    await shot(buyer.page, "05-on-its-way");
    const code = await showCode(buyer.page, deal);
    await shot(buyer.page, "06-code");
    await enterCode(seller.page, deal, `${code.slice(0, 3)} ${code.slice(3)}`);
    await expect(seller.page).toHaveURL(/done=deal_code_right/);
    await standsAt(buyer.page, deal, "Check the goods");
    await shot(buyer.page, "07-being-checked");

    await buyer.page.goto(`${deal}/accept`);
    await expect(buyer.page.locator("main")).toContainText("cannot be undone");
    await expect(next(buyer.page)).toContainText("395.70");
    await shot(buyer.page, "08-accept");
    await release(buyer.page, deal);
    for (const { page } of [buyer, seller]) {
      await standsAt(page, deal, "Paid to the seller");
      await expect(page.locator(".now .sum")).toContainText("395.70");
      await expectMoney(page, {
        "Received": "400.00",
        "Paid to the seller": "395.70",
        "Amn's fee": "4.00",
        "Network fees": "0.30",
      });
    }
    await shot(seller.page, "09-paid");
    expect(await timesPaid(seller.page, app, wallet, NET)).toBe(before + 1);
    await leave(buyer, seller);
  });
}
