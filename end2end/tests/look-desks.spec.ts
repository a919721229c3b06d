// The desks of staff and every page that leads on from them.
import { choose, expect, test } from "../fixtures/app.ts";
import { lookAt } from "../fixtures/look.ts";

const SAMPLES = [
  "case-unanswered", "case", "case-proposed", "case-appealed", "case-ruled", "case-admin",
  "rule", "rule-large", "rule-check", "rule-check-large", "rule-check-final",
  "approve", "approve-own", "reassign",
  "payout", "payout-second", "payout-own", "payout-veto", "payout-unclear", "payout-refused",
  "resend", "resend-second", "resend-own",
  "hold", "lift", "lift-second", "lift-own", "loss", "loss-second",
];
const DESKS: [role: string, path: string][] = [
  ["resolver", "/disputes"],
  ["resolver", "/disputes?view=judged"],
  ["buyer", "/disputes"],
  ["admin", "/disputes?view=open"],
  ["admin", "/admin/payouts"],
  ["admin", "/admin/payouts?desk=unclear"],
  ["admin", "/admin/deals"],
  ["admin", "/admin/deals?desk=hold"],
  ["admin", "/admin/solvency"],
  ["admin", "/admin/work"],
  ["admin", "/admin"],
  ["admin", "/admin/users"],
  ["admin", "/admin/users?status=suspended"],
  ["admin", "/admin/audit?check=yes"],
  ["admin", "/admin/ledger?account=held"],
  ["admin", "/admin/categories"],
  ["admin", "/admin/categories/electronics"],
  ["admin", "/admin/jobs"],
  ["admin", "/admin/deals?q=camera"],
  ["admin", "/admin/payouts?desk=unclaimed"],
  ["buyer", "/dev/desks/dashboard"],
];

for (const [role, path] of [...SAMPLES.map((name) => ["visitor", `/dev/desks/${name}`]), ...DESKS]) {
  test(`${path} for a ${role}`, async ({ page, context, app, session }) => {
    if (role !== "visitor") await context.addCookies(await session(role));
    await lookAt(page, app, path, `desk-${role}-${path.slice(1).replaceAll(/[/?=]/g, "-")}`);
  });
}

for (const [list, links, name] of [
  ["/admin/users", "#users tbody a", "account"],
  ["/admin/deals?q=wacom", "a[href^='/admin/deals/']", "deal-file"],
] as const) {
  test(`what ${list} leads to, for an admin`, async ({ page, context, app, session }) => {
    await context.addCookies(await session("admin"));
    await page.goto(list);
    const path = await page.locator(links).first().getAttribute("href");
    await lookAt(page, app, path!, `desk-admin-${name}`);
    if (name === "account") await lookAt(page, app, `${path}/roles`, "desk-admin-roles");
  });
}

test("a ruling is shown in exact sums, says what cannot be undone, and names the second person", async ({
  page,
  app,
  context,
}) => {
  await choose(context, app, { lang: "en", theme: "light" });
  await page.goto("/dev/desks/rule-check");
  await expect(page.getByText("868.00 + 368.28 + 3.72 = 1,240.00 USDT")).toBeVisible();
  await expect(page.getByText("You cannot take this ruling back.")).toBeVisible();
  await page.goto("/dev/desks/rule-check-final");
  await expect(page.getByText("This ruling is final. It cannot be undone, by you or by Amn.")).toBeVisible();
  await page.goto("/dev/desks/rule-check-large");
  await expect(page.getByText("a different person must approve")).toBeVisible();
  await page.goto("/dev/desks/approve-own");
  await expect(page.getByText("You prepared this; a different person must approve.")).toBeVisible();
  await expect(page.locator("main form")).toHaveCount(0);
  await page.goto("/dev/desks/approve");
  await expect(page.getByRole("button", { name: /^Approve: .868\.00 USDT. to the buyer/ })).toBeVisible();
});

test("what people wrote is shown to staff as text", async ({ page, app, context }) => {
  await choose(context, app, { lang: "en", theme: "light" });
  for (const name of ["case", "rule-check", "payout", "lift-second"]) {
    await page.goto(`/dev/desks/${name}?hostile=1`);
    await expect(page.locator("main")).toContainText("</textarea><script>alert(1)</script>");
    await expect(page.locator("main script, main b")).toHaveCount(0);
  }
});
