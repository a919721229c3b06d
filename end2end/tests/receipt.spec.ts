// A deal's receipt: taken in the room, checked by anybody, with scripts and without.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { type App, choose, expect, signIn, test } from "../fixtures/app.ts";
import { lookAt, lookOnceMore } from "../fixtures/look.ts";
import { next } from "../fixtures/market.ts";

/** The receipt of a finished deal of the demo, saved by the link in its room. */
async function takeReceipt(page: Page, app: App): Promise<{ name: string; text: string }> {
  await signIn(page, app, "buyer");
  await page.goto("/deals?phase=over");
  await page.locator("main li", { hasText: "Paid to the seller" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Receipt", exact: true })).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the receipt" }).click();
  const download = await saved;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

/** Has a file checked. */
async function check(page: Page, text: string): Promise<void> {
  await page.goto(new URL(page.url()).pathname.startsWith("/fa") ? "/fa/verify" : "/verify");
  const buffer = Buffer.from(text);
  await page.locator("[name=file]").setInputFiles({ name: "receipt.json", mimeType: "application/json", buffer });
  await next(page).click();
}

/** The last event with anything to be read in it: what passes between staff stands closed. */
function lastOpen(text: string): number {
  const events: { seq: number; fields: { value?: string }[] }[] = JSON.parse(text).events;
  return events.filter((event) => event.fields.some((field) => field.value)).at(-1)!.seq;
}

/** The file with one byte of an event changed: of its moment, which comes first. */
function altered(text: string, event: number): string {
  const start = text.indexOf(`{"seq":${event},`, text.indexOf('"events":'));
  const place = text.indexOf('"value":"', start) + '"value":"'.length;
  return text.slice(0, place) + (text[place] === "1" ? "2" : "1") + text.slice(place + 1);
}

function count(text: string): number {
  return JSON.parse(text).events.length;
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("whoever has a receipt sees that it is whole, and which event was altered", async ({ page, app, browser }) => {
      const { name, text } = await takeReceipt(page, app);
      expect(name).toMatch(/^amn-receipt-[0-9A-Z]{4}\.json$/);
      const context = await browser.newContext({ baseURL: app.url, javaScriptEnabled });
      const visitor = await context.newPage();
      await visitor.goto("/verify");
      await check(visitor, text);
      const answer = visitor.locator("main [role=status]");
      await expect(answer).toContainText(`Valid: ${count(text)} events unchanged`);
      await expect(visitor.locator("main .summary-list")).toContainText("USDT");
      await expect(visitor.locator("main .summary-list")).toContainText("the buyer");
      const event = lastOpen(text);
      await check(visitor, altered(text, event));
      await expect(answer).toContainText(`Event ${event} was altered`);
      await expect(visitor.locator("main .summary-list")).toHaveCount(0);
      await visitor.goto("/verify");
      await visitor.locator("[name=pasted]").fill(text);
      await next(visitor).click();
      await expect(answer).toContainText("Valid:");
      await context.close();
    });
  });
}

test("what is no receipt, and nothing at all, is refused with what to do, and what was pasted stays", async ({ page }) => {
  await page.goto("/verify");
  await next(page).click();
  await expect(page.locator("#errors")).toContainText("Choose the file of a receipt");
  await page.locator("[name=pasted]").fill('{"an":"invoice"}');
  await next(page).click();
  await expect(page.locator("#errors")).toContainText("This is not a receipt");
  await expect(page.locator("[name=pasted]")).toHaveValue('{"an":"invoice"}');
  await check(page, "x".repeat(5_000_000));
  await expect(page.locator("#errors")).toContainText("larger than any receipt");
});

test("the answers look right in both languages, and nobody else is shown them", async ({ page, app, browser }) => {
  const { text } = await takeReceipt(page, app);
  const context = await browser.newContext({ baseURL: app.url });
  const visitor = await context.newPage();
  for (const lang of ["en", "fa"] as const) {
    await choose(context, app, { lang });
    await visitor.goto("/verify");
    await check(visitor, text);
    await expect(visitor.locator("main [role=status]")).toContainText(lang === "en" ? "Valid:" : "معتبر");
    await lookOnceMore(visitor, lang, "verify-valid");
    await check(visitor, altered(text, 3));
    await expect(visitor.locator("main [role=status]")).toContainText(lang === "en" ? "Event 3" : "رویداد ۳");
    await lookOnceMore(visitor, lang, "verify-altered");
    await visitor.goto("/verify");
    await expect(visitor.locator("main [role=status]")).toHaveCount(0);
  }
  await context.close();
  const room = new URL(page.url()).pathname;
  await lookAt(page, app, room, "deal-with-receipt");
});

test("a receipt is for the parties of its deal alone", async ({ page, app, browser }) => {
  await takeReceipt(page, app);
  const receipt = `${new URL(page.url()).pathname}/receipt`;
  expect((await page.request.get(receipt)).status()).toBe(200);
  const context = await browser.newContext({ baseURL: app.url });
  const stranger = await context.newPage();
  await signIn(stranger, app, "buyer", 1);
  expect((await stranger.request.get(receipt)).status()).toBe(404);
  await context.close();
});

test("the program checks a receipt without any server", async ({ page, app }) => {
  const { text } = await takeReceipt(page, app);
  await page.goto("/verify");
  const key = (await page.locator("#receipt-key").textContent())!;
  const folder = await mkdtemp(join(tmpdir(), "amn-receipt-"));
  const verify = async (text: string, ...more: string[]) => {
    const file = join(folder, "receipt.json");
    await writeFile(file, text);
    return new Promise<{ code: number; said: string }>((resolve) => {
      const program = execFile(process.env.AMN_BIN!, ["verify-receipt", file, ...more], { env: {} }, (_, said) =>
        resolve({ code: program.exitCode!, said }),
      );
    });
  };
  const whole = await verify(text, "--key", key);
  expect(whole).toEqual({ code: 0, said: expect.stringContaining(`Valid: ${count(text)} events unchanged.`) });
  expect(await verify(altered(text, 5))).toEqual({ code: 1, said: "Event 5 was altered.\n" });
  expect((await verify(text, "--key", "0".repeat(64))).code).toBe(1);
  expect((await verify("an invoice")).code).toBe(2);
  await rm(folder, { recursive: true });
});
