import type { ReactNode } from "react";
import { staffCtx } from "@/http/page";
import { roleName } from "@/modules/identity/ui/roles";
import { may } from "@/platform/context";
import { permissions } from "@/shared/permissions";
import { AdminFrame } from "./frame";

/** The dashboard of the team. */
export default async function AdminLayout({
  children,
}: {
  children: ReactNode;
}) {
  const { actor, email } = await staffCtx();
  return (
    <AdminFrame
      name={actor.name}
      email={email}
      role={roleName(actor.role)}
      permissions={permissions.filter((one) => may(actor, one))}
    >
      {children}
    </AdminFrame>
  );
}
