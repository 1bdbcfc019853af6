import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signedIn } from "@/http/page";
import { RequiredEnrollment } from "@/modules/identity/ui/required-steps";
import { AuthPage } from "../auth-page";

export const metadata: Metadata = { title: "Two-factor sign-in" };

/** For staff who must turn on two-factor before anything else. */
export default async function TwoFactorPage() {
  const found = await signedIn();
  if (!found) redirect("/sign-in");
  if (found.actor.restriction === "password") redirect("/choose-password");
  return (
    <AuthPage
      title="Turn on two-factor sign-in"
      description="Your team asks for it: signing in takes a code of an authenticator app too."
    >
      <RequiredEnrollment />
    </AuthPage>
  );
}
