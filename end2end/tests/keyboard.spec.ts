// Pages by keyboard alone, and for those who need larger letters.
import { expect, test } from "../fixtures/app.ts";
import { expectNoSidewaysScroll } from "../fixtures/a11y.ts";

test("the first stop leads past the header", async ({ page }) => {
  await page.goto("/how-it-works");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("every stop shows where it is", async ({ page }) => {
  for (const theme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: theme as "light" | "dark" });
    await page.goto("/dev/components");
    await expect(page.locator("html")).toHaveAttribute("data-live", "");
    let stops = 0;
    for (; stops < 40; stops += 1) {
      await page.keyboard.press("Tab");
      const seen = await page.evaluate(() => {
        const element = document.activeElement!;
        if (element === document.body) return "end";
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const inside = box.bottom > 0 && box.top < innerHeight;
        const ring = parseFloat(style.outlineWidth) >= 3 && style.outlineStyle === "solid";
        return ring && inside ? "seen" : element.outerHTML;
      });
      if (seen === "end") break;
      expect(seen).toBe("seen");
    }
    // The header alone has five; the form of the page has more than ten fields.
    expect(stops).toBeGreaterThanOrEqual(20);
  }
});

test("the menu closes by Escape and gives the focus back", async ({ page }) => {
  await page.goto("/");
  const button = page.getByRole("button", { name: "Menu" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "How it works" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: "How it works" })).toBeHidden();
  await expect(button).toBeFocused();
});

test("spaced and enlarged text loses nothing", async ({ page }) => {
  for (const path of ["/", "/fa", "/dev/components"]) {
    await page.goto(path);
    // What WCAG 1.4.12 asks a page to bear; the debugger may, the page's policy stops others.
    await page.evaluate(() => {
      for (const element of document.querySelectorAll<HTMLElement>("main *")) {
        element.style.lineHeight = "1.5";
        element.style.letterSpacing = "0.12em";
        element.style.wordSpacing = "0.16em";
      }
      document.documentElement.style.fontSize = "150%";
    });
    await expectNoSidewaysScroll(page);
  }
});
