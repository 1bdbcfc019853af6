import type { Metadata } from "next";
import { VerifyEmailForm } from "@/modules/customers/ui/register-forms";
import { AuthPage, LinkIsGone, tokenOf, type Given } from "../auth-page";

export const metadata: Metadata = {
  title: "Verify your address",
  referrer: "no-referrer",
};

/** Verify an address by its mailed link. */
export default async function VerifyPage(given: Given) {
  const token = await tokenOf(given);
  if (!token)
    return (
      <LinkIsGone href="/sign-in" action="Go to sign in">
        This address lacks the link’s token. Open the whole link of the mail.
      </LinkIsGone>
    );
  return (
    <AuthPage
      title="Verify your address"
      description="One press, and you can sign in."
    >
      <VerifyEmailForm token={token} />
    </AuthPage>
  );
}
