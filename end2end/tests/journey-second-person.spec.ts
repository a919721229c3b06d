// Where one person of the house is not enough: a large ruling, an appeal, a very large payout.
import { deliver, expectMoney, pay, reachInspection, release, sellerAddress, standsAt, takeWay } from "../fixtures/deal.ts";
import { approvePayout, drawnFor, openCase, openPayout, rule, writeRuling } from "../fixtures/desk.ts";
import { wait } from "../fixtures/clock.ts";
import { CENT, timesPaid } from "../fixtures/gateway.ts";
import { meet, next, tick } from "../fixtures/market.ts";
import { expect, test } from "../fixtures/own-server.ts";
import { type Person, enter, enterBoth, leave, photograph } from "../fixtures/people.ts";

const REASONS = "The film of the handover shows the whole set in working order.";

/** The buyer disputes what was delivered and wants all of it back; the seller answers. */
async function dispute(buyer: Person, seller: Person, deal: string): Promise<void> {
  await takeWay(buyer.page, deal, "Open a dispute");
  await tick(buyer.page, "category", "product_quality");
  await buyer.page.locator("[name=statement]").fill("It arrived in pieces.");
  await next(buyer.page).click();
  await next(buyer.page).click();
  await expect(buyer.page).toHaveURL(/done=deal_dispute_opened/);
  await standsAt(seller.page, deal, "Frozen");
  await next(seller.page).click();
  await seller.page.locator("[name=statement]").fill("It was whole when it was handed over.");
  await next(seller.page).click();
  await expect(seller.page).toHaveURL(/done=deal_answered/);
}

test("a ruling over a large sum counts once another resolver approves it", async ({ browser, own }) => {
  test.setTimeout(180_000);
  const { buyer, seller } = await enterBoth(browser, own);
  const deal = await meet(buyer.page, seller.page, "1240");
  await pay(buyer.page, own, deal, "1240");
  await deliver(buyer.page, seller.page, deal);
  await dispute(buyer, seller, deal);

  const { drawn, other } = await drawnFor(browser, own, deal);
  await writeRuling(drawn.page, deal, "70%", REASONS);
  await expect(drawn.page.locator("main")).toContainText("a different person must approve");
  await drawn.page.locator("label[for=sure]").click();
  await drawn.page.locator("main button[name=act][value=rule]").click();
  await expect(drawn.page).toHaveURL(/done=/);
  await standsAt(buyer.page, deal, "Frozen");
  await expect(async () => {
    await openCase(other.page, deal);
    await other.page.getByRole("link", { name: "Read the proposed ruling" }).click({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  // Nobody approves their own.
  await openCase(drawn.page, deal);
  await expect(drawn.page.locator("main")).toContainText("You prepared this; a different person must approve.");
  await expect(other.page.locator("main")).toContainText(REASONS);
  await photograph(other.page, "ruling-to-approve");
  await other.page.locator("label[for=sure]").click();
  await other.page.getByRole("button", { name: /^Approve: / }).click();
  await expect(other.page).toHaveURL(/done=/);
  for (const { page } of [buyer, seller]) {
    await standsAt(page, deal, "Ruling: 70/30");
    await expect(page.locator("main")).toContainText(REASONS);
    await expectMoney(page, { "Received": "1,240.00", "Held by Amn": "1,240.00" });
  }
  await leave(buyer, seller, drawn, other);
});

test("an appeal goes to another resolver, whose ruling is final and paid", async ({ browser, own }) => {
  test.setTimeout(180_000);
  const { buyer, seller } = await enterBoth(browser, own);
  const deal = await reachInspection(own, buyer, seller);
  const wallet = await sellerAddress(seller.page, deal);
  const before = await timesPaid(seller.page, own, wallet, 39_570n * CENT);
  await dispute(buyer, seller, deal);

  const { drawn, other } = await drawnFor(browser, own, deal);
  await writeRuling(drawn.page, deal, "100%", "It arrived in pieces.");
  await rule(drawn.page);
  await standsAt(seller.page, deal, "Ruling: 100/0");
  await takeWay(seller.page, deal, "Appeal the ruling");
  await seller.page.locator("[name=statement]").fill("Look at the film again: it is whole at the door.");
  await next(seller.page).click();
  await expect(seller.page).toHaveURL(/done=/);
  await standsAt(buyer.page, deal, "Frozen");

  await expect(async () => {
    await openCase(other.page, deal);
    await expect(other.page.locator("main")).toContainText("it is whole at the door", { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await writeRuling(other.page, deal, "0", REASONS);
  await expect(other.page.locator("main")).toContainText("This ruling is final.");
  await photograph(other.page, "ruling-final");
  await rule(other.page);
  for (const { page } of [buyer, seller]) {
    await standsAt(page, deal, "Paid to the seller");
    await expectMoney(page, { "Received": "400.00", "Paid to the seller": "395.70", "Amn's fee": "4.00" });
  }
  expect(await timesPaid(seller.page, own, wallet, 39_570n * CENT)).toBe(before + 1);
  await leave(buyer, seller, drawn, other);
});

test("a very large payout takes two admins, and a day in which its payee can stop it", async ({
  browser,
  own,
}) => {
  test.setTimeout(180_000);
  const { buyer, seller } = await enterBoth(browser, own);
  const deal = await meet(buyer.page, seller.page, "6000");
  await pay(buyer.page, own, deal, "6000");
  await deliver(buyer.page, seller.page, deal);
  const wallet = await sellerAddress(seller.page, deal);
  // 6,000 less 60.00 and 0.30 for the network.
  const net = 593_970n * CENT;
  await release(buyer.page, deal);

  const [ada, niklas] = [await enter(browser, own, "admin"), await enter(browser, own, "admin", 1)];
  await approvePayout(ada.page, deal);
  await openPayout(ada.page, deal);
  await expect(ada.page.locator("main")).toContainText("You approved this; a different person must approve.");
  await approvePayout(niklas.page, deal);
  await openPayout(niklas.page, deal, "waiting");
  await expect(niklas.page.locator("main")).toContainText("can stop it until then");
  await photograph(niklas.page, "payout-veto");
  expect(await timesPaid(seller.page, own, wallet, net)).toBe(0);

  await wait(seller.page, "1 day");
  await wait(seller.page, "15 minutes");
  for (const { page } of [buyer, seller]) {
    await standsAt(page, deal, "Paid to the seller");
    await expectMoney(page, { "Received": "6,000.00", "Paid to the seller": "5,939.70", "Amn's fee": "60.00" });
  }
  expect(await timesPaid(seller.page, own, wallet, net)).toBe(1);
  await leave(buyer, seller, ada, niklas);
});
