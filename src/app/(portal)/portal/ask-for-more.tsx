import type { CustomerActor } from "@/http/page";
import { may } from "@/platform/context";
import { LinkButton } from "@/ui/controls/link-button";

/** The way to a ticket that tells of the limits and of what is used of them. */
export function AskForMore({ actor }: { actor: CustomerActor }) {
  if (!may(actor, "support:write", "tickets")) return null;
  return (
    <LinkButton href="/portal/support/new?topic=limits" size="sm">
      Ask for higher limits
    </LinkButton>
  );
}
