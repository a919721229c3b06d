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

  test("takes a server that fails for no connection, and tells when it last heard from it", async ({ page }) => {
    await page.clock.install();
    await page.goto("/dev/components");
    await expect(page.locator("html")).toHaveAttribute("data-live", "");
    const offline = page.getByText("No connection. Shown as of");
    let status = 204;
    const headers = { "x-offline-words": encodeURIComponent("No connection. Shown as of 23:59.") };
    await page.route("**/dev/components", (route) => route.fulfill({ status, headers }));
    await page.clock.runFor(11_000);
    await expect(offline).toBeHidden();
    status = 503;
    await page.clock.runFor(11_000);
    await expect(offline).toBeVisible();
    await expect(offline).toContainText("23:59");
    status = 204;
    await page.clock.runFor(11_000);
    await expect(offline).toBeHidden();
  });

  test("every answer to it says of when it is", async ({ request }) => {
    for (const [version, status] of [["", 200], ["1", 200]] as const) {
      const answer = await request.get("/dev/components", { headers: { "x-seen-version": version } });
      expect(answer.status()).toBe(status);
      const words = decodeURIComponent(answer.headers()["x-offline-words"]!);
      expect(words).toMatch(/Shown as of \d\d:\d\d/);
    }
    expect((await request.get("/dev/components")).headers()["x-offline-words"]).toBeUndefined();
  });

  test("is asked for by nobody while the page is hidden, and at once when it is seen again", async ({ page }) => {
    await page.clock.install();
    await page.goto("/dev/components");
    await expect(page.locator("html")).toHaveAttribute("data-live", "");
    let asked = 0;
    await page.route("**/dev/components", (route) => {
      asked += 1;
      return route.fulfill({ status: 204 });
    });
    const turn = (hidden: boolean) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    await turn(true);
    await page.clock.runFor(60_000);
    expect(asked).toBe(0);
    await turn(false);
    await expect.poll(() => asked).toBe(1);
  });

  test("asks for all of it once a minute, so that distances in time stay true", async ({ page }) => {
    await page.clock.install();
    await page.goto("/dev/deals/funded/buyer/room");
    await expect(page.locator("html")).toHaveAttribute("data-live", "");
    const seen: string[] = [];
    await page.route("**/dev/deals/funded/buyer/room", async (route) => {
      seen.push(route.request().headers()["x-seen-version"]!);
      if (seen.at(-1) !== "") return route.fulfill({ status: 204 });
      const answer = await route.fetch();
      const body = (await answer.text()).replaceAll(/(<time[^>]*>)[^<]*/g, "$1in 47 minutes");
      return route.fulfill({ response: answer, body });
    });
    const region = page.locator("#live");
    await region.getByText("More actions").focus();
    await page.clock.runFor(71_000);
    await expect(region.locator("time").first()).toHaveText("in 47 minutes");
    expect(seen.filter((version) => version === "")).toHaveLength(1);
    await expect(page.locator("#more-actions > summary")).toBeFocused();
    await expect(page.locator(".live > [role=status]")).toBeEmpty();
  });

  test("keeps the focus and what is open", async ({ page }) => {
    await page.clock.install();
    const path = "/dev/deals/in-delivery/buyer/room";
    await page.route(`**${path}`, async (route) => {
      if (route.request().headers()["x-seen-version"] === undefined) return route.continue();
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/data-version="\d+"/, `data-version="news-${Date.now()}"`);
      return route.fulfill({ response: answer, body });
    });
    await page.goto(path);
    await expect(page.locator("html")).toHaveAttribute("data-live", "");
    const region = page.locator("#live");
    const news = async () => {
      const before = await region.getAttribute("data-version");
      await page.clock.runFor(11_000);
      await expect(region).not.toHaveAttribute("data-version", before!);
    };
    await region.getByText("More actions").click();
    const summary = page.locator("#more-actions > summary");
    const link = region.locator("#more-actions a").first();
    const primary = region.locator(".button.primary");
    for (const part of [summary, link, primary]) {
      await part.focus();
      await news();
      await expect(part).toBeFocused();
      await expect(page.locator("#more-actions")).toHaveAttribute("open", "");
    }
    // What has gone leaves the focus in the region.
    await link.evaluate((link) => link.setAttribute("href", "/gone"));
    await link.focus();
    await news();
    await expect(region).toBeFocused();
  });

  test("never takes away what somebody writes, and says that there is news", async ({ page }) => {
    await page.clock.install();
    const path = "/dev/deals/awaiting/buyer/pay";
    await page.route(`**${path}`, async (route) => {
      if (route.request().headers()["x-seen-version"] === undefined) return route.continue();
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/data-version="[^"]+"/, 'data-version="news"');
      return route.fulfill({ response: answer, body });
    });
    await page.goto(path);
    await expect(page.locator("html")).toHaveAttribute("data-live", "");
    await page.locator("[name=check]").fill("0x7F");
    await page.clock.runFor(11_000);
    await expect(page.locator(".changed")).toContainText("This page has changed. Refresh");
    await expect(page.locator(".live > [role=status]")).toContainText("This page has changed.");
    await expect(page.locator("[name=check]")).toHaveValue("0x7F");
    await page.locator("[name=check]").fill("");
    await page.locator("h1").click();
    await page.clock.runFor(11_000);
    await expect(page.locator("#live")).toHaveAttribute("data-version", "news");
    await expect(page.locator(".changed")).toBeHidden();
  });
});

