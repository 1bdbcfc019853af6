import type { Metadata } from "next";
import { QueryProvider } from "@/client/query";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import {
  getDefaultFeatures,
  getDefaultLimits,
  getDefaultQuotas,
} from "@/modules/limits";
import { may } from "@/platform/context";
import { DefaultCards } from "./default-cards";

export const metadata: Metadata = { title: "Default limits" };

/** What customers have that have no other, of their own or by their plan. */
export default async function DefaultLimitsPage() {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "settings:read")) return null;
  const [limits, quotas, { features }] = await shown(
    ctx,
    Promise.all([
      getDefaultLimits(ctx),
      getDefaultQuotas(ctx),
      getDefaultFeatures(ctx),
    ]),
  );
  const mayWrite = may(ctx.actor, "plans:write");
  return (
    <QueryProvider>
      <DefaultCards {...{ limits, quotas, features, mayWrite }} />
    </QueryProvider>
  );
}
