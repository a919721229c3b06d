// Hostile words in every field that a page shows again: always text, never markup.
import { type Page } from "@playwright/test";
import { addressOf, pay, standsAt } from "../fixtures/deal.ts";
import { expectHarmless, expectHarmlessAt, hostile } from "../fixtures/hostile.ts";
import { acceptOffer, next, tick } from "../fixtures/market.ts";
import { expect, test } from "../fixtures/own-server.ts";
import { enter, enterBoth, leave, photograph } from "../fixtures/people.ts";

/** Types hostile words into fields, each up to its own limit, another part leading in each. */
async function attack(page: Page, fields: string[], except: Record<string, string> = {}) {
  for (const [number, name] of fields.entries()) {
    const field = page.locator(`[name=${name}]`);
    const max = Number((await field.getAttribute("maxlength")) ?? 300);
    await field.evaluate((field) => {
      const folded = field.closest("details");
      if (folded) folded.open = true;
    });
    await field.fill(except[name] ?? hostile(max, number % 3));
  }
}

/** What was typed stands in the refused form again. */
async function expectKept(page: Page, fields: string[]) {
  await expect(page.getByRole("alert")).toBeVisible();
  await expectHarmless(page);
  for (const name of fields) {
    await expect(page.locator(`[name=${name}]`)).toHaveValue(/<script>|onerror/);
  }
}

