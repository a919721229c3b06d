// What every deal page promises, one test a statement, each photographed: `statement-07-fa`.
import type { Page } from "@playwright/test";
import { type App, choose, expect, signIn, test } from "../fixtures/app.ts";
import { expectNoSidewaysScroll } from "../fixtures/a11y.ts";
import { makeOffer, next, postRequest } from "../fixtures/market.ts";
import { signUp } from "../fixtures/mail.ts";
import { enter, enterBoth, leave, photograph } from "../fixtures/people.ts";

const LANGS = ["en", "fa"] as const;
type Lang = (typeof LANGS)[number];

const STATES = [
  "awaiting", "detected", "underpaid", "funded", "surplus", "in-delivery", "inspection", "disputed", "ruled",
  "settling", "address-refused", "released", "refunded", "split", "expired", "cancelled", "late", "suspended",
  "loss", "hold",
];
const MONTHS = /فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند/;

/** Opens a page in each language on a phone, has it checked and photographs it. */
async function inBoth(
  page: Page,
  app: App,
  statement: string,
  path: string,
  check: (lang: Lang) => Promise<void>,
  theme = "light",
): Promise<void> {
  for (const lang of LANGS) {
    await choose(page.context(), app, { lang, theme });
    await page.goto(path);
    await check(lang);
    await photograph(page, `statement-${statement}-${lang}`);
  }
  // Whoever is signed in keeps the language: the next test begins in English.
  await choose(page.context(), app, { lang: "en" });
}

/** Amounts and addresses of a page, in their order. */
function figures(page: Page): Promise<string[]> {
  return page.locator("bdi.money, bdi.address").allTextContents();
}

test("1: a deal at 360 px says state, amount, token, network, holder, act and outcome within 640 px", async ({
  page,
  app,
}) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 360, height: 740 });
  const rooms = [
    "awaiting/buyer", "underpaid/buyer", "funded/seller", "in-delivery/buyer", "in-delivery/seller",
    "inspection/buyer", "disputed/seller", "late-alone/buyer",
  ];
  for (const room of rooms) {
    await inBoth(page, app, `01-${room.replace("/", "-")}`, `/dev/deals/${room}/room`, async (lang) => {
      const outcome = page.locator(".foreseen li").first().locator("p").nth(1);
      for (const part of [".chip", ".sum", ".holder", ".turn"].map((name) => page.locator(`.now ${name}`)).concat(outcome)) {
        const box = await part.boundingBox();
        expect(box, `${room} in ${lang}`).toBeTruthy();
        expect(box!.y + box!.height, `${room} in ${lang}: ${await part.textContent()}`).toBeLessThanOrEqual(640);
      }
      await expect(page.locator(".now .chip svg")).toBeVisible();
      await expect(page.locator(".now .sum")).toContainText(/[\d,]+\.\d\d\sUSDT/);
      await expect(page.locator(".now .holder")).toContainText(/BNB Smart Chain \(BEP-20\)\S? · \S/);
      await expect(next(page)).toBeInViewport();
    });
  }
});

test("2: a page has exactly one filled button where something is due, and none where not", async ({ page, app }) => {
  const due: Record<string, number> = {
    "awaiting/buyer": 1, "awaiting/seller": 0, "detected/buyer": 0, "underpaid/buyer": 1, "underpaid/seller": 0,
    "topped-up/buyer": 0,
    "waiver/seller": 1, "funded/seller": 1, "funded/buyer": 0, "in-delivery/buyer": 1, "in-delivery/seller": 1,
    "inspection/buyer": 1, "inspection/seller": 0, "disputed/buyer": 1, "disputed/seller": 1, "settling/seller": 0,
    "needs-address/buyer": 1, "address-refused/buyer": 1, "cancelled/buyer": 0, "late-alone/buyer": 1,
    "suspended/buyer": 0,
  };
  await choose(page.context(), app, { lang: "en", theme: "light" });
  for (const [room, count] of Object.entries(due)) {
    await page.goto(`/dev/deals/${room}/room`);
    await expect(page.locator("main .button.primary"), room).toHaveCount(count);
  }
  await inBoth(page, app, "02", "/dev/deals/funded/buyer/room", async () => {
    await expect(page.locator("main .button.primary")).toHaveCount(0);
  });
});

