// Public pages: no script at all, language and theme by plain forms.
import { expect, test } from "../fixtures/app.ts";

for (const path of ["/", "/en", "/fa", "/how-it-works", "/fa/how-it-works"]) {
  test(`${path} carries no script and allows none`, async ({ request }) => {
    const answer = await request.get(path);
    expect(answer.status()).toBe(200);
    expect(await answer.text()).not.toContain("<script");
    expect(answer.headers()["content-security-policy"]).toContain("script-src 'none'");
  });
}

test("a page with an island allows exactly its own script", async ({ request }) => {
  const answer = await request.get("/dev/components");
  const policy = answer.headers()["content-security-policy"];
  const nonce = /'nonce-([0-9a-f]{32})'/.exec(policy)?.[1];
  expect(nonce).toBeTruthy();
  expect(policy).not.toContain("unsafe-inline");
  expect(await answer.text()).toContain(`nonce="${nonce}"`);
});

test("a refused form comes back with what was typed", async ({ page }) => {
  await page.goto("/dev/components");
  const hostile = `</textarea><script>alert(1)</script>"'<b>&amp;\u202e𐍈`;
  const name = `</title><script>alert(1)</script>${"x".repeat(50)}`;
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Note").fill(hostile);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveTitle(`Error: ${name} · Amn`);
  await expect(page.getByRole("alert")).toContainText("There are 3 problems");
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByLabel("Note")).toHaveValue(hostile);
  await expect(page.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
});

test("a page that another site sends is refused", async ({ request, app }) => {
  const answer = await request.post("/preferences/theme", {
    form: { key: "k", theme: "dark", next: "/" },
    headers: { origin: "https://evil.example" },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(403);
  expect(await answer.text()).toContain("You may not do this");
  expect(answer.headers()["set-cookie"]).toBeUndefined();
});

test("a fee is shown on an example that sums", async ({ page }) => {
  await page.goto("/");
  const amounts = await page.getByRole("region", { name: "What it costs" }).locator("dd").allTextContents();
  const [price, fee, network, received] = amounts.map((text) => Number(text.replace(/[^0-9.]/g, "")));
  expect(price).toBe(1240);
  expect(price - fee - network).toBeCloseTo(received, 6);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("language and theme are chosen and kept", async ({ page }) => {
    await page.goto("/how-it-works");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.getByRole("button", { name: "فارسی" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "fa");
    await expect(page).toHaveURL(/\/how-it-works$/);
    await page.getByRole("button", { name: "فهرست" }).click();
    await page.getByRole("button", { name: "تیره" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("lang", "fa");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });

  test("an address that says its language keeps saying it", async ({ page }) => {
    await page.goto("/fa/how-it-works");
    await page.getByRole("button", { name: "English" }).click();
    await expect(page).toHaveURL(/\/en\/how-it-works$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("How a deal works");
  });

  test("the menu opens on a phone", async ({ page }) => {
    await page.goto("/");
    const link = page.getByRole("link", { name: "How it works" });
    await expect(link).toBeHidden();
    await page.getByRole("button", { name: "Menu" }).click();
    await link.click();
    await expect(page).toHaveURL(/\/how-it-works$/);
  });
});

test("what is not there says so, and that money is safe", async ({ page }) => {
  const answer = await page.goto("/no-such-page");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page does not exist");
  await expect(page.getByText("Your money is not affected")).toBeVisible();
});
