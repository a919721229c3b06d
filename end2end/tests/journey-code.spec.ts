// Guessing the delivery code: each try is counted, five lock it, and time opens it again.
import { enterCode, pay, ship, showCode, standsAt } from "../fixtures/deal.ts";
import { wait } from "../fixtures/clock.ts";
import { meet } from "../fixtures/market.ts";
import { expect, test } from "../fixtures/own-server.ts";
import { enterBoth, leave, photograph } from "../fixtures/people.ts";

const PERSIAN = [..."۰۱۲۳۴۵۶۷۸۹"];

test("five wrong codes lock it for a quarter of an hour; then the right one counts", async ({ browser, own }) => {
  test.setTimeout(120_000);
  const { buyer, seller } = await enterBoth(browser, own);
  const deal = await meet(buyer.page, seller.page);
  await pay(buyer.page, own, deal);
  await ship(seller.page, deal);
  const code = await showCode(buyer.page, deal);
  await expect(buyer.page.locator("main")).toContainText("Say it only with the goods in your hands.");
  await expect(buyer.page.locator("main")).toContainText("it does not release money.");
  const wrong = code === "000000" ? "000001" : "000000";

  const said = seller.page.locator("#code-error");
  await enterCode(seller.page, deal, "12");
  await expect(said).toContainText("A code is six digits");
  for (const left of ["4 tries left", "3 tries left", "2 tries left", "1 try left"]) {
    await enterCode(seller.page, deal, wrong);
    await expect(said).toContainText(`That code does not match. ${left}.`);
    await expect(seller.page.locator("[name=code]")).toHaveValue("");
  }
  await photograph(seller.page, "code-wrong");
  await enterCode(seller.page, deal, wrong);
  await expect(said).toContainText(/5 wrong tries\. Locked until .*\d\d:\d\d.* The money is safe\./);
  await photograph(seller.page, "code-locked");

  // Locked is locked, also for the right one.
  await enterCode(seller.page, deal, code);
  await expect(said).toContainText("Locked until");
  await standsAt(buyer.page, deal, "On its way");
  await expect(buyer.page.locator("#timeline")).toContainText("for the fifth time: locked for 15 minutes");

  await wait(seller.page, "15 minutes");
  const persian = [...code].map((digit) => PERSIAN[Number(digit)]).join("");
  await enterCode(seller.page, deal, ` ${persian.slice(0, 3)} ${persian.slice(3)} `);
  await expect(seller.page).toHaveURL(/done=deal_code_right/);
  await standsAt(buyer.page, deal, "Check the goods");
  await leave(buyer, seller);
});