test("3: a Persian deal and its pay page mirror; amounts and addresses read as in English", async ({ page, app }) => {
  for (const [name, path, count] of [
    ["03-room", "/dev/deals/released/seller/room", 5],
    ["03-pay", "/dev/deals/awaiting/buyer/pay", 2],
  ] as const) {
    const shown: Partial<Record<Lang, string[]>> = {};
    await inBoth(page, app, name, path, async (lang) => {
      shown[lang] = await figures(page);
      await expect(page.locator("html")).toHaveAttribute("dir", lang === "fa" ? "rtl" : "ltr");
      const back = (await page.locator(".back").boundingBox())!;
      const isLeft = back.x < 360 - back.x - back.width;
      expect(isLeft, `the way back stands at the beginning of the line in ${lang}`).toBe(lang === "en");
    });
    expect(shown.en!.length).toBeGreaterThanOrEqual(count);
    expect(shown.fa).toEqual(shown.en);
  }
});

test("4: a Persian deadline is Jalali, in Persian digits, with its zone", async ({ page, app }) => {
  await inBoth(page, app, "04", "/dev/deals/in-delivery/seller/room", async (lang) => {
    const when = page.locator(".foreseen time").first();
    await expect(when).toContainText("UTC");
    await expect(when).toContainText(lang === "fa" ? /[۰-۹]{2}:[۰-۹]{2}/ : /\d{2}:\d{2}/);
    if (lang === "fa") await expect(when).toContainText(MONTHS);
  });
});

test("5: without colour status chips are told apart by glyph and word", async ({ page, app }) => {
  await inBoth(page, app, "05", "/dev/components", async () => {
    await page.evaluate(() => (document.documentElement.style.filter = "grayscale(1)"));
    const chips = await page.locator(".cluster:has(> .chip) > .chip").evaluateAll((chips) =>
      chips.map((chip) => ({
        word: chip.textContent!.trim(),
        glyph: chip.querySelector("use")!.getAttribute("href")!,
      })),
    );
    expect(chips.length).toBeGreaterThanOrEqual(17);
    const words = new Map(chips.map(({ word, glyph }) => [word, glyph]));
    expect(words.size).toBe(17);
    expect(new Set(words.values()).size).toBeGreaterThanOrEqual(8);
    for (const word of words.keys()) expect(word.length).toBeGreaterThan(2);
  });
});

test("6: the QR code is black on white in a dark page, with a margin of four modules", async ({ page, app }) => {
  await inBoth(page, app, "06", "/dev/deals/awaiting/buyer/pay", async () => {
    const code = await page.locator(".qr").first().evaluate((card) => {
      const path = card.querySelector("svg path")!;
      const first = /^M(\d+) (\d+)/.exec(path.getAttribute("d")!)!;
      return {
        light: getComputedStyle(card).backgroundColor,
        dark: getComputedStyle(path).fill,
        quiet: [Number(first[1]), Number(first[2])],
      };
    });
    expect(code).toEqual({ light: "oklch(1 0 0)", dark: "oklch(0 0 0)", quiet: [4, 4] });
  }, "dark");
});

test("7: the pay page says that it must arrive, the network, the whole address and its words, and copies both", async ({
  page,
  app,
}) => {
  await inBoth(page, app, "07", "/dev/deals/awaiting/buyer/pay", async (lang) => {
    // An amount keeps its own direction (U+2068 … U+2069) in a sentence of either language.
    await expect(page.getByRole("heading", { level: 1 })).toContainText("\u20681,240.00\u00a0USDT\u2069");
    await expect(page.locator("main")).toContainText(lang === "en" ? "Must ARRIVE in full." : "باید کامل برسد");
    await expect(page.locator(".pay .network")).toContainText("USDT");
    await expect(page.locator(".pay .network")).toContainText("BNB Smart Chain (BEP-20)");
    await expect(page.locator(".pay-address")).toHaveText("0x 7F3a 91Cd 0B2e 44A8 1f60 C9D2 5eB7 8841 0aF3 d2E9");
    await expect(page.locator("bdi[lang=en]")).toHaveText(/^([a-z]+ ){3}[a-z]+$/);
    for (const name of lang === "en" ? ["Copy amount", "Copy address"] : ["کپی مبلغ", "کپی نشانی"]) {
      await expect(page.getByRole("button", { name })).toBeVisible();
    }
    await expect(page.locator("main .button.primary")).toHaveAttribute(
      "href",
      "ethereum:0x55d398326f99059fF775485246999027B3197955@56/transfer" +
        "?address=0x7F3a91Cd0B2e44A81f60C9D25eB788410aF3d2E9&uint256=1240000000000000000000",
    );
  });
});

