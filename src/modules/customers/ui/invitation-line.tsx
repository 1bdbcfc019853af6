"use client";

import { useAct } from "@/client/use-act";
import type { Invitation } from "@/modules/identity/contract/members";
import { roleName } from "@/ui/format/role-name";
import { Button } from "@/ui/controls/button";
import { Badge } from "@/ui/display/badge";
import { Time } from "@/ui/display/time";

const acts = () => import("./people-acts");

export type InvitationLineProps = {
  customerId: string;
  invitation: Invitation;
  mayWrite: boolean;
};

/** Somebody who was invited and has not come yet. */
export function InvitationLine({
  customerId,
  invitation,
  mayWrite,
}: InvitationLineProps) {
  const { isPending, act } = useAct();
  const { email, role, is_expired, expires_at } = invitation;
  const params = { customer_id: customerId, invitation_id: invitation.id };
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 text-sm">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium">{email}</p>
        <p className="text-xs text-ink-faint">
          {is_expired ? "expired " : "until "}
          <Time value={expires_at} format="date" />
        </p>
      </div>
      <Badge tone={is_expired ? "warning" : "neutral"}>{roleName(role)}</Badge>
      {mayWrite ? (
        <div className="flex gap-2">
          <Button
            size="sm"
            isPending={isPending}
            onPress={() =>
              void act(async () => (await acts()).resend(params), {
                done: `A new link is on its way to ${email}`,
                failed: "The link was not sent",
              })
            }
          >
            Send again <span className="sr-only">to {email}</span>
          </Button>
          <Button
            size="sm"
            isDisabled={isPending}
            onPress={() =>
              void act(async () => (await acts()).revoke(params), {
                done: `The invitation of ${email} is taken back`,
                failed: "The invitation was not taken back",
              })
            }
          >
            Take back <span className="sr-only">from {email}</span>
          </Button>
        </div>
      ) : null}
    </li>
  );
}
