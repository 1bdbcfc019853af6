import { may } from "@/platform/context";
import type { CustomerActor } from "@/http/page";
import { askFor, type Capability } from "@/shared/capabilities";
import type { Permission } from "@/shared/permissions";
import { Callout } from "@/ui/display/callout";

export type AskSellerProps = {
  actor: CustomerActor;
  permission: Permission;
  /** what could be done on this page */
  of: readonly Capability[];
};

/** Whom to ask for what the seller has switched off; nothing to those who could not do it anyway. */
export function AskSeller({ actor, permission, of }: AskSellerProps) {
  const { off, contact } = actor.selfService;
  const withheld = of.filter((capability) => off.has(capability));
  if (withheld.length === 0 || !may(actor, permission)) return null;
  return (
    <Callout tone="neutral">
      {withheld.map((capability) => (
        <p key={capability}>{askFor(capability, contact)}</p>
      ))}
    </Callout>
  );
}
