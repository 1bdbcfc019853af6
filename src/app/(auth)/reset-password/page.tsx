import type { Metadata } from "next";
import { ResetPasswordForm } from "@/modules/identity/ui/password-forms";
import { AuthPage, LinkIsGone, tokenOf, type Given } from "../auth-page";

export const metadata: Metadata = {
  title: "New password",
  referrer: "no-referrer",
};

/** Set a new password by a mailed link. */
export default async function ResetPasswordPage(given: Given) {
  const token = await tokenOf(given);
  if (!token)
    return (
      <LinkIsGone href="/forgot-password" action="Ask for a new link">
        This address lacks the link’s token. Open the whole link of the mail.
      </LinkIsGone>
    );
  return (
    <AuthPage
      title="Choose a new password"
      description="You will be signed out everywhere."
    >
      <ResetPasswordForm token={token} />
    </AuthPage>
  );
}
