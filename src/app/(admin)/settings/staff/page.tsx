import type { Metadata } from "next";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { givableRoles, listStaff } from "@/modules/identity";
import { RoleTable } from "@/modules/identity/ui/role-table";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { may } from "@/platform/context";
import { Card } from "@/ui/display/card";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";
import { InvitePerson, Team } from "./team";

export const metadata: Metadata = { title: "Staff" };

/** The team: who may sign in, as what, and who was invited. */
export default async function StaffPage() {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "staff:read"))
    return (
      <>
        <PageHeader title="Staff" />
        <NotAllowed
          act="see staff"
          roles={rolesThatMay("staff:read")}
          permission="staff:read"
        />
      </>
    );
  const { items, invitations } = await shown(ctx, listStaff(ctx));
  const roles = givableRoles(ctx);
  return (
    <>
      <PageHeader
        title="Staff"
        description="The people of your team. A change of role or access counts from their next request on."
        actions={roles.length > 0 ? <InvitePerson /> : null}
      />
      <Team
        members={items}
        invitations={invitations}
        roles={roles}
        viewerId={ctx.actor.userId}
      />
      <Card
        title="Roles"
        description="What each role may do, here and by the API"
        flush
      >
        <RoleTable />
      </Card>
    </>
  );
}
