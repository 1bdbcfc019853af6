import type { ReactNode } from "react";
import { customerCtx } from "@/http/page";
import { getVisibleCustomer } from "@/modules/customers";
import { roleName } from "@/modules/identity/ui/roles";
import { PortalFrame } from "./frame";

/** The customers' own area. */
export default async function PortalLayout({
  children,
}: {
  children: ReactNode;
}) {
  const ctx = await customerCtx();
  const { actor, email } = ctx;
  const viewed = actor.viewer
    ? await getVisibleCustomer(ctx, actor.customerId)
    : null;
  return (
    <PortalFrame
      name={actor.name}
      email={email}
      role={viewed ? "Staff" : roleName(actor.role)}
      viewing={viewed?.name}
    >
      {children}
    </PortalFrame>
  );
}
