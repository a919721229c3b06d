// Walks through the demo as each of its people, on the narrowest phone: no link leads nowhere, and
// no page has to be moved sideways to be read.
import type { Page } from "@playwright/test";
import { expectNoSidewaysScroll } from "../fixtures/a11y.ts";
import { choose, expect, signIn, test } from "../fixtures/app.ts";

const PAGES_MAX = 45;
const STARTS = ["/", "/requests", "/deals", "/notifications", "/account"];

/** Pages of one kind look alike: two of each are enough, and a deal in each of its states. */
function kind(path: string): { shape: string; most: number } {
  const shape = path.replace(/[0-9a-f-]{36}[^/?]*/g, "{id}").replace(/=[^&]*/g, "=");
  return { shape, most: shape === "/deals/{id}" ? 12 : 2 };
}

async function linksOf(page: Page): Promise<string[]> {
  const links = await page
    .locator("main a[href^='/'], header a[href^='/']")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
  return links.map((link) => link.split("#")[0]).filter((link) => link && !/^\/(en|fa)\b/.test(link));
}

async function walk(page: Page): Promise<void> {
  const waiting = [...STARTS];
  const met = new Map<string, number>();
  const seen = new Set(STARTS);
  for (let count = 0; count < PAGES_MAX && waiting.length > 0; count += 1) {
    const path = waiting.shift()!;
    // A file is saved, not shown: there is no page to look at.
    if (path.startsWith("/files/") || path.endsWith("/receipt")) {
      expect((await page.request.get(path)).status(), path).toBe(200);
      continue;
    }
    const answer = await page.goto(path);
    // A step of a deal whose time has not come says so, with 409; nothing else may.
    const allowed = /^\/deals\/[0-9a-f-]{36}\/./.test(path) ? [200, 409] : [200];
    expect(allowed, `${path} answers ${answer?.status()}`).toContain(answer?.status());
    await expectNoSidewaysScroll(page);
    for (const link of await linksOf(page)) {
      const { shape, most } = kind(link);
      const before = met.get(shape) ?? 0;
      if (seen.has(link) || before >= most) continue;
      seen.add(link);
      met.set(shape, before + 1);
      waiting.push(link);
    }
  }
}

for (const [role, lang] of [
  ["buyer", "en"],
  ["seller", "fa"],
  ["resolver", "en"],
  ["admin", "fa"],
] as const) {
  test(`every link that the ${role} of the demo meets leads somewhere (${lang})`, async ({ page, app }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width: 320, height: 640 });
    await signIn(page, app, role);
    await choose(page.context(), app, { lang, theme: "light" });
    await walk(page);
  });
}
