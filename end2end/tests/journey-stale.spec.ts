// Decisions on what is no longer so, and forms that are sent twice.
import { type Page } from "@playwright/test";
import { expect, test } from "../fixtures/app.ts";
import { deliver, pay, release, standsAt, takeWay } from "../fixtures/deal.ts";
import { makeOffer, meet, next, postRequest } from "../fixtures/market.ts";
import { enterBoth, leave } from "../fixtures/people.ts";

const STALE = "This deal changed while you were reading. Nothing was done.";

/** Another page of the same person, where something happens meanwhile. */
async function meanwhile(page: Page, act: (other: Page) => Promise<void>): Promise<void> {
  const other = await page.context().newPage();
  await act(other);
  await other.close();
}

async function proposeSplit(page: Page, deal: string, part: string): Promise<void> {
  await page.goto(`${deal}/split?value=${part}`);
  await page.getByRole("button", { name: "Propose this division" }).click();
  await expect(page).toHaveURL(/done=deal_proposed/);
}

/** Sends the page's main form several times at once, as it stands: same key, same fields. */
async function sendAtOnce(page: Page, origin: string, times: number, button: Record<string, string> = {}) {
  const sent = await page.locator("main form[method=post]").last().evaluate((form) => ({
    path: (form as HTMLFormElement).action,
    fields: Object.fromEntries(new FormData(form as HTMLFormElement) as never) as Record<string, string>,
  }));
  const once = () =>
    page.request.post(sent.path, {
      form: { ...sent.fields, ...button },
      headers: { origin },
      maxRedirects: 0,
    });
  const answers = await Promise.all(Array.from({ length: times }, once));
  return answers.map((answer) => ({ status: answer.status(), to: answer.headers()["location"] }));
}

test("a decision on an older version of the deal is not carried out", async ({ browser, app }) => {
  test.setTimeout(120_000);
  const { buyer, seller } = await enterBoth(browser, app);
  const deal = await meet(buyer.page, seller.page);
  await pay(buyer.page, app, deal);

  // What was typed stays, and nothing is shipped.
  await seller.page.goto(`${deal}/ship`);
  await seller.page.locator("[name=carrier]").fill("DHL");
  await seller.page.locator("[name=tracking]").fill("JD0146");
  await meanwhile(buyer.page, (page) => proposeSplit(page, deal, "100"));
  await next(seller.page).click();
  await expect(seller.page.getByRole("alert")).toContainText(STALE);
  await expect(seller.page.locator("[name=tracking]")).toHaveValue("JD0146");
  await standsAt(buyer.page, deal, "Held by Amn");

  // The release above all: it has to be ticked anew.
  await deliver(buyer.page, seller.page, deal);
  await buyer.page.goto(`${deal}/accept`);
  await buyer.page.locator("label[for=checked]").click();
  await meanwhile(seller.page, (page) => proposeSplit(page, deal, "50"));
  await next(buyer.page).click();
  await expect(buyer.page.getByRole("alert")).toContainText(STALE);
  await expect(buyer.page.locator("[name=checked]")).not.toBeChecked();
  await standsAt(seller.page, deal, "Being checked");
  await release(buyer.page, deal);
  await standsAt(seller.page, deal, "Paid to the seller");

  // A step whose time is over says where the deal stands.
  const over = await buyer.page.goto(`${deal}/changes`);
  expect(over?.status()).toBe(409);
  await expect(buyer.page.locator("main .chip")).toContainText("Paid to the seller");
  await leave(buyer, seller);
});

test("a form that is sent twice is carried out once", async ({ browser, app }) => {
  test.setTimeout(120_000);
  const { buyer, seller } = await enterBoth(browser, app);
  const request = await postRequest(buyer.page);
  await makeOffer(seller.page, request);
  await buyer.page.goto(`${request}/offers`);
  await buyer.page.getByRole("link", { name: "Look at the terms" }).click();
  await expect(next(buyer.page)).toBeVisible();
  const accepted = await sendAtOnce(buyer.page, app.url, 3);
  expect(accepted.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(new Set(accepted.map(({ to }) => to)).size).toBe(1);
  const deal = accepted[0]!.to!.replace(/\/pay$/, "");

  await pay(buyer.page, app, deal);
  await seller.page.goto(`${deal}/ship`);
  const shipped = await sendAtOnce(seller.page, app.url, 3, { carrier: "DHL" });
  expect(shipped.map(({ status }) => status)).toEqual([303, 303, 303]);
  await standsAt(seller.page, deal, "On its way");
  await expect(seller.page.locator("#timeline").getByText("The seller shipped.")).toHaveCount(1);

  await seller.page.goto(`${deal}/split?value=100`);
  const proposed = await sendAtOnce(seller.page, app.url, 3, { act: "propose" });
  expect(proposed.map(({ status }) => status)).toEqual([303, 303, 303]);
  await seller.page.goto(deal);
  await expect(seller.page.locator("#timeline").getByText("The seller proposes to divide")).toHaveCount(1);

  // The same key for another wish is refused.
  await takeWay(buyer.page, deal, "Divide the money by agreement");
  const key = await seller.page.evaluate(() => "shared-" + Math.random());
  const send = (path: string, form: Record<string, string>) =>
    buyer.page.request.post(`${deal}/${path}`, {
      form: { key, ...form },
      headers: { origin: app.url },
      maxRedirects: 0,
    });
  expect((await send("split", { act: "propose", value: "20" })).status()).toBe(303);
  const other = await send("split", { act: "propose", value: "30" });
  expect(other.status()).not.toBe(303);
  expect(await other.text()).not.toContain("done=");
  await buyer.page.goto(deal);
  await expect(buyer.page.locator("#timeline").getByText(/The buyer proposes|You propose/)).toHaveCount(1);
  await leave(buyer, seller);
});

test("an offer that was revised meanwhile is not accepted unseen", async ({ browser, app }) => {
  test.setTimeout(120_000);
  const { buyer, seller } = await enterBoth(browser, app);
  const request = await postRequest(buyer.page);
  await makeOffer(seller.page, request);
  await buyer.page.goto(`${request}/offers`);
  await buyer.page.getByRole("link", { name: "Look at the terms" }).click();
  await expect(next(buyer.page)).toContainText("400.00");

  await seller.page.goto(`${request}/offer`);
  await seller.page.locator("[name=price]").fill("410");
  await next(seller.page).click();
  await expect(seller.page).toHaveURL(/done=offer_revised/);

  await next(buyer.page).click();
  await expect(buyer.page.getByRole("alert")).toContainText("changed while you were reading. Nothing was done.");
  await expect(next(buyer.page)).toContainText("410.00");
  await seller.page.goto(request);
  await expect(seller.page.locator("main")).toContainText("Your offer");
  await next(buyer.page).click();
  await expect(buyer.page).toHaveURL(/\/deals\/[^/]+\/pay$/);
  await expect(buyer.page.getByRole("heading", { level: 1 })).toContainText("410.00");
  await leave(buyer, seller);
});
