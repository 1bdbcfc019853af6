import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signedIn } from "@/http/page";
import { RegisterForm } from "@/modules/customers/ui/register-forms";
import { Link } from "@/ui/controls/link";
import { AuthPage } from "../auth-page";

export const metadata: Metadata = { title: "Register" };

/** Register as a customer. */
export default async function RegisterPage() {
  if (await signedIn()) redirect("/portal");
  return (
    <AuthPage
      title="Register"
      description="An account for your company. You can invite colleagues later."
      footer={
        <>
          You have an account? <Link href="/sign-in">Sign in</Link>
        </>
      }
    >
      <RegisterForm />
    </AuthPage>
  );
}
