import type { ReactNode } from "react";
import { staffCtx } from "@/http/page";
import { roleName } from "@/ui/format/role-name";
import { countUnreadAlerts } from "@/modules/alerts";
import { countUnread } from "@/modules/notifications";
import { countOpenTickets } from "@/modules/support";
import { may } from "@/platform/context";
import { permissions } from "@/shared/permissions";
import { InboxLink } from "@/ui/shell/inbox-link";
import { AdminFrame } from "./frame";

/** The dashboard of the team. */
export default async function AdminLayout({
  children,
}: {
  children: ReactNode;
}) {
  const ctx = await staffCtx();
  const { actor, email } = ctx;
  return (
    <AdminFrame
      name={actor.name}
      email={email}
      role={roleName(actor.role)}
      permissions={permissions.filter((one) => may(actor, one))}
      alerts={may(actor, "usage:read") ? await countUnreadAlerts(ctx) : 0}
      tickets={may(actor, "support:read") ? await countOpenTickets(ctx) : 0}
      tools={
        <InboxLink href="/notifications" unread={await countUnread(ctx)} />
      }
    >
      {children}
    </AdminFrame>
  );
}
