import type { Metadata } from "next";
import { QueryProvider } from "@/client/query";
import { staffCtx } from "@/http/page";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { UsageOverview } from "@/modules/usage/ui/usage-overview";
import { may } from "@/platform/context";
import { LinkButton } from "@/ui/controls/link-button";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Usage" };

/** What all customers used, over a period. */
export default async function UsagePage() {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "usage:read"))
    return (
      <>
        <PageHeader title="Usage" />
        <NotAllowed
          act="see usage"
          roles={rolesThatMay("usage:read")}
          permission="usage:read"
        />
      </>
    );
  return (
    <>
      <PageHeader
        title="Usage"
        description="What customers called, what it cost, and how it went"
        actions={<LinkButton href="/usage/events">Event log</LinkButton>}
      />
      <QueryProvider>
        <UsageOverview />
      </QueryProvider>
    </>
  );
}
