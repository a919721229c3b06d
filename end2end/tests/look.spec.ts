// Every page in both languages and themes: accessible, within the screen, photographed.
import { expect, test } from "../fixtures/app.ts";
import { expectAccessible, expectNoSidewaysScroll } from "../fixtures/a11y.ts";

const PAGES = ["/", "/how-it-works", "/dev/components", "/no-such-page"];
const SIZES = [
  { name: "narrow", width: 320, height: 640 },
  { name: "phone", width: 360, height: 740 },
  { name: "desk", width: 1280, height: 800 },
];

for (const path of PAGES) {
  for (const lang of ["en", "fa"]) {
    for (const theme of ["light", "dark"]) {
      test(`${path} in ${lang}, ${theme}`, async ({ page, context, app }) => {
        await context.addCookies([
          { name: "lang", value: lang, url: app.url },
          { name: "theme", value: theme, url: app.url },
        ]);
        const errors: string[] = [];
        page.on("console", (message) => {
          // A page for a missing address is itself reported as a failed load.
          const expected = message.text().includes("404");
          if (message.type() === "error" && !expected) errors.push(message.text());
        });
        for (const size of SIZES) {
          await page.setViewportSize(size);
          await page.goto(path);
          await expect(page.locator("html")).toHaveAttribute("lang", lang);
          await expect(page.locator("html")).toHaveAttribute("dir", lang === "fa" ? "rtl" : "ltr");
          await expectAccessible(page);
          await expectNoSidewaysScroll(page);
          const name = path === "/" ? "home" : path.slice(1).replaceAll("/", "-");
          await page.screenshot({
            path: `end2end/screenshots/${name}-${lang}-${theme}-${size.name}.png`,
            fullPage: true,
          });
        }
        expect(errors).toEqual([]);
      });
    }
  }
}
