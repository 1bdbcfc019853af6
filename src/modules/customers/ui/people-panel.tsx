"use client";

import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Invitation, Member } from "@/modules/identity/contract/members";
import { Button } from "@/ui/controls/button";
import { Card } from "@/ui/display/card";
import { InvitationLine } from "./invitation-line";
import { MemberLine } from "./member-line";

const InvitePersonDialog = dynamic(() => import("./invite-person-dialog"), {
  ssr: false,
});

export type PeoplePanelProps = {
  customerId: string;
  /** The viewer, when one of them, who cannot remove themselves here. */
  ownId?: string;
  members: readonly Member[];
  invitations: readonly Invitation[];
  mayWrite: boolean;
};

/** A customer's people, and who is invited; `?show=invite` invites another. */
export function PeoplePanel({
  customerId,
  ownId = "",
  members,
  invitations,
  mayWrite,
}: PeoplePanelProps) {
  const { show, open, close } = useDialogUrl();
  return (
    <>
      <Card
        title="People"
        description={`${members.length} with access`}
        actions={
          mayWrite ? (
            <Button
              size="sm"
              variant="primary"
              onPress={() => void open("invite")}
            >
              Invite
            </Button>
          ) : null
        }
        flush
      >
        <ul className="divide-y">
          {members.map((member) => (
            <MemberLine
              key={member.id}
              customerId={customerId}
              member={member}
              isSelf={member.id === ownId}
              mayWrite={mayWrite}
            />
          ))}
        </ul>
        {members.length === 0 ? (
          <p className="px-4 py-6 text-center text-sm text-ink-muted">
            Nobody can sign in for this customer yet.
          </p>
        ) : null}
      </Card>
      {invitations.length > 0 ? (
        <Card
          title="Invited"
          description="A link was mailed; it works for a week."
          flush
        >
          <ul className="divide-y">
            {invitations.map((invitation) => (
              <InvitationLine
                key={invitation.id}
                customerId={customerId}
                invitation={invitation}
                mayWrite={mayWrite}
              />
            ))}
          </ul>
        </Card>
      ) : null}
      {mayWrite && show === "invite" ? (
        <InvitePersonDialog customerId={customerId} onClose={close} />
      ) : null}
    </>
  );
}
