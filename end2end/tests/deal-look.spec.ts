// Every state of a deal as each party sees it: accessible, within the screen, photographed.
import { choose, expect, test } from "../fixtures/app.ts";
import { lookAt } from "../fixtures/look.ts";

const STATES = [
  "awaiting", "detected", "underpaid", "topped-up", "waiver", "funded", "surplus", "in-delivery", "after-outage", "wrong-code",
  "extension", "inspection", "without-code", "split-proposed", "disputed", "answered", "by-clock",
  "ruled", "settling", "veto", "needs-address", "address-refused", "released", "refunded", "split",
  "expired", "cancelled", "late-alone", "late", "suspended", "loss", "hold", "unclaimed",
];
const STEPS = [
  "awaiting/buyer/pay", "last-minutes/buyer/pay", "detected/buyer/pay", "underpaid/buyer/pay",
  "topped-up/buyer/pay",
  "surplus/buyer/pay", "expired/buyer/pay", "late/buyer/pay",
  "funded/seller/ship", "in-delivery/buyer/code", "wrong-code/seller/code",
  "in-delivery/seller/code", "in-delivery/seller/deliver", "inspection/buyer/accept",
  "split-proposed/buyer/split?value=400", "split-proposed/seller/split", "waiver/seller/waiver",
  "extension/buyer/extension", "inspection/buyer/dispute", "inspection/buyer/dispute-check",
  "disputed/seller/concede", "awaiting/buyer/pay-away", "awaiting/buyer/pay-stray", "awaiting/buyer/pay-dust",
  "awaiting/seller/cancel", "inspection/buyer/changes", "disputed/seller/answer", "ruled/buyer/appeal",
  "funded/seller/decline", "underpaid/buyer/withdraw", "surplus/buyer/surplus", "late-alone/buyer/reopen",
  "late-alone/buyer/refund-late", "disputed/buyer/withdraw-dispute", "funded/buyer/room-without-files",
];
/** Steps that show one's own addresses. */
const OF_SIGNED_IN = ["funded/buyer/refund-address", "needs-address/buyer/payout-address", "unclaimed/buyer/claim"];
/** What a step answers whose time has not come, or is over. */
const REFUSED = ["funded/buyer/accept"];

for (const state of STATES) {
  test(`the room of a deal: ${state}`, async ({ page, app }) => {
    for (const side of ["buyer", "seller"]) {
      await lookAt(page, app, `/dev/deals/${state}/${side}/room`, `deal-${state}-${side}-room`);
    }
  });
}

for (const path of [...STEPS, ...REFUSED]) {
  test(`a step of a deal: ${path}`, async ({ page, app }) => {
    const name = path.replace(/\?.*/, "").replaceAll("/", "-");
    const status = REFUSED.includes(path) ? 409 : 200;
    await lookAt(page, app, `/dev/deals/${path}`, `deal-${name}`, status);
  });
}

for (const path of OF_SIGNED_IN) {
  test(`a step of a deal: ${path}`, async ({ page, app, context, session }) => {
    await context.addCookies(await session("buyer"));
    await lookAt(page, app, `/dev/deals/${path}`, `deal-${path.replaceAll("/", "-")}`);
  });
}

test("what was proposed and claimed keeps its sums when the money has gone out", async ({ page, app }) => {
  await choose(page.context(), app, { lang: "en", theme: "light" });
  await page.goto("/dev/deals/split/seller/room");
  const timeline = page.locator("#timeline");
  await expect(timeline.getByText(/The seller proposes to divide: .*400\.00.*831\.60/)).toBeVisible();
  await expect(timeline.getByText(/\b0\.00/)).toHaveCount(0);
});

test("what people wrote is shown as text, in every place", async ({ page, app }) => {
  await choose(page.context(), app, { lang: "en", theme: "light" });
  let alerts = 0;
  page.on("dialog", (dialog) => {
    alerts += 1;
    void dialog.dismiss();
  });
  for (const path of ["answered/buyer/room", "funded/seller/ship", "inspection/buyer/accept"]) {
    await page.goto(`/dev/deals/${path}?hostile=1`);
    await expect(page.locator("main")).toContainText("</textarea><script>alert(1)</script>");
    await expect(page.locator("main script, main b")).toHaveCount(0);
    await expect(page).toHaveTitle(/· Amn$/);
  }
  expect(alerts).toBe(0);
});
