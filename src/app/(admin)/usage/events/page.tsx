import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listUsageEvents } from "@/modules/usage";
import { EventLog } from "@/modules/usage/ui/event-log";
import { toEventQuery } from "@/modules/usage/ui/event-query";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Event log" };

type Given = { searchParams: Promise<SearchParams> };

/** Each event of usage, newest first; the part of them that the address asks for. */
export default async function EventLogPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "usage:read"))
    return (
      <>
        <PageHeader title="Event log" />
        <NotAllowed
          act="see usage"
          roles={rolesThatMay("usage:read")}
          permission="usage:read"
        />
      </>
    );
  const query = toEventQuery(await searchParams);
  const first = await shown(ctx, listUsageEvents(ctx, query));
  return (
    <>
      <PageHeader
        title="Event log"
        breadcrumbs={[{ label: "Usage", href: "/usage" }]}
        description="Each call that was reported, and each that was refused, as it was booked"
      />
      {/* Other filters are another log: what was loaded of the last one goes. */}
      <EventLog
        key={JSON.stringify(query)}
        first={first}
        mayAsk={may(ctx.actor, "support:write")}
      />
    </>
  );
}
