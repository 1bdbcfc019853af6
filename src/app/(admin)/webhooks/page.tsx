import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listInbound } from "@/modules/payments";
import { InboundLog } from "@/modules/payments/ui/inbound-log";
import { toInboundQuery } from "@/modules/payments/ui/inbound-query";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Webhooks" };

type Given = { searchParams: Promise<SearchParams> };

/** What payment providers have told this app, and what became of it. */
export default async function WebhooksPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "webhooks:read"))
    return (
      <>
        <PageHeader title="Webhooks" />
        <NotAllowed
          act="see webhooks"
          roles={rolesThatMay("webhooks:read")}
          permission="webhooks:read"
        />
      </>
    );
  const query = toInboundQuery(await searchParams);
  const page = await shown(ctx, listInbound(ctx, query));
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="What payment providers have told this app. Each event is kept once, and tried until it is done or given up."
      />
      <InboundLog
        page={page}
        isFirst={query.cursor === undefined}
        mayWrite={may(ctx.actor, "webhooks:write")}
      />
    </>
  );
}
