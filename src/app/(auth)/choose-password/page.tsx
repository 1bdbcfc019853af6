import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signedIn } from "@/http/page";
import { ChooseOwnPassword } from "@/modules/identity/ui/required-steps";
import { AuthPage } from "../auth-page";

export const metadata: Metadata = { title: "Choose a password" };

/** For people whose password somebody else chose, before anything else. */
export default async function ChoosePasswordPage() {
  const found = await signedIn();
  if (!found) redirect("/sign-in");
  if (found.actor.restriction !== "password") redirect("/");
  return (
    <AuthPage
      title="Choose a password of your own"
      description="The one that you signed in with was chosen by somebody else."
    >
      <ChooseOwnPassword />
    </AuthPage>
  );
}
