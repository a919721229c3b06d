// What lives in the browser, and that nothing is missing without it.
import { expect, test } from "../fixtures/app.ts";

test("a copy button copies, and says so", async ({ page, context, app }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: app.url });
  await page.goto("/dev/components");
  const button = page.getByRole("button", { name: "Copy" }).last();
  await button.click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe("0x7F3a91Cd0B2e44A81f60C9D25eB788410aF3d2E9");
});

test("the last minutes are counted down", async ({ page }) => {
  await page.goto("/dev/components");
  const timer = page.getByRole("timer");
  await expect(timer).toHaveText(/^7:5\d$/);
  const first = await timer.textContent();
  await expect(timer).not.toHaveText(first!);
  await page.goto("/dev/components");
  await expect(page.getByText("10 minutes left")).toBeAttached();
});

test.describe("a live region", () => {
  /** Answers the region's questions with a newer version of the page. */
  async function news(page: import("@playwright/test").Page) {
    await page.route("**/dev/components", async (route) => {
      const seen = route.request().headers()["x-seen-version"];
      if (seen === undefined) return route.continue();
      const answer = await route.fetch();
      const body = (await answer.text())
        .replace('data-version="1"', 'data-version="2"')
        .replace('data-says="Held by Amn"', 'data-says="On its way"');
      return route.fulfill({ response: answer, body });
    });
  }

  test("shows what is new, says it once, and wakes what is in it", async ({ page, context, app }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: app.url });
    await page.clock.install();
    await news(page);
    await page.goto("/dev/components");
    const region = page.locator("#live");
    await expect(region.getByRole("button", { name: "Copy" })).toBeVisible();
    await page.clock.runFor(11_000);
    await expect(region).toHaveAttribute("data-version", "2");
    await expect(page.getByText("On its way", { exact: true }).first()).toBeAttached();
    await page.clock.runFor(1_000);
    await region.getByRole("button", { name: "Copy" }).click();
    await expect(region.getByRole("button", { name: "Copied" })).toBeVisible();
  });

  test("says when there is no connection, and when it is back", async ({ page, context }) => {
    await page.clock.install();
    await page.goto("/dev/components");
    await expect(page.locator("html")).toHaveAttribute("data-live", "");
    const offline = page.getByText("No connection. Shown as of");
    await context.setOffline(true);
    await page.clock.runFor(11_000);
    await expect(offline).toBeVisible();
    await context.setOffline(false);
    await page.clock.runFor(11_000);
    await expect(offline).toBeHidden();
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("there is a link in place of the live region, and no dead button", async ({ page }) => {
    await page.goto("/dev/components");
    await expect(page.getByRole("link", { name: "Refresh" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Copy" })).toHaveCount(0);
    await expect(page.getByRole("timer")).toBeEmpty();
  });
});
