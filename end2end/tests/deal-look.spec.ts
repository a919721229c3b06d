// Every state of a deal as each party sees it: accessible, within the screen, photographed.
import { choose, expect, test } from "../fixtures/app.ts";
import { lookAt } from "../fixtures/look.ts";

const STATES = [
  "awaiting", "detected", "underpaid", "waiver", "funded", "surplus", "in-delivery", "wrong-code",
  "extension", "inspection", "without-code", "split-proposed", "disputed", "answered", "by-clock",
  "ruled", "settling", "veto", "needs-address", "address-refused", "released", "refunded", "split",
  "expired", "cancelled", "late", "suspended", "loss", "hold",
];
const STEPS = [
  "awaiting/buyer/pay", "last-minutes/buyer/pay", "detected/buyer/pay", "underpaid/buyer/pay",
  "surplus/buyer/pay", "expired/buyer/pay", "late/buyer/pay",
  "funded/seller/ship", "in-delivery/buyer/code", "wrong-code/seller/code",
  "in-delivery/seller/code", "in-delivery/seller/deliver", "inspection/buyer/accept",
  "split-proposed/buyer/split?value=400", "split-proposed/seller/split", "waiver/seller/waiver",
  "extension/buyer/extension", "inspection/buyer/dispute", "disputed/seller/concede",
];
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

test("on a phone the first screen says state, money, holder, the next step and what follows", async ({
  page,
  app,
}) => {
  await choose(page.context(), app, { lang: "en", theme: "light" });
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of ["in-delivery/seller/room", "awaiting/buyer/room", "inspection/buyer/room"]) {
    await page.goto(`/dev/deals/${path}`);
    const first = 640;
    for (const text of ["1,240.00 USDT", "BNB Smart Chain", "If nobody acts"]) {
      const box = await page.getByText(text).first().boundingBox();
      expect(box, `${text} on ${path}`).toBeTruthy();
      expect(box!.y + box!.height).toBeLessThanOrEqual(first);
    }
    const outcome = await page.locator(".foreseen li p").nth(1).boundingBox();
    expect(outcome!.y + outcome!.height, `the outcome on ${path}`).toBeLessThanOrEqual(first);
    await expect(page.locator("main .button.primary")).toBeInViewport();
  }
});

test("Persian pages mirror, and amounts and addresses read the same", async ({ page, app }) => {
  const amounts = async (lang: string) => {
    await choose(page.context(), app, { lang, theme: "light" });
    await page.goto("/dev/deals/released/seller/room");
    return page.locator("bdi.money, bdi.address").allTextContents();
  };
  const english = await amounts("en");
  expect(english.length).toBeGreaterThan(5);
  expect(await amounts("fa")).toEqual(english);
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
});

test("a Persian deadline is Jalali, in Persian digits, with its zone", async ({ page, app }) => {
  await choose(page.context(), app, { lang: "fa", theme: "light" });
  await page.goto("/dev/deals/in-delivery/seller/room");
  const when = page.locator(".foreseen time").first();
  await expect(when).toContainText(/[۰-۹]{2}:[۰-۹]{2}/);
  await expect(when).toContainText("UTC");
  await expect(when).toContainText(/فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند/);
});

test("the money panel adds up to what was received", async ({ page, app }) => {
  await choose(page.context(), app, { lang: "en", theme: "light" });
  for (const state of STATES.filter((state) => state !== "awaiting")) {
    await page.goto(`/dev/deals/${state}/buyer/room`);
    await expect(page.getByText("Received equals the sum of the lines.")).toBeAttached();
    await expect(page.getByText("The lines do not sum.")).toHaveCount(0);
  }
});

test("what was proposed and claimed keeps its sums when the money has gone out", async ({ page, app }) => {
  await choose(page.context(), app, { lang: "en", theme: "light" });
  await page.goto("/dev/deals/split/seller/room");
  const timeline = page.locator("#timeline");
  await expect(timeline.getByText(/The seller proposes to divide: .*400\.00.*831\.60/)).toBeVisible();
  await expect(timeline.getByText(/\b0\.00/)).toHaveCount(0);
});

test("the QR code is black on white in a dark page, with its quiet zone", async ({ page, app }) => {
  await choose(page.context(), app, { lang: "en", theme: "dark" });
  await page.goto("/dev/deals/awaiting/buyer/pay");
  const colours = await page.locator(".qr").first().evaluate((card) => {
    const svg = card.querySelector("svg")!;
    const path = svg.querySelector("path")!;
    const first = /^M(\d+) (\d+)/.exec(path.getAttribute("d")!)!;
    return {
      light: getComputedStyle(card).backgroundColor,
      dark: getComputedStyle(path).fill,
      quiet: [Number(first[1]), Number(first[2])],
    };
  });
  expect(colours).toEqual({
    light: "oklch(1 0 0)",
    dark: "oklch(0 0 0)",
    quiet: [4, 4],
  });
});

test("the pay page says all that a payer has to know", async ({ page, app }) => {
  await choose(page.context(), app, { lang: "en", theme: "light" });
  await page.goto("/dev/deals/awaiting/buyer/pay");
  // An amount keeps its own direction (U+2068 … U+2069) in a sentence of either language.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Pay \u20681,240.00 USDT\u2069");
  await expect(page.getByText("This must ARRIVE in full.")).toBeVisible();
  await expect(page.getByText("Send only USDT on BNB Smart Chain (BEP-20).")).toBeVisible();
  await expect(page.getByText("0x 7F3a 91Cd 0B2e 44A8 1f60 C9D2 5eB7 8841 0aF3 d2E9")).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy amount" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy address" })).toBeVisible();
  await expect(page.locator("bdi[lang=en]")).toHaveText(/^([a-z]+ ){3}[a-z]+$/);
  const link = page.getByRole("link", { name: "Open in wallet app" });
  await expect(link).toHaveAttribute(
    "href",
    "ethereum:0x55d398326f99059fF775485246999027B3197955@56/transfer" +
      "?address=0x7F3a91Cd0B2e44A81f60C9D25eB788410aF3d2E9&uint256=1240000000000000000000",
  );
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
