// The tables of staff on the demo's own people and deals: filters and files, roles by two keys,
// mailboxes that are opened with a reason, categories, the log that shows any later change.
import type { Browser, Page } from "@playwright/test";
import { type App, expect, signIn, startServer, test as base } from "../fixtures/app.ts";

const test = base.extend<{ own: App }>({
  own: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.stop();
  },
});

async function enter(browser: Browser, app: App, role: string, which = 0): Promise<Page> {
  const context = await browser.newContext({ baseURL: app.url, javaScriptEnabled: false });
  await context.addCookies([{ name: "lang", value: "en", url: app.url }]);
  const page = await context.newPage();
  await signIn(page, app, role, which);
  return page;
}

async function search(page: Page, name: string): Promise<void> {
  await page.goto("/admin/users");
  await page.getByLabel("Name, e-mail or id").fill(name);
  await page.getByRole("button", { name: "Show" }).click();
}

test("a list as it is filtered and turned round is an address, and the file has its rows", async ({
  browser,
  app,
}) => {
  const admin = await enter(browser, app, "admin");
  await admin.goto("/admin/users");
  await admin.getByLabel("Role").selectOption("Resolver");
  await admin.getByRole("button", { name: "Show" }).click();
  await expect(admin).toHaveURL(/role=resolver/);
  const rows = admin.locator("#users tbody tr");
  const names = await rows.locator("th").allTextContents();
  expect(names.length).toBeGreaterThan(1);
  await admin.getByRole("link", { name: /turn round: oldest first/ }).click();
  await expect(admin).toHaveURL(/role=resolver.*sort=oldest/);
  expect(await rows.locator("th").allTextContents()).toEqual(names.toReversed());
  const href = await admin.getByRole("link", { name: "Download as CSV" }).getAttribute("href");
  const file = await admin.request.get(href!);
  expect(file.headers()["content-type"]).toContain("text/csv");
  expect(file.headers()["content-disposition"]).toContain("amn-users.csv");
  const lines = (await file.text()).trim().split("\n");
  expect(lines).toHaveLength(names.length + 1);
  expect(lines[1]).toContain(names.at(-1)!);
  await admin.goto("/admin/audit");
  await expect(admin.locator("#log")).toContainText("export:users");
});

test("a role of staff is given by two different admins; each word stands in the log", async ({ browser, own }) => {
  const first = await enter(browser, own, "admin", 0);
  const second = await enter(browser, own, "admin", 1);
  const buyer = own.accounts.find((account) => account.role === "buyer")!;
  await search(first, buyer.email);
  await first.locator("#users tbody a").click();
  await first.getByRole("link", { name: "Roles" }).click();
  const path = new URL(first.url()).pathname;
  const name = (await first.locator("h1").textContent())!.replace("Roles of ", "");
  await first.locator("label[for=roles-support]").click();
  const give = first.getByRole("button", { name: "Give these roles" });
  await give.click();
  await expect(first.locator("#errors")).toContainText("Write the reason");
  await expect(first.locator("#roles-support")).toBeChecked();
  await first.getByLabel("Reason").fill("Joins the help desk");
  await give.click();
  await expect(first.getByText("A different admin has to agree, too.")).toBeVisible();
  await first.goto(path);
  await first.getByLabel("Reason").fill("Once more");
  await give.click();
  await expect(first.locator("#errors")).toContainText("a different admin has to agree");

  await second.goto("/admin/users?proposed=yes");
  await second.getByRole("link", { name }).click();
  await expect(second.getByText("Joins the help desk")).toBeVisible();
  await second.goto(path);
  await expect(second.locator("#roles-support")).toBeChecked();
  await second.getByLabel("Reason").fill("I know them");
  await second.getByRole("button", { name: "Give these roles" }).click();
  await expect(second.getByText("Done, and noted in the audit log.")).toBeVisible();
  await expect(second.locator("main")).toContainText("Buyer, Support");
  await second.getByRole("link", { name: "What was done to them" }).click();
  await expect(second.locator("#log")).toContainText("I know them");
  await expect(second.locator("#log")).toContainText("Joins the help desk");

  // Whoever helps reads accounts, and nothing that has to do with money.
  const support = await enter(browser, own, "buyer");
  await support.goto("/admin/users");
  await expect(support.locator("#users")).toBeVisible();
  for (const closed of ["/admin", "/admin/ledger", "/admin/audit", "/admin/payouts", "/admin/categories", path]) {
    expect((await support.goto(closed))?.status(), closed).toBe(403);
  }
  const seller = own.accounts.find((account) => account.role === "seller")!;
  await search(support, seller.email);
  await support.locator("#users tbody a").click();
  await expect(support.getByText(seller.email)).toHaveCount(0);
  await support.getByLabel("Reason").fill("Asked us to write");
  await support.getByRole("button", { name: "Show the e-mail address" }).click();
  await expect(support.getByText(seller.email)).toBeVisible();
  await expect(support.getByRole("button", { name: "Suspend" })).toHaveCount(0);
  await support.getByLabel("Reason").fill("Three complaints");
  await support.getByRole("button", { name: "Propose a suspension" }).click();
  await expect(support.getByText("Three complaints")).toBeVisible();
  await second.goto(new URL(support.url()).pathname);
  await expect(second.getByText("proposed a suspension")).toBeVisible();
  await second.getByLabel("Reason").fill("Looked at it: nothing there");
  await second.getByRole("button", { name: "Set the proposal aside" }).click();
  await expect(second.getByText("proposed a suspension")).toHaveCount(0);
  await second.getByRole("link", { name: "What was done to them" }).click();
  for (const reason of ["Asked us to write", "Three complaints", "Looked at it: nothing there"]) {
    await expect(second.locator("#log")).toContainText(reason);
  }
});

