// Ways in and out, without a single script.
import { expect, signIn, test } from "../fixtures/app.ts";
import { PASSWORD, codeIn, freshAddress, lettersTo, newestLetter, signUp } from "../fixtures/mail.ts";

test.use({ javaScriptEnabled: false });

test("the mailed code opens an account and signs in", async ({ page, context }) => {
  await signUp(page);
  await page.goto("/account");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your account");
  await expect(page.getByText("Mina")).toBeVisible();
  const cookies = await context.cookies();
  const session = cookies.find((cookie) => cookie.name === "session")!;
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(cookies.find((cookie) => cookie.name === "device")).toMatchObject({ httpOnly: true });
  expect(cookies.find((cookie) => cookie.name === "sign-up")).toBeUndefined();
});

test("a refused sign-up keeps what was typed, but not the password", async ({ page }) => {
  await page.goto("/auth/sign-up");
  await page.locator("[name=email]").fill("not an address");
  await page.locator("[name=password]").fill("short");
  await page.locator("[name=first_name]").fill("<b>Mina</b>");
  await page.getByText("Sell, and buy too").click();
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.locator("#email-error")).toContainText("name@example.com");
  await expect(page.locator("#password-error")).toContainText("at least 10 characters");
  await expect(page.locator("#first_name-error")).toContainText("<");
  await expect(page.locator("[name=email]")).toHaveValue("not an address");
  await expect(page.locator("[name=first_name]")).toHaveValue("<b>Mina</b>");
  await expect(page.locator("[name=password]")).toHaveValue("");
  await expect(page.getByLabel("Sell, and buy too")).toBeChecked();
});

test("a password that everybody tries is refused", async ({ page }) => {
  await page.goto("/auth/sign-up");
  await page.locator("[name=email]").fill(freshAddress());
  await page.locator("[name=password]").fill("password123");
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.locator("#password-error")).toContainText("thieves");
});

