import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { getSettings } from "@/modules/settings";
import { may } from "@/platform/context";

/** The settings as a page shows them; null for who may not see them, whom the layout tells so. */
export async function loadSettings() {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "settings:read")) return null;
  const settings = await shown(ctx, getSettings(ctx));
  return { settings, mayWrite: may(ctx.actor, "settings:write") };
}
