import type { ReactNode } from "react";
import { customerCtx } from "@/http/page";
import { roleName } from "@/modules/identity/ui/roles";
import { PortalFrame } from "./frame";

/** The customers' own area. */
export default async function PortalLayout({
  children,
}: {
  children: ReactNode;
}) {
  const { actor, email } = await customerCtx();
  return (
    <PortalFrame name={actor.name} email={email} role={roleName(actor.role)}>
      {children}
    </PortalFrame>
  );
}
