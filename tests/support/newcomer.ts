import type { Browser } from "playwright-core";
import { randomText } from "@/shared/ids";
import type { Cookies } from "./page-promises";
import { cookie, world } from "./world";

/** Cookies of somebody whose password was chosen by somebody else. */
export async function newcomerCookies(
  browser: Browser,
  url: string,
): Promise<Cookies> {
  const w = await world();
  const [email, password] = ["newcomer@example.com", randomText(20)];
  await w.customer({ email, password });
  const sealed = await cookie(w.ctx, email, password);
  const [name = "", value = ""] = sealed.split("=");
  const context = await browser.newContext();
  await context.addCookies([{ name, value, url }]);
  const found = await context.cookies();
  await context.close();
  return found;
}