test("8: too little says what arrived and is missing, the three ways out and when it is refunded", async ({
  page,
  app,
}) => {
  await inBoth(page, app, "08", "/dev/deals/underpaid/buyer/pay", async () => {
    const main = page.locator("main");
    await expect(main).toContainText("1,238.50\u00a0USDT");
    await expect(main).toContainText("1.50\u00a0USDT");
    await expect(page.locator(".ways li")).toHaveCount(3);
    await expect(page.locator(".ways a[href$='/waiver']")).toBeVisible();
    await expect(page.locator(".ways a[href$='/withdraw']")).toBeVisible();
    await expect(page.locator(".banner time").first()).toBeVisible();
  });
});

test("9: late money is safe until a date; money of another network is not lost", async ({ page, app }) => {
  await inBoth(page, app, "09-late", "/dev/deals/late/buyer/pay", async (lang) => {
    await expect(page.locator("main")).toContainText(lang === "en" ? "came late and is safe" : "در امان است");
    await expect(page.locator(".foreseen time").first()).toBeVisible();
  });
  await inBoth(page, app, "09-stray", "/dev/deals/awaiting/buyer/pay-stray", async (lang) => {
    await expect(page.locator("main")).toContainText(lang === "en" ? "It is not lost" : "از دست نرفته");
  });
});

test("10: a release names amount and payee, asks for a tick, and cannot be undone", async ({ page, app }) => {
  await inBoth(page, app, "10", "/dev/deals/inspection/buyer/accept", async (lang) => {
    const heading = page.getByRole("heading", { level: 1 });
    await expect(heading).toContainText("1,227.30\u00a0USDT");
    await expect(heading).toContainText("Sara Cameras");
    await expect(page.locator("main [type=checkbox]")).not.toBeChecked();
    await expect(page.locator("main")).toContainText(lang === "en" ? "cannot be undone" : "بازگشت");
    await expect(next(page)).toContainText("1,227.30\u00a0USDT");
  });
});

test("11: the code's page carries both warnings; a wrong entry says how many tries are left", async ({
  page,
  app,
}) => {
  await inBoth(page, app, "11", "/dev/deals/in-delivery/buyer/code", async (lang) => {
    await expect(page.locator(".code")).toHaveText("418 206");
    const warning = page.locator(".banner");
    if (lang === "en") {
      await expect(warning).toContainText("Say it only with the goods in your hands.");
      await expect(warning).toContainText("It starts your 3-day inspection; it does not release money.");
    } else {
      await expect(warning.locator("p")).toHaveCount(2);
      await expect(warning).toContainText("۳");
    }
  });
  await inBoth(page, app, "11-refused", "/dev/deals/wrong-code/seller/code-refused", async (lang) => {
    const left = lang === "en" ? "That code does not match. 2 tries left." : "۲";
    await expect(page.locator("#code-error")).toContainText(left);
    await expect(page.locator("#errors")).toContainText(left);
  });
});

test("12: a dispute shows the frozen sum, both claims in token and per cent, dates and what follows", async ({
  page,
  app,
}) => {
  await inBoth(page, app, "12", "/dev/desks/case", async (lang) => {
    await expect(page.locator(".now .sum")).toHaveText("1,240.00\u00a0USDT");
    const [buyer, seller] = [page.locator(".claims > div").nth(0), page.locator(".claims > div").nth(1)];
    await expect(buyer).toContainText("Omid Rahimi");
    await expect(buyer).toContainText(/900\.00\sUSDT\s72\.5%/);
    await expect(seller).toContainText("Sara Cameras");
    await expect(seller).toContainText("It left without a scratch");
    await expect(page.locator(".facts time").first()).toBeVisible();
    await expect(page.locator(".foreseen li").first()).toBeVisible();
    if (lang === "en") {
      await expect(page.getByText("1 of 2 given")).toBeVisible();
      await expect(page.locator(".facts")).toContainText("Ruling due");
    }
  });
});

