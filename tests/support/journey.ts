import type { Browser, Page } from "playwright-core";
import { updateSettings } from "@/modules/settings";
import { plan } from "./things";
import type { World } from "./world";

/** What a seller has to offer: a plan for a start, and Studio with tenants and so many calls a minute. */
export async function offerPlans({ ctx }: World, perMinute: number) {
  await plan(ctx, {}, { code: "hobby", name: "Hobby" });
  await plan(
    ctx,
    {
      prices: [
        { interval: "month", price: { amount: 2_900, currency: "USD" } },
      ],
      limits: { per_minute: perMinute },
      features: [
        {
          ...{ feature: "tenants", title: "Tenants" },
          ...{ kind: "static", value: 2 },
        },
      ],
    },
    { code: "studio", name: "Studio" },
  );
  const first_call = 'curl https://api.example/ping -H "X-Key: {key}"';
  await updateSettings(ctx, { portal: { accent: null, first_call } });
}

/** The first steps on the portal's home that are yet to be done. */
export async function stepsLeft(page: Page): Promise<string[]> {
  const card = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "Getting started" }) });
  const lines = await card.getByRole("link").allInnerTexts();
  return lines.map((text) => text.split("\n")[0] ?? "");
}

/** The code of a check of a key, as the seller's program asks for it. */
export async function codeOfCheck(
  url: string,
  { everything }: World,
  key: string,
): Promise<string> {
  const answer = await fetch(`${url}/api/v1/check`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${everything}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ key }),
  });
  const { code } = (await answer.json()) as { code: string };
  return code;
}

/** Tests told in order, each of which begins where the one before ended. */
export function story() {
  let isBroken = false;
  return (name: string, work: () => Promise<void>) =>
    test(name, async () => {
      if (isBroken) throw new Error("The story broke off before this.");
      isBroken = true;
      await work();
      isBroken = false;
    });
}

/** A window as wide as a laptop's. */
export async function wideWindow(browser: Browser) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
  });
  context.setDefaultTimeout(20_000);
  return context;
}
