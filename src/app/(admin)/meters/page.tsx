import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listMeters } from "@/modules/meters";
import { MeterQuery } from "@/modules/meters/contract";
import { may } from "@/platform/context";
import { env } from "@/platform/env";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";
import { CreateMeter, Meters } from "./meters";

export const metadata: Metadata = { title: "Meters" };

type Given = { searchParams: Promise<SearchParams> };

/** What is counted over usage events, for quotas, plans and bills. */
export default async function MetersPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "plans:read"))
    return (
      <>
        <PageHeader title="Meters" />
        <NotAllowed
          act="see meters"
          roles={rolesThatMay("plans:read")}
          permission="plans:read"
        />
      </>
    );
  const { page, include_archived } = await searchParams;
  const query = MeterQuery.safeParse({
    per_page: 50,
    ...(page && { page }),
    ...(include_archived === "true" && { include_archived }),
  });
  const found = await shown(ctx, listMeters(ctx, query.data ?? {}));
  const mayWrite = may(ctx.actor, "plans:write");
  return (
    <>
      <PageHeader
        title="Meters"
        description="Named counts and sums over usage events, for quotas and checks."
        actions={mayWrite ? <CreateMeter /> : null}
      />
      <Meters page={found} mayWrite={mayWrite} appUrl={env().APP_URL} />
    </>
  );
}