test("13: the money panel adds up to what was received, surplus and fee included", async ({ page, app }) => {
  await choose(page.context(), app, { lang: "en", theme: "light" });
  for (const state of STATES.filter((state) => state !== "awaiting")) {
    await page.goto(`/dev/deals/${state}/buyer/room`);
    const lines = await page.locator(".money-panel dl > div").evaluateAll((rows) =>
      rows.map((row) => [row.querySelector("dt")!.textContent!, row.querySelector("dd")!.textContent!]),
    );
    const cents = (text: string) => Math.round(Number(text.replace(/[^0-9.]/g, "")) * 100);
    const sources = ["Received", "Taken back by the chain", "Made good by Amn"];
    const sum = (isSource: boolean) =>
      lines
        .filter(([label]) => sources.includes(label) === isSource)
        .reduce((sum, [, text]) => sum + cents(text), 0);
    expect(sum(false), `${state}: ${JSON.stringify(lines)}`).toBe(sum(true));
    await expect(page.locator(".money-panel .exact")).toHaveText("Received equals the sum of the lines.");
  }
  for (const [name, path, sums] of [
    ["13-surplus", "/dev/deals/surplus/buyer/room", ["1,245.00", "1,240.00", "5.00"]],
    ["13-fee", "/dev/deals/released/seller/room", ["1,240.00", "1,227.30", "12.40", "0.30"]],
  ] as const) {
    await inBoth(page, app, name, path, async () => {
      for (const sum of sums) await expect(page.locator(".money-panel")).toContainText(`${sum}\u00a0USDT`);
    });
  }
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("14: deal, pay, code, evidence and offers are complete, each with Refresh", async ({ page, app }) => {
    test.setTimeout(120_000);
    await signIn(page, app, "buyer");
    const refreshed = async (statement: string, path: string, part: string) => {
      await inBoth(page, app, statement, path, async (lang) => {
        await expect(page.locator(part).first()).toBeVisible();
        const name = lang === "en" ? "Refresh status" : "تازه‌سازی وضعیت";
        const refresh = page.getByRole("link", { name }).first();
        await expect(refresh).toBeVisible();
        expect(await refresh.getAttribute("href")).toBe(path);
      });
    };
    await refreshed("14-deal", "/dev/deals/in-delivery/buyer/room", "#evidence");
    await refreshed("14-pay", "/dev/deals/awaiting/buyer/pay", ".pay-address");
    await refreshed("14-code", "/dev/deals/in-delivery/buyer/code", ".code");
    await choose(page.context(), app, { lang: "en", theme: "light" });
    await page.goto("/deals");
    const room = await page.locator(".card-title a").first().getAttribute("href");
    await refreshed("14-evidence", `${room}/evidence`, "#there");
    await page.goto("/dashboard");
    const offers = await page.locator("main a[href^='/requests/'][href$='/offers']").first().getAttribute("href");
    await refreshed("14-offers", offers!, "main li.card");
  });
});

test("15: a refused step of the wizard has a summary, a message at each field, and all that was typed", async ({
  page,
  app,
}) => {
  await signIn(page, app, "buyer");
  await inBoth(page, app, "15", "/requests/new/what", async (lang) => {
    await page.locator("[name=title]").fill("Canon AE-1");
    await next(page).click();
    const summary = page.locator("#errors");
    await expect(summary).toBeVisible();
    const links = await summary.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
    expect(links.length, lang).toBeGreaterThanOrEqual(2);
    // Which field each message is about.
    await expect(summary.locator("a").first()).toContainText(lang === "en" ? "At length" : "شرح");
    for (const link of links) await expect(page.locator(`${link}-error`)).toBeVisible();
    await expect(page.locator("[name=title]")).toHaveValue("Canon AE-1");
    await expect(page).toHaveTitle(lang === "en" ? /^Error: / : /^خطا/);
  });
});

test("16: a new seller has counts instead of stars", async ({ page, app }) => {
  await signIn(page, app, "buyer");
  await page.goto("/dashboard");
  const offers = await page.locator("main a[href^='/requests/'][href$='/offers']").first().getAttribute("href");
  await inBoth(page, app, "16", offers!, async (lang) => {
    const count = lang === "en" ? /\d+ deals?: new seller/ : /[۰-۹]+ معامله/;
    await expect(page.locator("main li.card").filter({ hasText: count }).first()).toBeVisible();
    await expect(page.locator("main")).not.toContainText(/[★☆⭐]/);
  });
});

