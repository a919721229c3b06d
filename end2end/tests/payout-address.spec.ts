// Where one is paid: slowly, and visibly to its owner. Without scripts.
import { expect, test } from "../fixtures/app.ts";
import { PASSWORD, codeIn, newestLetter, signUp } from "../fixtures/mail.ts";

test.use({ javaScriptEnabled: false });

const ADDRESS = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const GROUPED = "0x 5aAe b605 3F3E 94C9 b9A0 9f33 6694 35E7 Ef1B eAed";

async function add(page: import("@playwright/test").Page, address: string, again = address) {
  await page.goto("/payouts/address/new?network=bsc");
  await page.locator("[name=address]").fill(address);
  await page.locator("[name=again]").fill(again);
  await page.locator("[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Send me the code" }).click();
}

test("an address is confirmed by its mailed code and then waits", async ({ page }) => {
  const to = await signUp(page);
  await page.goto("/payouts/address");
  await expect(page.getByText("No address yet")).toBeVisible();
  await add(page, ADDRESS.toLowerCase());
  await expect(page).toHaveURL(/\/confirm$/);
  await expect(page.locator("main .address")).toHaveText(GROUPED);
  const letter = await newestLetter(page.request, to, 2);
  expect(letter.text).toContain(ADDRESS);
  await page.locator("[name=code]").fill(codeIn(letter));
  await page.getByRole("button", { name: "Confirm this address" }).click();
  await expect(page.getByRole("status")).toContainText("Confirmed");
  await expect(page.locator(".chip")).toContainText("Waiting");
  await expect(page.locator("main .address")).toHaveText(GROUPED);
});

test("a mistyped, different or foreign address is refused and stays in the form", async ({ page }) => {
  await signUp(page);
  await add(page, ADDRESS.replace("aAeb", "AAeb"));
  await expect(page.locator("#address-error")).toContainText("typing mistake");
  await expect(page.locator("[name=address]")).toHaveValue(ADDRESS.replace("aAeb", "AAeb"));
  await add(page, ADDRESS, `${ADDRESS.slice(0, -1)}e`);
  await expect(page.locator("#again-error")).toContainText("differ");
  await add(page, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t");
  await expect(page.locator("#address-error")).toContainText("no address on this network");
});

test("the link in the mail stops an address without signing in", async ({ page, browser, app }) => {
  const to = await signUp(page);
  await add(page, ADDRESS);
  const letter = await newestLetter(page.request, to, 2);
  const link = letter.text.split("\n").find((line) => line.includes("/payouts/address/stop?"))!;

  const owner = await browser.newContext({ javaScriptEnabled: false, baseURL: app.url });
  const mail = await owner.newPage();
  await mail.goto(link.trim());
  await expect(mail.locator("main .address")).toHaveText(GROUPED);
  await mail.getByRole("button", { name: "It was not me: stop it" }).click();
  await expect(mail.getByRole("status")).toContainText("The address is stopped");
  await mail.goto(link.trim());
  await expect(mail.getByText("Nothing is sent there")).toBeVisible();

  await page.goto("/payouts/address");
  await expect(page).toHaveURL(/\/auth\/sign-in/);
  await owner.close();
});

test("an address is removed on a page of its own", async ({ page }) => {
  const to = await signUp(page);
  await add(page, ADDRESS);
  await page.locator("[name=code]").fill(codeIn(await newestLetter(page.request, to, 2)));
  await page.getByRole("button", { name: "Confirm this address" }).click();
  await page.getByRole("link", { name: "Remove the address" }).click();
  await page.getByRole("button", { name: "Remove the address" }).click();
  await expect(page.getByRole("status")).toContainText("The address is removed");
  await expect(page.getByText("No address yet")).toBeVisible();
});

test("nobody sees the address of another", async ({ page }) => {
  await signUp(page);
  await add(page, ADDRESS);
  const theirs = page.url();
  await page.context().clearCookies();
  await signUp(page);
  expect((await page.goto(theirs))?.status()).toBe(404);
});
