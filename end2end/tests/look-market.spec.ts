// Pages of requests and offers, which need some to exist.
import { type Page } from "@playwright/test";
import { type App, expect, test } from "../fixtures/app.ts";
import { lookAt, lookOnceMore } from "../fixtures/look.ts";
import { makeOffer, next, postRequest, tick } from "../fixtures/market.ts";
import { enter, enterBoth, leave } from "../fixtures/people.ts";

/** Looks at pages, each by its name. */
async function lookAtAll(page: Page, app: App, pages: Record<string, string>): Promise<void> {
  for (const [name, path] of Object.entries(pages)) await lookAt(page, app, path, name);
}

test("the wizard's four steps, and one of them refused", async ({ browser, app }) => {
  test.setTimeout(120_000);
  const buyer = await enter(browser, app, "buyer");
  const { page } = buyer;
  await page.goto("/requests/new/what");
  await next(page).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await lookOnceMore(page, "en", "market-wizard-refused");
  await page.locator("[name=title]").fill("Canon AE-1 with a 50 mm lens");
  await page.locator("[name=description]").fill("Meter and shutter work.");
  await page.locator("[name=category]").selectOption({ label: "Cameras and photography" });
  await tick(page, "kind", "physical_product");
  await next(page).click();
  await expect(page).toHaveURL(/\/requests\/new\/delivery/);
  const { search } = new URL(page.url());
  await lookAtAll(page, app, {
    "market-wizard-what": `/requests/new/what${search}`,
    "market-wizard-delivery": `/requests/new/delivery${search}`,
    "market-wizard-budget": `/requests/new/budget${search}`,
    "market-wizard-check": `/requests/new/check${search}`,
  });
  await leave(buyer);
});

test("a request and its offers, as its buyer and a seller see them", async ({ browser, app }) => {
  test.setTimeout(240_000);
  const { buyer, seller } = await enterBoth(browser, app);
  const request = await postRequest(buyer.page);
  await lookAtAll(seller.page, app, {
    "market-request-seller": request,
    "market-offer-form": `${request}/offer`,
    "market-feed": "/feed",
  });
  await makeOffer(seller.page, request);
  await lookAtAll(seller.page, app, {
    "market-offer-revise": `${request}/offer`,
    "market-offer-withdraw": `${request}/offer/withdraw`,
    "market-offers-own": "/offers",
    "market-browse": "/requests",
  });
  const visitor = await browser.newContext({ baseURL: app.url, viewport: { width: 360, height: 740 } });
  await lookAt(await visitor.newPage(), app, request, "market-request-visitor");
  await visitor.close();
  const second = await enter(browser, app, "seller", 1);
  const worn = { title: "Canon AE-1, a little worn", price: "350" };
  await makeOffer(second.page, request, worn, ["bsc", "polygon"]);
  await leave(second);
  await buyer.page.goto(`${request}/offers`);
  const first = buyer.page.getByRole("link", { name: "Look at the terms" }).first();
  const terms = await first.getAttribute("href");
  const two = await buyer.page.locator("li", { hasText: "a little worn" })
    .getByRole("link", { name: "Look at the terms" }).getAttribute("href");
  for (const label of await buyer.page.locator("label[for^=pin-]").all()) await label.click();
  await buyer.page.getByRole("button", { name: "Compare the ticked ones" }).click();
  const compared = new URL(buyer.page.url());
  await lookAtAll(buyer.page, app, {
    "market-request-buyer": request,
    "market-compare": compared.pathname + compared.search,
    "market-terms": `${terms}?network=bsc`,
    "market-network": two!,
    "market-counter": terms!.replace(/accept$/, "counter"),
    "market-edit": `${request}/edit`,
    "market-cancel": `${request}/cancel`,
    "market-mine": "/requests/mine",
    "market-deals": "/deals",
  });
  await lookAt(buyer.page, app, `${two}?asked=1`, "market-network-refused", 422);
  await leave(buyer, seller);
});
