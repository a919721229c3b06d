// Pictures and documents of requests and offers, without scripts: added, refused, seen, taken away.
import type { Browser, Page } from "@playwright/test";
import { type App, choose, expect, signIn, test } from "../fixtures/app.ts";
import { lookAt, lookOnceMore } from "../fixtures/look.ts";
import { makeOffer, next, postRequest, tick } from "../fixtures/market.ts";

const MB = 1024 * 1024;
const PDF = {
  name: "size chart.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"),
};

/** A browser of somebody signed in or of a visitor, in which scripts run only to look at a page. */
async function browse(browser: Browser, app: App, role?: string, javaScriptEnabled = false): Promise<Page> {
  const context = await browser.newContext({
    baseURL: app.url,
    javaScriptEnabled,
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  if (role) await signIn(page, app, role);
  await choose(context, app, { lang: "en", theme: "light" });
  return page;
}

/** Something that is really a picture. */
async function photo(page: Page, name = "mine.png") {
  return { name, mimeType: "image/png", buffer: await page.screenshot() };
}

/** Sends files and answers with the status of what came back. */
async function send(page: Page, files: Parameters<ReturnType<Page["locator"]>["setInputFiles"]>[0]) {
  await page.locator("[name=files]").setInputFiles(files);
  const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.getByRole("button", { name: "Add them" }).click();
  return (await answered).status();
}

test("a buyer shows pictures, visitors see them, and what is taken away is gone", async ({ browser, app }) => {
  test.setTimeout(240_000);
  const buyer = await browse(browser, app, "buyer");
  const request = await postRequest(buyer, { title: "Folding bicycle with pictures" });
  await buyer.goto(request);
  await buyer.locator("main").getByRole("link", { name: "Pictures and documents" }).click();
  await expect(buyer).toHaveURL(/\/files$/);
  const files = buyer.url();

  const program = { name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from("MZ\u0090\0 no picture", "latin1") };
  const large = { name: "huge.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(10 * MB + 1, 1) };
  expect(await send(buyer, [PDF, await photo(buyer), program, large])).toBe(422);
  const alert = buyer.getByRole("alert");
  await expect(alert).toContainText("photo.jpg was left out");
  await expect(alert).toContainText("huge.pdf is larger than 10 MB");
  await expect(buyer.getByRole("img", { name: "Picture: mine.jpg" })).toBeVisible();
  await expect(buyer.getByRole("link", { name: "size chart.pdf" })).toBeVisible();

  const visitor = await browse(browser, app);
  await visitor.goto(request);
  const shown = visitor.getByRole("img", { name: "Picture: mine.jpg" });
  await expect(shown).toBeVisible();
  const src = (await shown.getAttribute("src"))!;
  const small = await visitor.request.get(src);
  expect(small.headers()["content-type"]).toBe("image/jpeg");
  const whole = await visitor.request.get(src.replace("/preview", ""));
  expect(whole.headers()["content-disposition"]).toBe("inline");
  expect((await whole.body()).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  const document = visitor.getByRole("link", { name: "size chart.pdf" });
  const saved = await visitor.request.get((await document.getAttribute("href"))!);
  expect(saved.headers()["content-disposition"]).toContain("attachment");
  await visitor.goto("/requests?q=Folding+bicycle+with+pictures");
  await expect(visitor.locator(".request-picture").first()).toBeVisible();
  const looker = await browse(browser, app, "buyer", true);
  await lookAt(looker, app, request, "attachments-request");
  await lookAt(looker, app, new URL(files).pathname, "attachments-page");
  await looker.goto(files);
  await send(looker, [program]);
  await lookOnceMore(looker, "en", "attachments-refused");

  await buyer.goto(files);
  await buyer.getByRole("button", { name: "Take away mine.jpg" }).click();
  await expect(buyer).toHaveURL(/done=saved/);
  await expect(buyer.getByRole("img", { name: "Picture: mine.jpg" })).toHaveCount(0);
  const gone = await visitor.request.get(src, { maxRedirects: 0 });
  expect([303, 404]).toContain(gone.status());
});

test("a visitor's draft goes through signing in, and takes its pictures then", async ({ browser, app }) => {
  const visitor = await browse(browser, app);
  await visitor.goto("/requests/new/what");
  await visitor.locator("[name=title]").fill("A chair like this one");
  await visitor.locator("[name=description]").fill("Oak, with arms.");
  await visitor.locator("[name=category]").selectOption({ index: 1 });
  await tick(visitor, "kind", "physical_product");
  await visitor.getByRole("button", { name: "Save and add pictures" }).click();
  await expect(visitor).toHaveURL(/\/auth\/sign-in\?next=/);
  const account = app.accounts.find((account) => account.role === "buyer")!;
  await visitor.locator("[name=email]").fill(account.email);
  await visitor.locator("[name=password]").fill(account.password);
  await visitor.locator("main form button[type=submit]").first().click();
  await expect(visitor).toHaveURL(/\/requests\/new\/files\?draft=/);
  expect(await send(visitor, [await photo(visitor, "chair.png")])).toBe(303);
  await expect(visitor.getByRole("img", { name: "Picture: chair.jpg" })).toBeVisible();
  await next(visitor).click();
  await expect(visitor).toHaveURL(/\/requests\/new\/delivery\?draft=/);
});

test("pictures of an offer are for the buyer alone", async ({ browser, app }) => {
  const buyer = await browse(browser, app, "buyer");
  const seller = await browse(browser, app, "seller");
  const request = await postRequest(buyer, { title: "Enlarger for 6x6" });
  await makeOffer(seller, request, { price: "300" });
  await seller.goto(request);
  await seller.getByRole("link", { name: "Pictures and documents" }).click();
  expect(await send(seller, [await photo(seller, "mine.png")])).toBe(303);
  await buyer.goto(`${request}/offers`);
  const picture = buyer.getByRole("img", { name: "Picture: mine.jpg" });
  await expect(picture).toBeVisible();
  const visitor = await browse(browser, app);
  const src = (await picture.getAttribute("src"))!;
  expect((await visitor.request.get(src, { maxRedirects: 0 })).status()).toBe(303);
});
