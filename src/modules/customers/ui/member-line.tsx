"use client";

import { useState } from "react";
import { useAct } from "@/client/use-act";
import type { Member } from "@/modules/identity/contract/members";
import { roleName } from "@/ui/format/role-name";
import { customerRoles } from "@/shared/permissions";
import { Button } from "@/ui/controls/button";
import { Badge } from "@/ui/display/badge";
import { Time } from "@/ui/display/time";
import { Select } from "@/ui/forms/select";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";

const acts = () => import("./people-acts");

const roles = customerRoles.map((role) => ({
  id: role,
  label: roleName(role),
}));

export type MemberLineProps = {
  customerId: string;
  member: Member;
  isSelf: boolean;
  mayWrite: boolean;
};

/** One of a customer's people: who, as what, and the ways to change that. */
export function MemberLine(props: MemberLineProps) {
  const { member, isSelf, mayWrite } = props;
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 text-sm">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium">
          {member.full_name} {isSelf ? <Badge tone="neutral">You</Badge> : null}
        </p>
        <p className="text-xs wrap-anywhere text-ink-faint">
          {member.email} · two-factor {member.two_factor ? "on" : "off"} ·{" "}
          {member.last_sign_in_at ? (
            <>
              signed in{" "}
              <Time value={member.last_sign_in_at} format="relative" />
            </>
          ) : (
            "never signed in"
          )}
        </p>
      </div>
      {mayWrite ? (
        <MemberActs {...props} />
      ) : (
        <Badge tone="neutral">{roleName(member.role)}</Badge>
      )}
    </li>
  );
}

function MemberActs({ customerId, member, isSelf }: MemberLineProps) {
  const [isAsking, setAsking] = useState(false);
  const { isPending, act } = useAct();
  const params = { customer_id: customerId, user_id: member.id };
  const name = member.full_name;
  const setRole = (role: string) =>
    act(
      // Safe: the options are the roles.
      async () => (await acts()).setRole(params, role as Member["role"]),
      {
        done: `${name} is ${role} now`,
        failed: "The role was not changed",
      },
    );
  const remove = () =>
    act(async () => (await acts()).remove(params), {
      done: `${name} is removed`,
      failed: `${name} was not removed`,
    });
  return (
    <div className="flex items-center gap-2">
      <Select
        label={`Role of ${name}`}
        hideLabel
        options={roles}
        value={member.role}
        isDisabled={isPending}
        onChange={(role: unknown) => void setRole(String(role))}
        className="w-32"
      />
      {isSelf ? null : (
        <Button
          size="sm"
          isDisabled={isPending}
          onPress={() => setAsking(true)}
        >
          Remove <span className="sr-only">{name}</span>
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={`Remove ${name}?`}
        description={member.email}
        consequences={[
          "Their next request is refused.",
          "What they did stays in the log. They can be invited again.",
        ]}
        confirmLabel="Remove"
        isPending={isPending}
        onConfirm={() => void remove().then(() => setAsking(false))}
      />
    </div>
  );
}