test("hostile words stay words, from the profile to the dispute", async ({ browser, own }) => {
  test.setTimeout(180_000);
  const { buyer, seller } = await enterBoth(browser, own);
  const visitor = await enter(browser, own, "buyer", 1);

  for (const { page } of [buyer, seller]) {
    await page.goto("/account/profile");
    await attack(page, ["first_name", "last_name", "bio"]);
    await next(page).click();
    await expect(page.locator("#first_name-error")).toContainText("no <");
    await expectKept(page, ["first_name", "bio"]);
    // What is left to a name: quotes, long words, letters beyond the first plane.
    await page.locator("[name=first_name]").fill("O'𐐔𐐯𐑅\u202E'Connor");
    await page.locator("[name=last_name]").fill("W".repeat(40));
    await next(page).click();
    await expect(page).toHaveURL(/done=saved/);
    await expectHarmlessAt(page, ["/account", "/account/profile", "/account/sessions", "/"]);
  }

  const what = ["title", "description", "brand", "size", "color", "tags"];
  await buyer.page.goto("/requests/new/what");
  await attack(buyer.page, [...what, "specifications", "link"], {
    specifications: `${hostile(30)}: ${hostile(80, 1).replaceAll(":", "")}`,
    tags: hostile(30),
  });
  await next(buyer.page).click();
  await expectKept(buyer.page, what);
  await attack(buyer.page, ["link"], { link: "https://example.com/%22%3E%3Cscript%3E" });
  await buyer.page.locator("[name=category]").selectOption({ label: "Cameras and photography" });
  await tick(buyer.page, "kind", "physical_product");
  await next(buyer.page).click();
  await expect(buyer.page).toHaveURL(/\/requests\/new\/delivery/);
  const where = ["recipient", "street", "extra", "city", "region", "postal_code", "phone", "notes"];
  await attack(buyer.page, where);
  await next(buyer.page).click();
  await expectKept(buyer.page, ["recipient", "street", "city", "notes"]);
  await buyer.page.locator("[name=phone]").fill("+355 69 123 4567");
  await buyer.page.locator("[name=country]").selectOption("AL");
  await next(buyer.page).click();
  await expect(buyer.page).toHaveURL(/\/requests\/new\/budget/);
  await attack(buyer.page, ["max", "min", "inspection"]);
  await next(buyer.page).click();
  await expect(buyer.page.getByRole("alert")).toBeVisible();
  await expectHarmless(buyer.page);
  await buyer.page.locator("[name=max]").fill("450");
  await buyer.page.locator("[name=min]").fill("");
  await buyer.page.locator("[name=inspection]").fill("3");
  await next(buyer.page).click();
  await expectHarmless(buyer.page);
  // Whoever checks sees all that was typed.
  for (const word of ["Brand", "Size", "Colour", "Shown at", "Words to find it by", "Notes for delivery"]) {
    await expect(buyer.page.locator("main")).toContainText(word);
  }
  await photograph(buyer.page, "hostile-check");
  await next(buyer.page).click();
  await expect(buyer.page).toHaveURL(/done=request_posted/);
  const request = new URL(buyer.page.url()).pathname;
  await expectHarmlessAt(buyer.page, [request, `${request}/edit`, `${request}/cancel`, "/requests/mine"]);
  const query = encodeURIComponent(hostile(100));
  await expectHarmlessAt(visitor.page, [
    request,
    "/requests",
    `/requests?q=${query}&category=${query}&min=${query}`,
    `/fa${request}`,
    `/auth/sign-in?next=${query}`,
    `/dev/mail?to=${query}`,
    `/${query}`,
  ]);
  await photograph(visitor.page, "hostile-not-found");

  await seller.page.goto(`${request}/offer`);
  await attack(seller.page, ["title", "description", "price", "delivery", "notes"]);
  await next(seller.page).click();
  await expectKept(seller.page, ["title", "description", "notes"]);
  await seller.page.locator("[name=price]").fill("400");
  await seller.page.locator("[name=delivery]").fill("12");
  for (const network of ["bsc", "polygon", "ethereum"]) {
    await tick(seller.page, "networks", network, network === "bsc");
  }
  await next(seller.page).click();
  await expect(seller.page).toHaveURL(/done=offer_made/);
  await expectHarmlessAt(seller.page, [request, "/offers", `${request}/offer/withdraw`]);
  await expectHarmlessAt(buyer.page, [`${request}/offers`]);
  await photograph(buyer.page, "hostile-offers");
  await buyer.page.getByRole("link", { name: "Ask for better" }).click();
  await attack(buyer.page, ["price", "note"], { price: "390" });
  await next(buyer.page).click();
  await expect(buyer.page).toHaveURL(/done=wish_sent/);
  await expectHarmlessAt(seller.page, [request, `${request}/offer`, "/notifications"]);

  const deal = await acceptOffer(buyer.page, request);
  await addressOf(buyer.page, deal);
  await expectHarmlessAt(buyer.page, [
    `${deal}/pay?check=${query}`,
    `${deal}/refund-address`,
    `/payouts/address/new?network=${query}`,
  ]);
  await pay(buyer.page, own, deal);
  await expectHarmlessAt(buyer.page, [`${deal}/split?value=${query}`, "/deals", "/notifications"]);
  await seller.page.goto(`${deal}/ship`);
  await attack(seller.page, ["carrier", "tracking"]);
  await next(seller.page).click();
  await expect(seller.page).toHaveURL(/done=deal_shipped/);
  for (const { page } of [buyer, seller]) {
    await standsAt(page, deal, "On its way");
    await expectHarmless(page);
  }

  await buyer.page.goto(`${deal}/dispute`);
  await attack(buyer.page, ["wanted", "statement"]);
  await next(buyer.page).click();
  await expectKept(buyer.page, ["statement"]);
  await tick(buyer.page, "category", "product_quality");
  await buyer.page.locator("[name=wanted]").fill("280");
  await next(buyer.page).click();
  await expectHarmless(buyer.page);
  await next(buyer.page).click();
  await expect(buyer.page).toHaveURL(/done=deal_dispute_opened/);
  await seller.page.goto(`${deal}/answer`);
  await expectHarmless(seller.page);
  await attack(seller.page, ["statement"]);
  await next(seller.page).click();
  await expect(seller.page).toHaveURL(/done=deal_answered/);
  for (const { page } of [buyer, seller]) {
    await standsAt(page, deal, "Frozen");
    await expect(page.locator("main")).toContainText("</textarea><script>");
    await expectHarmless(page);
  }
  await photograph(buyer.page, "hostile-dispute");

  // Letters are pages, too.
  const letters = (await (await visitor.page.request.get("/dev/mail.json")).json()).messages;
  await expectHarmlessAt(visitor.page, letters.slice(0, 6).map(({ id }: { id: string }) => `/dev/mail/${id}`));
  await leave(buyer, seller, visitor);
});