test("five wrong codes spend it, and another one can be asked for", async ({ page }) => {
  const to = freshAddress();
  await page.goto("/auth/sign-up");
  await page.locator("[name=email]").fill(to);
  await page.locator("[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Send me a code" }).click();
  const right = codeIn(await newestLetter(page.request, to));
  const wrong = right.startsWith("000") ? "111 111" : "000 000";
  for (const said of ["4 tries left", "3 tries left", "2 tries left", "1 try left", "Ask for a new one"]) {
    await page.locator("[name=code]").fill(wrong);
    await page.getByRole("button", { name: "Open my account" }).click();
    await expect(page.locator("#code-error")).toContainText(said);
  }
  await page.locator("[name=code]").fill(right);
  await page.getByRole("button", { name: "Open my account" }).click();
  await expect(page.locator("#code-error")).toContainText("no longer counts");

  await page.getByRole("button", { name: "Send another code" }).click();
  await expect(page.getByRole("status")).toContainText("Another code is on its way");
  const fresh = codeIn(await newestLetter(page.request, to, 2));
  // Persian digits are digits.
  const persian = fresh.replace(/\d/g, (digit) => String.fromCharCode(0x6f0 + Number(digit)));
  await page.locator("[name=code]").fill(persian);
  await page.getByRole("button", { name: "Open my account" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("signing up with a known address looks the same, and only the mail differs", async ({ page, app }) => {
  const known = app.accounts.find((account) => account.role === "buyer")!.email;
  const before = (await lettersTo(page.request, known)).length;
  await page.goto("/auth/sign-up");
  await page.locator("[name=email]").fill(known);
  await page.locator("[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page).toHaveURL(/\/auth\/verify$/);
  await expect(page.getByText(known)).toBeVisible();
  const letter = await newestLetter(page.request, known, before + 1);
  expect(letter.subject).toBe("You already have an Amn account");
});

test("a wrong password and an unknown address are told apart by nothing", async ({ page, app }) => {
  const known = app.accounts.find((account) => account.role === "resolver")!.email;
  const said: string[] = [];
  for (const email of [known, freshAddress()]) {
    await page.goto("/auth/sign-in");
    await page.locator("[name=email]").fill(email);
    await page.locator("[name=password]").fill("surely not this one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.locator("[name=email]")).toHaveValue(email);
    await expect(page.locator("[name=password]")).toHaveValue("");
    said.push(await page.getByRole("alert").innerText());
  }
  expect(said[0]).toBe(said[1]);
});

test("signing in leads on to the page that asked for it, and never to another site", async ({ page, app }) => {
  await page.goto("/account/sessions");
  await expect(page).toHaveURL(/\/auth\/sign-in\?next=\/account\/sessions$/);
  const account = app.accounts.filter((account) => account.role === "admin")[1]!;
  const fill = async () => {
    await page.locator("[name=email]").fill(account.email);
    await page.locator("[name=password]").fill(account.password);
    await page.getByRole("button", { name: "Sign in" }).click();
  };
  await fill();
  await expect(page).toHaveURL(/\/account\/sessions$/);
  for (const next of ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
    await page.context().clearCookies();
    await page.goto(`/auth/sign-in?next=${encodeURIComponent(next)}`);
    await fill();
    await expect(page).toHaveURL(`${app.url}/dashboard`);
  }
});

test("a forgotten password is replaced by a mailed code, and payouts wait", async ({ page, app }) => {
  const to = await signUp(page);
  await page.context().clearCookies();
  await page.goto("/auth/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.locator("[name=email]").fill(to);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page).toHaveURL(`${app.url}/auth/reset/code`);
  await expect(page.locator("[name=email]")).toHaveValue(to);
  await page.locator("[name=code]").fill(codeIn(await newestLetter(page.request, to, 2)));
  await page.locator("[name=password]").fill("an entirely other phrase");
  await page.getByRole("button", { name: "Set the new password" }).click();
  await expect(page.getByRole("status").filter({ hasText: /./ })).toContainText("Your new password is set");
  await page.locator("[name=email]").fill(to);
  await page.locator("[name=password]").fill("an entirely other phrase");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByText("Nothing is paid out to you before")).toBeVisible();
  const letters = await lettersTo(page.request, to);
  expect(letters[0]!.subject).toBe("Your Amn password was changed");
});

test("a session that is ended elsewhere is over", async ({ page, browser, app }) => {
  const to = await signUp(page);
  const other = await browser.newContext({ javaScriptEnabled: false, baseURL: app.url });
  const phone = await other.newPage();
  await phone.goto("/auth/sign-in");
  await phone.locator("[name=email]").fill(to);
  await phone.locator("[name=password]").fill(PASSWORD);
  await phone.getByRole("button", { name: "Sign in" }).click();
  await expect(phone).toHaveURL(/\/dashboard$/);

  await page.goto("/account/sessions");
  await expect(page.getByText("This one")).toHaveCount(1);
  await page.getByRole("button", { name: /^End / }).click();
  await expect(page.getByRole("status")).toContainText("Ended");
  await phone.goto("/account");
  await expect(phone).toHaveURL(/\/auth\/sign-in/);
  await page.goto("/account");
  await expect(page).toHaveURL(/\/account$/);
  await other.close();
});

test("a changed password keeps this browser signed in", async ({ page }) => {
  await signUp(page);
  await page.goto("/account/security");
  await page.locator("[name=current]").fill("not the password");
  await page.locator("[name=password]").fill("an entirely other phrase");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.locator("#current-error")).toContainText("wrong");
  await page.locator("[name=current]").fill(PASSWORD);
  await page.locator("[name=password]").fill("an entirely other phrase");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByRole("status").filter({ hasText: /./ })).toContainText("Your password is changed");
});

test("signing out forgets the session", async ({ page }) => {
  await signUp(page);
  await page.goto("/account");
  await page.locator("main").getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("status")).toContainText("You are signed out");
  await page.goto("/account");
  await expect(page).toHaveURL(/\/auth\/sign-in/);
});

test("preferences are kept with the account", async ({ page }) => {
  await signUp(page);
  await page.goto("/account/preferences");
  await page.locator("[name=language]").selectOption("fa");
  await page.locator("[name=time_zone]").selectOption("Asia/Tehran");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "fa");
  await expect(page.locator("[name=time_zone]")).toHaveValue("Asia/Tehran");
  await page.goto("/account/sessions");
  await expect(page.locator("main time").first()).toContainText("UTC+3:30");
});

test("an account is closed for good, and its address is free again", async ({ page }) => {
  const to = await signUp(page);
  await page.goto("/account/close");
  await page.locator("[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Close the account" }).click();
  await expect(page.locator("#sure-error")).toBeVisible();
  await page.locator("[name=password]").fill(PASSWORD);
  await page.getByText("I want to close my account for good").click();
  await page.getByRole("button", { name: "Close the account" }).click();
  await expect(page.getByRole("status")).toContainText("Your account is closed");
  await page.goto("/auth/sign-in");
  await page.locator("[name=email]").fill(to);
  await page.locator("[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("The address or the password is wrong");
});

test("a buyer asks to sell", async ({ page }) => {
  await signUp(page);
  await page.goto("/sell");
  await page.getByRole("button", { name: "Ask to sell" }).click();
  await expect(page.getByRole("status")).toContainText("Done");
  await expect(page.getByText("You can sell.")).toBeVisible();
});

test("people of the demo come in with the passwords it printed", async ({ page, app }) => {
  for (const role of ["buyer", "seller", "resolver", "admin"]) {
    await page.context().clearCookies();
    await signIn(page, app, role);
    await page.goto("/account");
    await expect(page.locator("main h1")).toBeVisible();
  }
});
