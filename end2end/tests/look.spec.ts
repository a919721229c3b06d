// Every page in both languages and themes: accessible, within the screen, photographed.
import { expect, choose, test } from "../fixtures/app.ts";
import { expectAccessible, expectNoSidewaysScroll } from "../fixtures/a11y.ts";

/** Pages by who sees them. A page that needs something to exist is looked at by its journey. */
const PAGES: Record<string, string[]> = {
  visitor: [
    "/",
    "/how-it-works",
    "/auth/sign-in",
    "/auth/sign-up",
    "/auth/reset",
    "/dev/components",
    "/dev/mail",
    "/dev/clock",
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
};

const SIZES = [
  { name: "phone", width: 360, height: 740 },
  { name: "desk", width: 1280, height: 800 },
];
/** The width of WCAG 1.4.10: a page of 1280 pixels at 400 %. */
const NARROW = { width: 320, height: 640 };

for (const [who, paths] of Object.entries(PAGES)) {
  for (const path of paths) {
    for (const lang of ["en", "fa"]) {
      test(`${path} for a ${who} in ${lang}`, async ({ page, context, app, session }) => {
        if (who !== "visitor") await context.addCookies(await session(who));
        const errors: string[] = [];
        page.on("console", (message) => {
          // A page for a missing address is itself reported as a failed load.
          const expected = message.text().includes("404");
          if (message.type() === "error" && !expected) errors.push(message.text());
        });
        for (const theme of ["light", "dark"]) {
          await choose(context, app, { lang, theme });
          for (const size of SIZES) {
            await page.setViewportSize(size);
            const answer = await page.goto(path);
            expect(answer?.status()).toBe(path === "/no-such-page" ? 404 : 200);
            const root = page.locator("html");
            await expect(root).toHaveAttribute("lang", lang);
            await expect(root).toHaveAttribute("dir", lang === "fa" ? "rtl" : "ltr");
            await expect(root).toHaveAttribute("data-theme", theme);
            await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
            await expectAccessible(page);
            await expectNoSidewaysScroll(page);
            const name = path === "/" ? "home" : path.slice(1).replaceAll("/", "-");
            await page.screenshot({
              path: `end2end/screenshots/${name}-${lang}-${theme}-${size.name}.png`,
              fullPage: true,
            });
          }
        }
        await page.setViewportSize(NARROW);
        await expectNoSidewaysScroll(page);
        expect(errors).toEqual([]);
      });
    }
  }
}
