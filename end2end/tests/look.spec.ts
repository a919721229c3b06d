// Every page that exists without a story, in both languages and themes. A page that needs something
// to exist is looked at by its journey.
import { choose, expect, test } from "../fixtures/app.ts";
import { lookAt } from "../fixtures/look.ts";

const PAGES: Record<string, string[]> = {
  visitor: [
    "/",
    "/how-it-works",
    "/contact",
  "/prohibited",
    "/status",
    "/verify",
    "/auth/sign-in",
    "/auth/sign-up",
    "/auth/reset",
    "/auth/reset/code",
    "/dev/components",
    "/dev/mail",
    "/dev/clock",
    "/requests?q=nothing-is-called-so",
    "/no-such-page",
  ],
  buyer: [
    "/dashboard",
    "/payments",
    "/payouts",
    "/account",
    "/account/profile",
    "/account/preferences",
    "/account/security",
    "/account/sessions",
    "/account/close",
    "/sell",
    "/notifications",
    "/payouts/address",
    "/payouts/address/new",
  ],
  admin: ["/admin/sellers"],
};

for (const [who, paths] of Object.entries(PAGES)) {
  for (const path of paths) {
    test(`${path} for a ${who}`, async ({ page, context, app, session }) => {
      if (who !== "visitor") await context.addCookies(await session(who));
      const errors: string[] = [];
      page.on("console", (message) => {
        // A page for a missing address is itself reported as a failed load.
        const expected = message.text().includes("404");
        if (message.type() === "error" && !expected) errors.push(message.text());
      });
      await lookAt(page, app, path, undefined, path === "/no-such-page" ? 404 : 200);
      expect(errors).toEqual([]);
    });
  }
}

for (const status of [400, 403, 413, 429, 500, 503]) {
  test(`the page for ${status}`, async ({ page, app }) => {
    await lookAt(page, app, `/dev/status/${status}`, `status-${status}`, status);
  });
}

for (const who of ["visitor", "buyer"]) {
  test(`the theme that a ${who} chose is the page's`, async ({ page, context, app, session }) => {
    if (who !== "visitor") await context.addCookies(await session(who));
    for (const [theme, attribute] of [["dark", "dark"], ["light", "light"], ["system", null]] as const) {
      await choose(context, app, { theme });
      await page.goto("/");
      expect(await page.locator("html").getAttribute("data-theme")).toBe(attribute);
    }
  });
}
