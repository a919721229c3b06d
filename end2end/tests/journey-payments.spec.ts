// Payments that are not what was asked for: too little, too much, too late.
import { REFUNDS, addressOf, deliver, expectMoney, nameRefundAddress, release, standsAt } from "../fixtures/deal.ts";
import { wait } from "../fixtures/clock.ts";
import { CENT, confirm, paidTo, send } from "../fixtures/gateway.ts";
import { meet, next } from "../fixtures/market.ts";
import { expect, test } from "../fixtures/own-server.ts";
import { enterBoth, leave, photograph } from "../fixtures/people.ts";

test("too little is topped up: nobody is told to ship before it is whole", async ({ browser, own }) => {
  test.setTimeout(120_000);
  const { buyer, seller } = await enterBoth(browser, own);
  const deal = await meet(buyer.page, seller.page);
  const address = await addressOf(buyer.page, deal);
  await send(buyer.page, own, address, "398.5");
  await standsAt(buyer.page, deal, "1.50");
  await expect(buyer.page.locator(".now .chip")).toHaveText(/^.?1\.50.USDT.? missing$/);
  await expect(buyer.page.locator(".now .sum")).toContainText(/398\.50.USDT of .?400\.00.USDT/);
  await photograph(buyer.page, "underpaid-room");
  await next(buyer.page).click();
  await expect(buyer.page.locator("main")).toContainText(/398\.50.USDT\S* arrived, \S*1\.50.USDT\S* is missing/);
  await expect(buyer.page.getByText("take a refund")).toBeVisible();
  await photograph(buyer.page, "underpaid-pay");
  await standsAt(seller.page, deal, "1.50");
  await expect(seller.page.locator(".now")).toContainText("Do not ship yet");
  await expect(next(seller.page)).toHaveCount(0);

  expect(await addressOf(buyer.page, deal)).toBe(address);
  const rest = await send(buyer.page, own, address, "1.5", "unconfirmed");
  await expect(async () => {
    await buyer.page.goto(`${deal}/pay`);
    await expect(buyer.page.locator("main")).toContainText(/1\.50.USDT\S* more was seen.*Do not send it again/, { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(buyer.page.locator("[aria-labelledby=arrived] li")).toHaveText([/398\.50.USDT.*arrived/, /1\.50.USDT.*seen, not final/]);
  await expect(buyer.page.locator(".pay-address")).toHaveCount(0);
  await photograph(buyer.page, "underpaid-topped-up");
  await confirm(buyer.page, own, rest);
  await standsAt(seller.page, deal, "Held by Amn");
  await expectMoney(seller.page, { "Received": "400.00", "Held by Amn": "400.00" });
  await expect(next(seller.page)).toHaveText("Mark as shipped");
  await leave(buyer, seller);
});

test("too much is the buyer's: it goes back to their address, and the deal goes on", async ({ browser, own }) => {
  test.setTimeout(120_000);
  const { buyer, seller } = await enterBoth(browser, own);
  const deal = await meet(buyer.page, seller.page);
  await nameRefundAddress(buyer.page, own, deal);
  await send(buyer.page, own, await addressOf(buyer.page, deal), "405");
  await standsAt(buyer.page, deal, "Held by Amn");
  await expectMoney(buyer.page, { "Received": "405.00", "Held by Amn": "400.00", "Too much, the buyer's": "5.00" });
  await buyer.page.goto(`${deal}/pay`);
  await expect(buyer.page.locator("main")).toContainText(/5\.00.USDT\S* extra is yours/);
  await photograph(buyer.page, "overpaid-pay");

  await expect(next(buyer.page)).toHaveText("Have the surplus sent back");
  await next(buyer.page).click();
  await expect(buyer.page.getByRole("heading", { level: 1 })).toContainText("4.70");
  await next(buyer.page).click();
  await expect(buyer.page).toHaveURL(/done=deal_surplus/);
  // A new address waits for a day, and the room says so.
  await expect(buyer.page.locator("#money")).toContainText("your address is new: nothing is sent there before");
  await photograph(buyer.page, "overpaid-waits");
  expect(await paidTo(buyer.page, own, REFUNDS)).toEqual([]);
  await wait(buyer.page, "1 day");
  await expect.poll(() => paidTo(buyer.page, own, REFUNDS), { timeout: 20_000 }).toEqual([470n * CENT]);
  await standsAt(buyer.page, deal, "Held by Amn");
  await expect(async () => {
    await buyer.page.goto(deal);
    await expectMoney(buyer.page, { "Held by Amn": "400.00", "Paid back to the buyer": "4.70", "Network fees": "0.30" });
  }).toPass({ timeout: 20_000 });
  await photograph(buyer.page, "overpaid-returned");

  await deliver(buyer.page, seller.page, deal);
  await release(buyer.page, deal);
  await standsAt(seller.page, deal, "Paid to the seller");
  await expectMoney(seller.page, { "Received": "405.00", "Paid to the seller": "395.70", "Amn's fee": "4.00" });
  await leave(buyer, seller);
});

test("a late payment is safe, and goes on once both agree", async ({ browser, own }) => {
  test.setTimeout(120_000);
  const { buyer, seller } = await enterBoth(browser, own);
  const deal = await meet(buyer.page, seller.page);
  const address = await addressOf(buyer.page, deal);
  await wait(buyer.page, "1 hour");
  await standsAt(buyer.page, deal, "Expired, nothing held");
  await buyer.page.goto(`${deal}/pay`);
  await expect(buyer.page.locator("main")).toContainText("Do not pay to its address");
  await photograph(buyer.page, "expired-pay");

  await send(buyer.page, own, address, "400");
  await expect(async () => {
    await buyer.page.goto(deal);
    await buyer.page.getByRole("button", { name: "Check the chain now" }).click();
    await expect(buyer.page.locator(".now .chip")).toContainText("Late payment, safe", { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await photograph(buyer.page, "late-room");
  await buyer.page.goto("/deals?phase=over");
  await expect(buyer.page.locator("li.card", { has: buyer.page.locator(`a[href="${deal}"]`) })).toContainText("Late payment, safe");
  // The pay page, where a payer looks first, says that it is safe, until when, and how to go on.
  await buyer.page.goto(`${deal}/pay`);
  await expect(buyer.page.locator("main")).toContainText("Your payment came late and is safe.");
  await expect(buyer.page.locator(".foreseen time").first()).toBeVisible();
  await photograph(buyer.page, "late-pay");
  await expect(next(buyer.page)).toHaveText("Agree to go on");
  await next(buyer.page).click();
  await next(buyer.page).click();
  await expect(buyer.page).toHaveURL(/done=deal_reopen_agreed/);
  await expect(buyer.page.locator(".now")).toContainText("The other side has not agreed");
  await standsAt(seller.page, deal, "Late payment, safe");
  await next(seller.page).click();
  await photograph(seller.page, "late-reopen");
  await next(seller.page).click();
  await standsAt(seller.page, deal, "Held by Amn");
  await expectMoney(seller.page, { "Received": "400.00", "Held by Amn": "400.00" });
  await leave(buyer, seller);
});

test("a late payment that nobody wants to go on with is paid back by itself", async ({ browser, own }) => {
  test.setTimeout(120_000);
  const { buyer, seller } = await enterBoth(browser, own);
  const deal = await meet(buyer.page, seller.page);
  await nameRefundAddress(buyer.page, own, deal);
  const address = await addressOf(buyer.page, deal);
  await wait(buyer.page, "1 hour");
  await standsAt(buyer.page, deal, "Expired, nothing held");
  await send(buyer.page, own, address, "400");
  await expect(async () => {
    await buyer.page.goto(deal);
    await buyer.page.getByRole("button", { name: "Check the chain now" }).click();
    await expect(buyer.page.locator(".now .chip")).toContainText("Late payment, safe", { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  expect(await paidTo(buyer.page, own, REFUNDS)).toEqual([]);

  await wait(buyer.page, "3 days");
  await expect.poll(() => paidTo(buyer.page, own, REFUNDS), { timeout: 60_000 }).toEqual([39_970n * CENT]);
  await expect(async () => {
    await buyer.page.goto(deal);
    await expectMoney(buyer.page, { "Received": "400.00", "Paid back to the buyer": "399.70", "Network fees": "0.30" });
  }).toPass({ timeout: 30_000 });
  await photograph(buyer.page, "late-returned");
  await leave(buyer, seller);
});
