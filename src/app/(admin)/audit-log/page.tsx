import type { Metadata } from "next";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { listEntries } from "@/modules/audit";
import { AuditLog } from "@/modules/audit/ui/audit-log";
import { toAuditQuery } from "@/modules/audit/ui/audit-query";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Audit log" };

type Given = {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Who did what, when and from where; the part of it that the address asks for. */
export default async function AuditLogPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "audit:read"))
    return (
      <>
        <PageHeader title="Audit log" />
        <NotAllowed
          act="see the audit log"
          roles={rolesThatMay("audit:read")}
          permission="audit:read"
        />
      </>
    );
  const query = toAuditQuery(await searchParams);
  const first = await shown(ctx, listEntries(ctx, query));
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Every change, with who made it, when and from where. Entries are signed and chained, so that an edited one shows."
      />
      {/* Other filters are another log: what was loaded of the last one goes. */}
      <AuditLog key={JSON.stringify(query)} first={first} />
    </>
  );
}
