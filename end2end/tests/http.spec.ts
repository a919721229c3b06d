// What every answer carries, and what the server refuses before any page sees it.
import { expect, startServer, test } from "../fixtures/app.ts";

test("health is told to proxies and to people of the old interface", async ({ request }) => {
  for (const path of ["/health", "/api/health"]) {
    const answer = await request.get(path);
    expect(answer.status()).toBe(200);
    expect(await answer.json()).toMatchObject({ success: true, environment: "demo" });
  }
});

test("security headers stand on pages, files and answers", async ({ request }) => {
  for (const path of ["/", "/health", "/favicon.svg", "/no-such-page"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin-allow-popups");
  }
});

test("files named by their content are kept for ever, and sent compressed", async ({ request }) => {
  const page = await (await request.get("/")).text();
  const styles = /href="(\/pkg\/main\.[0-9a-f]{16}\.css)"/.exec(page)?.[1];
  const answer = await request.get(styles!, { headers: { "accept-encoding": "br" } });
  expect(answer.headers()["cache-control"]).toContain("immutable");
  expect(answer.headers()["content-encoding"]).toBe("br");
});

test("bodies that no form of ours sends are refused", async ({ request, app }) => {
  const send = (data: string, type: string) =>
    request.post("/preferences/theme", {
      data,
      headers: { origin: app.url, "content-type": type },
      maxRedirects: 0,
    });
  const form = "application/x-www-form-urlencoded";
  expect((await send("key=k&theme=dark&next=/", form)).status()).toBe(303);
  expect((await send("{}", "application/json")).status()).toBe(415);
  expect((await send("theme=dark", form)).status()).toBe(400);
  expect((await send("key=k&theme=%00", form)).status()).toBe(400);
  expect((await send(`key=k&theme=${"x".repeat(70_000)}`, form)).status()).toBe(413);
  expect((await request.delete("/how-it-works", { headers: { origin: app.url } })).status()).toBe(405);
});

test("whoever is signed out before a form arrives comes back to its page", async ({ request, app }) => {
  const path = "/account/profile";
  const post = (headers: object) =>
    request.post(path, {
      form: { key: "k" },
      headers: { origin: app.url, ...headers },
      maxRedirects: 0,
    });
  const answer = await post({ referer: `${app.url}${path}` });
  expect(answer.status()).toBe(303);
  expect(answer.headers()["location"]).toBe("/auth/sign-in?next=/account/profile");
  expect((await post({})).headers()["location"]).toBe("/auth/sign-in?next=/");
});

test("a form never leads to another site", async ({ request, app }) => {
  for (const next of ["//evil.example", "/\\evil.example", "https://evil.example"]) {
    const answer = await request.post("/preferences/theme", {
      form: { key: "k", theme: "dark", next },
      headers: { origin: app.url },
      maxRedirects: 0,
    });
    expect(answer.headers()["location"]).toBe("/");
  }
});

test.describe("on a wide screen", () => {
  test.use({ viewport: { width: 1280, height: 800 } });

  test("whoever sends too many forms is told to wait, and that nothing was changed", async ({ page }) => {
    const server = await startServer({ FORMS_PER_MINUTE: "2" });
    try {
      await page.goto(server.url);
      for (const theme of ["Dark", "Light"]) {
        await page.getByRole("button", { name: theme }).click();
        await expect(page.locator("html")).toHaveAttribute("data-theme", theme.toLowerCase());
      }
      const refused = page.waitForResponse((answer) => answer.request().method() === "POST");
      await page.getByRole("button", { name: "Dark" }).click();
      const answer = await refused;
      expect(answer.status()).toBe(429);
      expect(Number(answer.headers()["retry-after"])).toBeGreaterThan(0);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Too many attempts");
      await expect(page.locator("main")).toContainText("Please wait 1 minute");
      await expect(page.getByRole("link", { name: "Back to the form" })).toHaveAttribute("href", "/");
      await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    } finally {
      await server.stop();
    }
  });
});

test("a slash behind a language is taken away, for good", async ({ request }) => {
  for (const [from, to] of [
    ["/en/", "/en"],
    ["/fa/?q=a", "/fa?q=a"],
  ] as const) {
    const answer = await request.get(from, { maxRedirects: 0 });
    expect(answer.status()).toBe(308);
    expect(answer.headers().location).toBe(to);
    expect((await request.get(from)).status()).toBe(200);
  }
});
