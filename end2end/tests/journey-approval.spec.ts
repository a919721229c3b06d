// A payout above what the system approves by itself waits for an admin.
import { expect, test } from "../fixtures/app.ts";
import { deliver, expectMoney, pay, release, sellerAddress, standsAt } from "../fixtures/deal.ts";
import { approvePayout, openPayout } from "../fixtures/desk.ts";
import { timesPaid } from "../fixtures/gateway.ts";
import { acceptOffer, makeOffer, postRequest } from "../fixtures/market.ts";
import { enter, enterBoth, leave, photograph } from "../fixtures/people.ts";

/** 1,240 less 12.40 and 0.30 for the network. */
const NET = 1_227_300_000_000_000_000_000n;

test("a large release is approved by an admin, and then sent once", async ({ browser, app }) => {
  test.setTimeout(120_000);
  const { buyer, seller } = await enterBoth(browser, app);
  const admin = await enter(browser, app, "admin");
  const request = await postRequest(buyer.page);
  await makeOffer(seller.page, request, { price: "1240" });
  const deal = await acceptOffer(buyer.page, request);
  await pay(buyer.page, app, deal, "1240");
  await deliver(buyer.page, seller.page, deal);
  const wallet = await sellerAddress(seller.page, deal);
  const before = await timesPaid(seller.page, app, wallet, NET);
  await release(buyer.page, deal);
  await standsAt(seller.page, deal, "Sending");
  await expect(seller.page.locator("#money")).toContainText("not sent yet");

  await openPayout(admin.page, deal);
  await expect(admin.page.getByRole("heading", { level: 1 })).toContainText("1,227.30");
  await photograph(admin.page, "approval");
  expect(await timesPaid(admin.page, app, wallet, NET)).toBe(before);
  await approvePayout(admin.page, deal);
  for (const { page } of [buyer, seller]) {
    await standsAt(page, deal, "Paid to the seller");
    await expectMoney(page, { "Received": "1,240.00", "Paid to the seller": "1,227.30", "Amn's fee": "12.40" });
  }
  expect(await timesPaid(seller.page, app, wallet, NET)).toBe(before + 1);
  await leave(buyer, seller, admin);
});
