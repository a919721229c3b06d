// Evidence, without scripts: files are added, kept when the form is refused, seen by both sides.
import type { Browser, Page } from "@playwright/test";
import { type App, choose, expect, signIn, test } from "../fixtures/app.ts";
import { lookAt, lookOnceMore } from "../fixtures/look.ts";

/** In delivery, from Sara (the first seller) to Bahar (the first buyer). */
const DELIVERED = "Gitzo Traveler, series 1";
/** Disputed, between Daniel (the second seller) and Bahar. */
const DISPUTED = "Wacom One 13, with pen and stand";
const MB = 1024 * 1024;

interface File {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const text = (name: string, words = "The parcel left on Monday."): File => ({
  name,
  mimeType: "text/plain",
  buffer: Buffer.from(words),
});
const program: File = {
  name: "setup.jpg",
  mimeType: "image/jpeg",
  buffer: Buffer.from("MZ\u0090\0\u0003\0\0\0 this is no picture", "latin1"),
};
const film: File = {
  name: "unpacking.mp4",
  mimeType: "video/mp4",
  buffer: Buffer.alloc(10 * MB + 1, 1),
};

/** Somebody with a browser of their own in which no script runs. */
async function person(browser: Browser, app: App, role: string, which = 0): Promise<Page> {
  const context = await browser.newContext({
    baseURL: app.url,
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await signIn(page, app, role, which);
  await choose(context, app, { lang: "en", theme: "light" });
  return page;
}

/** Opens the evidence page of a deal by its title, on the way a person takes; answers with its path. */
async function openEvidence(page: Page, title: string): Promise<string> {
  await page.goto("/deals");
  await page.getByRole("link", { name: title }).click();
  await page.locator("#evidence").getByRole("link", { name: "Add evidence" }).click();
  await expect(page).toHaveURL(/\/deals\/[0-9a-f-]+\/evidence$/);
  return new URL(page.url()).pathname;
}

/** Sends the form and answers with the status of what came back. */
async function send(page: Page): Promise<number> {
  const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.getByRole("button", { name: "Add to the evidence" }).click();
  return (await answered).status();
}

test("a photograph is added, and both sides see it and save the very bytes", async ({ browser, app }) => {
  const seller = await person(browser, app, "seller");
  const picture = await seller.screenshot();
  const path = await openEvidence(seller, DELIVERED);
  await seller.locator("[name=files]").setInputFiles([
    { name: "label.png", mimeType: "image/png", buffer: picture },
  ]);
  await seller.getByText("Photo of the sealed parcel with its label").first().click();
  await seller.locator("[name=note]").fill("The label, sealed");
  expect(await send(seller)).toBe(303);
  await expect(seller.getByRole("status")).toContainText("stands in the deal");
  await expect(seller.getByText("1 of 2 given")).toBeVisible();

  const buyer = await person(browser, app, "buyer");
  await buyer.goto(path.replace("/evidence", ""));
  const evidence = buyer.locator("#evidence");
  await expect(evidence).toContainText("The label, sealed");
  await expect(evidence).toContainText("The seller");
  const preview = evidence.getByRole("img", { name: "Preview of" });
  await preview.scrollIntoViewIfNeeded();
  await expect
    .poll(async () => (await buyer.request.get((await preview.getAttribute("src"))!)).headers()["content-type"])
    .toBe("image/jpeg");
  const href = await evidence.getByRole("link", { name: "label.png", exact: true }).getAttribute("href");
  const saved = await buyer.request.get(href!);
  expect(saved.headers()["content-disposition"]).toContain("attachment");
  expect(Buffer.compare(await saved.body(), picture)).toBe(0);

  const stranger = await person(browser, app, "buyer", 1);
  for (const hidden of [path, href!, `${href}/preview`]) {
    expect((await stranger.goto(hidden))?.status(), hidden).toBe(404);
  }
  for (const page of [seller, buyer, stranger]) await page.context().close();
});

test("what is wrong with some files does not lose the others, nor what was typed", async ({ browser, app }) => {
  const seller = await person(browser, app, "seller");
  await openEvidence(seller, DELIVERED);
  await expect(seller.locator("#files-hint")).toContainText("At most 10 MB each");
  await seller.locator("[name=files]").setInputFiles([text("receipt.txt"), program, film]);
  await seller.locator("[name=note]").fill("What the post wrote <i>");
  expect(await send(seller)).toBe(415);
  await expect(seller).toHaveTitle(/Error: /);
  const errors = seller.locator("#errors");
  await expect(errors).toContainText("setup.jpg is of a type that is not taken");
  await expect(errors).toContainText("unpacking.mp4 is larger than 10 MB");
  await expect(errors).toContainText("Say what these files show.");
  await expect(seller.locator("#files-error")).toBeVisible();
  await expect(seller.locator("[name=note]")).toHaveValue("What the post wrote <i>");
  await expect(seller.getByRole("checkbox", { name: "receipt.txt" })).toBeChecked();

  // The kept file and one more go in together; nothing had to be chosen again.
  await seller.locator("[name=files]").setInputFiles([text("<b>chat</b>\u202etxt.exe.txt")]);
  await seller.getByText("Something else").first().click();
  expect(await send(seller)).toBe(303);
  const list = seller.locator(".evidence-files");
  await expect(list.getByRole("link", { name: "receipt.txt", exact: true })).toHaveCount(1);
  await expect(list).toContainText("What the post wrote <i>");
  await expect(seller.locator("main b, main i, main script")).toHaveCount(0);
  await seller.context().close();
});

test("nothing chosen is said beside the field", async ({ browser, app }) => {
  const buyer = await person(browser, app, "buyer");
  await openEvidence(buyer, DELIVERED);
  expect(await send(buyer)).toBe(422);
  await expect(buyer.locator("#files-error")).toContainText("Choose at least one file.");
  await buyer.context().close();
});

test("what no form of ours sends is refused", async ({ browser, app }) => {
  const buyer = await person(browser, app, "buyer");
  const path = await openEvidence(buyer, DELIVERED);
  const headers = { origin: app.url };
  const post = (options: object) => buyer.request.post(path, { headers, maxRedirects: 0, ...options });
  expect((await post({ form: { key: "k", note: "" } })).status()).toBe(415);
  expect((await post({ multipart: { note: "no key" } })).status()).toBe(400);
  expect((await post({ multipart: { key: "k", staged: "no file" } })).status()).toBe(400);
  expect((await post({ multipart: { key: "k", files: film } })).status()).toBe(413);
  await buyer.context().close();
});

test("with scripts it is shown how far the files have come, and nothing is lost", async ({ browser, app }) => {
  const context = await browser.newContext({ baseURL: app.url });
  const page = await context.newPage();
  await signIn(page, app, "buyer");
  await openEvidence(page, DELIVERED);
  await expect(page.locator("html")).toHaveAttribute("data-live", "");
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/evidence", async (route) => {
    if (route.request().method() === "POST") await held;
    return route.continue();
  });
  await page.locator("[name=files]").setInputFiles([text("letter.txt"), program]);
  await page.locator("[name=note]").fill("What came with it.\nTwo pages.");
  await page.getByRole("button", { name: "Add to the evidence" }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await expect(page.locator(".uploading [role=status]")).toHaveText("Sending the files");
  release();
  await expect(page.locator("#errors")).toContainText("setup.jpg is of a type that is not taken");
  await expect(page.locator("#errors")).toBeFocused();
  await expect(page).toHaveTitle(/Error: /);
  await expect(page.locator("[name=note]")).toHaveValue("What came with it.\nTwo pages.");
  await page.getByRole("button", { name: "Add to the evidence" }).click();
  await expect(page).toHaveURL(/done=deal_evidence_added/);
  await expect(page.locator(".evidence-files")).toContainText("Two pages.");
  await context.close();
});

test("the evidence page, empty, refused and filled", async ({ browser, app }) => {
  const context = await browser.newContext({ baseURL: app.url });
  const page = await context.newPage();
  await signIn(page, app, "seller", 1);
  const path = await openEvidence(page, DISPUTED);
  await lookAt(page, app, path, "deal-evidence");
  await page.goto(path);
  await page.locator("[name=files]").setInputFiles([
    { name: "open-parcel.png", mimeType: "image/png", buffer: await page.screenshot() },
    program,
  ]);
  await page.locator("[name=note]").fill("The pen lies beside the screen.");
  await page.getByText("Photo of the sealed parcel with its label").first().click();
  expect(await send(page)).toBe(415);
  await expect(page.locator("#files-error")).toContainText("setup.jpg");
  await lookOnceMore(page, "en", "deal-evidence-refused");
  expect(await send(page)).toBe(303);
  await expect(page).toHaveURL(/done=deal_evidence_added/);
  await lookAt(page, app, path.replace("/evidence", ""), "deal-room-with-evidence");
  for (const lang of ["en", "fa"] as const) {
    await choose(context, app, { lang });
    await page.goto(path);
    await page.locator("main form button[type=submit]").first().click();
    await lookOnceMore(page, lang, "deal-evidence-nothing-chosen");
  }
  await context.close();
});