test("nobody has changed the log, and its last digest says so", async ({ browser, app }) => {
  const admin = await enter(browser, app, "admin");
  await admin.goto("/admin/audit");
  await admin.getByRole("button", { name: "Check the whole chain" }).click();
  await expect(admin.getByText(/entries, unbroken, checked/)).toBeVisible();
  await admin.goto("/admin/audit?actor=nobody");
  await expect(admin.locator("#errors")).toContainText("no id of an account");
});

test("a deal is found by code, title and mailbox, and its file has every event", async ({ browser, app }) => {
  const admin = await enter(browser, app, "admin");
  await admin.goto("/admin/deals");
  const find = async (question: string) => {
    await admin.getByLabel("Find a deal").fill(question);
    await admin.getByRole("button", { name: "Find" }).click();
  };
  await find("wacom pen");
  await expect(admin.locator(".card-title")).toHaveText(["Wacom One 13, with pen and stand"]);
  await admin.getByRole("link", { name: "Everything that is kept of it" }).click();
  await expect(admin.locator("#events tbody tr").last()).toContainText("opened");
  const code = (await admin.locator("h1").textContent())!.match(/Deal (\w{4})/)![1]!;
  const path = new URL(admin.url()).pathname;
  await admin.goto("/admin/deals");
  await find(code.toLowerCase());
  await expect(admin.locator(`a[href="${path}"]`)).toHaveCount(1);
  await find(app.accounts.find((account) => account.role === "buyer")!.email);
  expect(await admin.locator(".card-title").count()).toBeGreaterThan(1);
  await find("0x0000000000000000000000000000000000000000");
  await expect(admin.getByText("Nothing leads to a deal.")).toBeVisible();
  await admin.goto(`${path}`);
  await admin.getByRole("link", { name: "Ledger" }).first().click();
  await expect(admin.locator("#ledger tbody tr").first()).toContainText(code);
});

test("a category is made, closed and no longer offered; its word is its own for ever", async ({ browser, own }) => {
  const admin = await enter(browser, own, "admin");
  await admin.goto("/admin/categories");
  await admin.getByLabel("Name in English").fill("Unicycles");
  await admin.getByLabel("Name in Persian").fill("تک‌چرخ");
  await admin.getByLabel("Word in addresses").fill("Uni cycles");
  await admin.getByLabel("Order").fill("۹۹");
  await admin.getByRole("button", { name: "Make the category" }).click();
  await expect(admin.locator("#errors")).toContainText("small letters");
  await expect(admin.getByLabel("Name in Persian")).toHaveValue("تک‌چرخ");
  await admin.getByLabel("Word in addresses").fill("unicycles");
  await admin.getByRole("button", { name: "Make the category" }).click();
  await admin.goto("/requests");
  await expect(admin.getByLabel("Category").getByText("Unicycles")).toHaveCount(1);
  await admin.goto("/admin/categories/unicycles");
  await expect(admin.getByLabel("Order")).toHaveValue("99");
  await admin.locator("label[for=open]").click();
  await admin.getByRole("button", { name: "Save the category" }).click();
  await expect(admin.locator("tr", { hasText: "Unicycles" })).toContainText("Closed");
  await admin.goto("/requests");
  await expect(admin.getByLabel("Category").getByText("Unicycles")).toHaveCount(0);
});

test("whoever judges asks a party, who answers in the room; both stand in the case", async ({ browser, own }) => {
  const title = "Wacom One 13, with pen and stand";
  const drawnFor = async (role: string, list: string): Promise<Page> => {
    for (const which of [0, 1]) {
      const page = await enter(browser, own, role, which);
      await page.goto(list);
      if (await page.getByRole("link", { name: title }).count()) return page;
    }
    throw new Error(`it is no ${role}'s`);
  };
  const resolver = await drawnFor("resolver", "/disputes");
  await resolver.getByRole("link", { name: title }).click();
  const path = new URL(resolver.url()).pathname;
  await resolver.getByRole("link", { name: "Ask a party" }).click();
  await resolver.getByLabel("Your question").fill("Is the pen in the box?");
  await resolver.getByRole("button", { name: "Ask" }).click();
  await expect(resolver.locator("#errors")).toContainText("Choose whom you ask.");
  await expect(resolver.getByLabel("Your question")).toHaveValue("Is the pen in the box?");
  await resolver.locator("label[for=to-seller]").click();
  await resolver.getByRole("button", { name: "Ask" }).click();
  await expect(resolver.getByText("Asked. The party was told.")).toBeVisible();
  await expect(resolver.getByText("No answer yet.")).toBeVisible();

  const seller = await drawnFor("seller", "/deals");
  await seller.goto(path.replace("/disputes/", "/deals/"));
  await seller.getByRole("link", { name: "Answer the question" }).click();
  await expect(seller.getByText("Is the pen in the box?")).toBeVisible();
  await seller.getByLabel("Your answer").fill("It was, when I packed it.");
  await seller.getByRole("button", { name: "Send the answer" }).click();
  await expect(seller.getByText("Your answer stands in the case.")).toBeVisible();
  await expect(seller.getByRole("link", { name: "Answer the question" })).toHaveCount(0);
  await resolver.goto(path);
  await expect(resolver.locator("#main")).toContainText("It was, when I packed it.");
});