test("17: offers side by side do not move a page of 320 px sideways", async ({ browser, app }) => {
  test.setTimeout(180_000);
  const { buyer, seller } = await enterBoth(browser, app);
  const second = await enter(browser, app, "seller", 1);
  const request = await postRequest(buyer.page);
  await makeOffer(seller.page, request);
  await makeOffer(second.page, request, { title: "Canon AE-1, a little worn", price: "350" });
  const { page } = buyer;
  await page.goto(`${request}/offers`);
  for (const label of await page.locator("label[for^=pin-]").all()) await label.click();
  await page.getByRole("button", { name: "Compare the ticked ones" }).click();
  await page.setViewportSize({ width: 320, height: 640 });
  const { pathname, search } = new URL(page.url());
  await inBoth(page, app, "17", pathname + search, async () => {
    await expect(page.locator(".table table")).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
  await leave(buyer, seller, second);
});

test("18: an approval shows two names, the veto time and the address in words; one's own is refused", async ({
  page,
  app,
}) => {
  await inBoth(page, app, "18", "/dev/desks/payout-second", async (lang) => {
    await expect(page.locator("main")).toContainText("Jonas Weber");
    await expect(page.locator("bdi[lang=en]")).toHaveText(/^([a-z]+ ){3}[a-z]+$/);
    await expect(page.locator(".pay-address")).toHaveText(/^0x( [0-9a-f]{4}){10}$/);
    if (lang === "en") {
      await expect(page.getByText("First admin").locator("..")).toContainText("Jonas Weber");
      await expect(page.getByText("Second admin").locator("..")).toContainText("not yet");
      await expect(page.getByText("24 hours from the second approval")).toBeVisible();
    }
  });
  await inBoth(page, app, "18-own", "/dev/desks/payout-own", async (lang) => {
    if (lang === "en") {
      await expect(page.getByText("You approved this; a different person must approve.")).toBeVisible();
    }
    await expect(page.locator("main form")).toHaveCount(0);
  });
  await choose(page.context(), app, { lang: "en", theme: "light" });
  await page.goto("/dev/desks/payout-veto");
  await expect(page.getByText("The payee sees this and can stop it until then.")).toBeVisible();
  await page.goto("/dev/desks/payout-unclear");
  await expect(page.getByText("Do not resend. Checking chain.")).toBeVisible();
  await expect(page.locator("main form")).toHaveCount(0);
});

/** Where the focus is: whether its ring is drawn, and whether the bar at the bottom covers it. */
function focus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement!;
    if (element === document.body) return "end";
    const style = getComputedStyle(element);
    const ring = parseFloat(style.outlineWidth) >= 3 && style.outlineStyle === "solid";
    const box = element.getBoundingClientRect();
    const bar = document.querySelector(".action-bar");
    const isFixed = bar !== null && getComputedStyle(bar).position === "fixed" && !bar.contains(element);
    const covered = isFixed && box.height < innerHeight / 2 && box.bottom > bar.getBoundingClientRect().top + 1;
    return ring && !covered ? "seen" : `${covered ? "covered" : "no ring"}: ${element.outerHTML.slice(0, 200)}`;
  });
}

test("19: every control shows its focus in both themes, and the bar at the bottom covers none", async ({
  page,
  app,
}) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/requests");
  const request = await page.locator(".request-card a").first().getAttribute("href");
  const paths = {
    deal: ["/dev/deals/in-delivery/seller/room", 10],
    pay: ["/dev/deals/awaiting/buyer/pay", 10],
    request: [request!, 6],
  } as const;
  for (const theme of ["light", "dark"]) {
    await choose(page.context(), app, { lang: "en", theme });
    for (const [name, [path, least]] of Object.entries(paths)) {
      await page.goto(path);
      let stops = 0;
      for (; stops < 60; stops += 1) {
        await page.keyboard.press("Tab");
        const seen = await focus(page);
        if (seen === "end") break;
        expect(seen, `stop ${stops} of ${path} in ${theme}`).toBe("seen");
        if (stops === least - 1) await photograph(page, `statement-19-${name}-${theme}`);
      }
      expect(stops, path).toBeGreaterThanOrEqual(least);
    }
  }
});

test("20: an empty list has a reason and one action; the logo is legible at 16 px", async ({ page, app }) => {
  test.setTimeout(120_000);
  await signUp(page);
  const lists = [
    "/requests?q=nothing-is-called-so", "/deals", "/deals?phase=over", "/requests/mine", "/offers", "/payments",
    "/payouts", "/payouts/address", "/notifications?show=unread",
  ];
  for (const path of lists) {
    await inBoth(page, app, `20${path.replaceAll(/[/?=]/g, "-")}`, path, async () => {
      const empty = page.locator("main .empty");
      await expect(empty, path).toHaveCount(1);
      await expect(empty.locator("h2 + p"), path).toHaveText(/\S{2,}.*\S/);
      await expect(empty.getByRole("link"), path).toHaveCount(1);
    });
  }
  await page.goto("/");
  const parts = await page.locator(".brand .logo").evaluate((logo) => {
    const svg = logo as unknown as SVGElement;
    svg.style.inlineSize = "16px";
    svg.style.blockSize = "16px";
    const paint = (name: string) => getComputedStyle(svg.querySelector(name)!);
    const scale = 16 / 48;
    return {
      stroke: parseFloat(paint(".logo-buyer").strokeWidth) * scale,
      colours: [paint(".logo-buyer").stroke, paint(".logo-seller").stroke, paint(".logo-held").fill],
    };
  });
  expect(parts.stroke).toBeGreaterThanOrEqual(1);
  expect(new Set(parts.colours).size).toBe(3);
  if (process.env.PHOTOGRAPHS) {
    await page.locator(".brand").screenshot({ path: "end2end/screenshots/statement-20-logo.png" });
  }
});