test.describe("a password", () => {
  test("is shown and hidden by a button that says what it does", async ({ page }) => {
    await page.goto("/auth/sign-in");
    await expect(page.locator("html")).toHaveAttribute("data-live", "");
    const password = page.locator("[name=password]");
    await password.fill("four odd words here");
    await password.press("Tab");
    const button = page.getByRole("button", { name: /^Show ?: Password$/ });
    await expect(button).toBeFocused();
    await button.press("Enter");
    await expect(password).toHaveAttribute("type", "text");
    const hide = page.getByRole("button", { name: /^Hide ?: Password$/ });
    await expect(hide).toBeFocused();
    await expect(page.locator(".reveal [role=status]")).toHaveText("What you typed is shown.");
    await hide.press("Space");
    await expect(password).toHaveAttribute("type", "password");
    await expect(password).toHaveValue("four odd words here");
    await expect(page.locator(".reveal [role=status]")).toHaveText("What you typed is hidden.");
  });

  test("that is shown is hidden before it is sent", async ({ page }) => {
    await page.goto("/auth/sign-in");
    await expect(page.locator("html")).toHaveAttribute("data-live", "");
    await page.getByRole("button", { name: /^Show ?: Password$/ }).click();
    await page.locator("[name=password]").fill("four odd words here");
    const types = page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener("submit", (event) => {
            event.preventDefault();
            resolve(document.querySelector<HTMLInputElement>("[name=password]")!.type);
          });
        }),
    );
    await page.locator("[name=password]").press("Enter");
    expect(await types).toBe("password");
  });

  for (const path of ["/auth/sign-up", "/payouts/address/new", "/account/security", "/account/close"]) {
    test(`on ${path} can be looked at, each for itself`, async ({ page, context, session }) => {
      if (!path.startsWith("/auth")) await context.addCookies(await session("seller"));
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("data-live", "");
      const inputs = page.locator("[autocomplete$=password]");
      const buttons = page.locator(".reveal button");
      const count = await inputs.count();
      expect(count).toBeGreaterThan(0);
      await expect(buttons).toHaveCount(count);
      await buttons.last().click();
      await expect(inputs.last()).toHaveAttribute("type", "text");
      if (count > 1) await expect(inputs.first()).toHaveAttribute("type", "password");
    });
  }
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("there is a link in place of the live region, and no dead button", async ({ page }) => {
    await page.goto("/dev/components");
    await expect(page.getByRole("link", { name: "Refresh" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Copy" })).toHaveCount(0);
    await expect(page.getByRole("timer")).toBeEmpty();
    await page.goto("/auth/sign-in");
    await expect(page.getByRole("button", { name: "Show" })).toHaveCount(0);
  });
});
