import type { Metadata } from "next";
import { ForgotPasswordForm } from "@/modules/identity/ui/password-forms";
import { Link } from "@/ui/controls/link";
import { AuthPage } from "../auth-page";

export const metadata: Metadata = { title: "Forgot password" };

/** Have a link mailed that sets a new password. */
export default function ForgotPasswordPage() {
  return (
    <AuthPage
      title="Forgot your password?"
      description="Tell us your address: a link that sets a new one comes by mail."
      footer={<Link href="/sign-in">Back to sign in</Link>}
    >
      <ForgotPasswordForm />
    </AuthPage>
  );
}
