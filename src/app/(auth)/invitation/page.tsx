import type { Metadata } from "next";
import { customerNames } from "@/modules/customers";
import { findInvitationOf } from "@/modules/identity";
import { AcceptInvitationForm } from "@/modules/identity/ui/accept-invitation-form";
import { roleName } from "@/ui/format/role-name";
import { publicCtx } from "@/platform/request-context";
import { AuthPage, LinkIsGone, tokenOf, type Given } from "../auth-page";

export const metadata: Metadata = {
  title: "Invitation",
  referrer: "no-referrer",
};

/** Accept an invitation by its mailed link. */
export default async function InvitationPage(given: Given) {
  const token = await tokenOf(given);
  const ctx = publicCtx(null);
  const invitation = token && (await findInvitationOf(ctx, token));
  if (!invitation)
    return (
      <LinkIsGone href="/sign-in" action="Go to sign in">
        The invitation was accepted, taken back, or is older than a week. Ask
        whoever invited you for a new one.
      </LinkIsGone>
    );
  const {
    customer_id: customerId,
    email,
    full_name,
    hasAccount,
    role,
  } = invitation;
  const names = customerId ? await customerNames(ctx, [customerId]) : null;
  const place = (customerId && names?.get(customerId)) || "the team";
  return (
    <AuthPage
      title={`Join ${place}`}
      description={
        hasAccount
          ? `You join as ${roleName(role)} with your account ${email}.`
          : `You join as ${roleName(role)}, and sign in as ${email}.`
      }
    >
      <AcceptInvitationForm
        token={token}
        fullName={full_name ?? ""}
        hasAccount={hasAccount}
      />
    </AuthPage>
  );
}
