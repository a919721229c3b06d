// What happens if nobody acts stands on every page of a deal, and our own absence costs nobody time.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { choose, expect, signIn, startServer, test } from "../fixtures/app.ts";

const STEPS = [
  "", "/accept", "/answer", "/appeal", "/cancel", "/changes", "/claim", "/code", "/concede", "/decline", "/deliver",
  "/dispute", "/evidence", "/extension", "/pay", "/payout-address", "/refund-address", "/refund-late", "/reopen",
  "/ship", "/split", "/surplus", "/waiver", "/withdraw", "/withdraw-dispute",
];

const OVER = ["released", "refunded", "split", "expired", "cancelled", "unclaimed"];

/** Every live deal of whoever is signed in, but for those whose payout may arrive at any moment. */
async function liveDeals(page: Page): Promise<string[]> {
  await page.goto("/deals?phase=live");
  const lasting = page.locator("main li", { hasNotText: "Sending" }).locator("a[href^='/deals/']");
  const links = await lasting.evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
  return [...new Set(links)];
}

/** What a page says of silence, in each place where it says anything. */
async function panels(page: Page, path: string): Promise<string[]> {
  const answer = await page.request.get(path);
  // A step whose time has not come says so.
  expect([200, 409], path).toContain(answer.status());
  return (await answer.text()).match(/<section [^>]*class="clock".*?<\/section>/gs) ?? [];
}

function expectOne(panels: string[], path: string): void {
  expect(panels, path).toHaveLength(1);
  expect(panels[0], path).toMatch(/If nobody acts<\/h2>.*<p[ >].*\S/s);
}

test("the room of a deal says what happens if nobody acts, in every state that is not the last", async ({ page, app }) => {
  await choose(page.context(), app, { lang: "en", theme: "light" });
  await page.goto("/dev/deals");
  const rooms = await page.locator("main li a").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
  expect(rooms.length).toBeGreaterThan(60);
  for (const room of rooms) {
    const told = await panels(page, room);
    if (OVER.some((state) => room.startsWith(`/dev/deals/${state}/`))) {
      expect(told, room).toHaveLength(0);
    } else {
      expectOne(told, room);
    }
  }
});

for (const role of ["buyer", "seller"]) {
  test(`every page of every live deal of the ${role} says what happens if nobody acts`, async ({ page, app }) => {
    test.setTimeout(180_000);
    await signIn(page, app, role);
    const deals = await liveDeals(page);
    expect(deals.length).toBeGreaterThanOrEqual(3);
    for (const deal of deals) {
      for (const step of STEPS) {
        const path = deal + step;
        const told = await panels(page, path);
        expectOne(told, path);
        expect(told[0], path).toContain("<time");
      }
    }
  });
}

test("an extended deadline says by how much, wherever it stands, and leads to the reason", async ({ page, app }) => {
  for (const [lang, words] of [["en", "+42 minutes: our downtime"], ["fa", "+۴۲ دقیقه: مدت نبودن ما"]] as const) {
    await choose(page.context(), app, { lang, theme: "light" });
    await page.goto("/dev/deals/after-outage/seller/room");
    for (const place of [".foreseen .when", "#timeline .future"]) {
      const link = page.locator(place).getByRole("link", { name: words }).first();
      await expect(link).toBeVisible();
      expect(await link.getAttribute("href")).toMatch(/\/status$/);
    }
    await page.goto("/dev/deals/after-outage/seller/deliver");
    await expect(page.locator(".foreseen .when").getByRole("link", { name: words }).first()).toBeVisible();
  }
});

test("after an outage the status page tells of it, and deals have its time back", async ({ browser }) => {
  test.setTimeout(120_000);
  const folder = await mkdtemp(join(tmpdir(), "amn-e2e-"));
  const before = await startServer({}, folder);
  const visitor = await browser.newPage();
  // The letters of the days that the demo begins with leave first.
  await expect(async () => {
    await visitor.goto(`${before.url}/status`);
    await expect(visitor.locator("main .banner")).toContainText("Everything works.", { timeout: 100 });
  }).toPass({ timeout: 30_000 });
  await expect(visitor.locator("main .empty")).toContainText("No outage");
  await before.stop();
  // The clock is three hours on when it comes back: nobody was there meanwhile.
  await writeFile(join(folder, "data/demo-clock-ahead-ms"), String(3 * 3_600_000));
  const after = await startServer({}, folder);
  await visitor.goto(`${after.url}/status`);
  const outage = visitor.locator("#outages-table tbody tr");
  await expect(outage).toHaveCount(1);
  await expect(outage).toContainText(/18\d minutes/);
  const context = await browser.newContext({ baseURL: after.url });
  const seller = await context.newPage();
  await signIn(seller, after, "seller");
  let extended = 0;
  for (const deal of await liveDeals(seller)) {
    await seller.goto(deal);
    extended += await seller.locator(".foreseen .when a", { hasText: "our downtime" }).count();
  }
  expect(extended).toBeGreaterThan(0);
  await context.close();
  await visitor.close();
  await after.stop();
  await rm(folder, { recursive: true });
});
