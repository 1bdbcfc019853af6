"use client";

import { call } from "@/client/call";
import { invitationsApi } from "../contract/members";
import { ShortForm } from "@/ui/forms/short-form";
import { newPasswordField } from "@/ui/forms/short-form";
import { enter } from "@/client/enter";
import { openSession } from "./session";

export type AcceptInvitationFormProps = {
  token: string;
  fullName: string;
  /** Whether the person has an account, and so a name and a password. */
  hasAccount: boolean;
};

/** Accepts an invitation: a new person gives a name and a password, and is signed in. */
export function AcceptInvitationForm({
  token,
  fullName,
  hasAccount,
}: AcceptInvitationFormProps) {
  const named = {
    name: "full_name",
    label: "Your name",
    type: "text",
    autoComplete: "name",
  } as const;
  return (
    <ShortForm
      label="Accept the invitation"
      schema={invitationsApi.accept.body.omit({ token: true })}
      fields={hasAccount ? [] : [named, newPasswordField]}
      initial={{ full_name: fullName }}
      button="Accept"
      pendingLabel="Accepting"
      failure="The invitation was not accepted"
      send={async (given) => {
        const { email } = await call(invitationsApi.accept, {
          body: { token, ...given },
        });
        const refusal = given.password
          ? await openSession(email, given.password)
          : "SIGN_IN";
        enter(refusal ? "/sign-in" : "/");
        return "You are in.";
      }}
    />
  );
}
