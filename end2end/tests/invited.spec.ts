// Invited sellers, without scripts: a request for those whom the buyer names, and nobody else.
import type { Browser, Page } from "@playwright/test";
import { type App, choose, expect, signIn, test } from "../fixtures/app.ts";
import { lookAt } from "../fixtures/look.ts";
import { makeOffer, postRequest } from "../fixtures/market.ts";

/** A browser, in which a script runs only where a page is looked at. */
async function browse(browser: Browser, app: App, role?: string, which = 0, javaScriptEnabled = false): Promise<Page> {
  const context = await browser.newContext({
    baseURL: app.url,
    javaScriptEnabled,
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  if (role) await signIn(page, app, role, which);
  await choose(context, app, { lang: "en", theme: "light" });
  return page;
}

test("a buyer asks one seller: she is told and offers, others find nothing", async ({ browser, app }) => {
  test.setTimeout(240_000);
  const buyer = await browse(browser, app, "buyer");
  const seller = await browse(browser, app, "seller");
  const other = await browse(browser, app, "seller", 1);
  const visitor = await browse(browser, app);
  const request = await postRequest(buyer, { title: "For Sara's eyes only" });
  await other.goto(request);
  await expect(other.getByRole("heading", { level: 1 })).toContainText("For Sara's eyes only");

  await buyer.goto(request);
  await buyer.getByRole("link", { name: "Invite sellers" }).click();
  await buyer.locator("[name=name]").fill("SAR");
  await buyer.getByRole("button", { name: "Search" }).click();
  await buyer.getByRole("button", { name: /^Invite.*Sara/ }).click();
  await expect(buyer).toHaveURL(/done=saved/);
  await expect(buyer.getByRole("heading", { name: "Invited" })).toBeVisible();
  const looker = await browse(browser, app, "buyer", 0, true);
  await lookAt(looker, app, new URL(buyer.url()).pathname, "invited-page");

  for (const stranger of [other, visitor]) {
    expect((await stranger.goto(request))!.status()).toBe(404);
  }
  await seller.goto("/feed");
  await expect(seller.locator("main")).toContainText("For Sara's eyes only");
  await makeOffer(seller, request, { price: "310" });

  await buyer.goto(`${request.split("-").slice(0, 5).join("-")}/invite`);
  await buyer.getByRole("button", { name: "Take back, and open the request to everybody" }).click();
  await expect(buyer).toHaveURL(/done=saved/);
  expect((await visitor.goto(request))!.status()).toBe(200);
});
