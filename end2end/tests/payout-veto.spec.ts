// A payout that took two people waits for a day: its payee, and nobody else, can stop it.
import { expect, test } from "../fixtures/app.ts";

test("the payee of a large payout reads when it is sent, and where to stop it", async ({ page }) => {
  await page.goto("/dev/deals/veto/seller/room");
  const now = page.locator(".now");
  await expect(now).toContainText(/sends \W?\w{3} \d+ \w{3} \d{4}, \d\d:\d\d/);
  const stop = now.getByRole("link", { name: "Not you? Stop it." });
  await expect(stop).toHaveAttribute("href", /\/payout-address\?leg=seller$/);
  await page.goto("/dev/deals/veto/buyer/room");
  await expect(page.locator(".now")).toContainText("sends");
  await expect(page.getByRole("link", { name: "Stop it" })).toHaveCount(0);
});

test("what is being paid out and was paid is the sum that arrives", async ({ page }) => {
  for (const [deal, sum] of [
    ["settling", "1,227.30"],
    ["released", "1,227.30"],
    ["refunded", "1,239.70"],
  ]) {
    await page.goto(`/dev/deals/${deal}/seller/room`);
    await expect(page.locator(".now .sum")).toContainText(sum!);
  }
});
