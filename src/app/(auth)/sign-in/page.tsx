import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { sellerBrand } from "@/app/brand";
import { signedIn } from "@/http/page";
import { ownPath } from "@/modules/identity/ui/own-path";
import { SignInForm } from "@/modules/identity/ui/sign-in-form";
import { Link } from "@/ui/controls/link";
import { AuthShell } from "@/ui/shell/auth-shell";

export const metadata: Metadata = { title: "Sign in" };

type Given = { searchParams: Promise<{ [name: string]: unknown }> };

/** Sign in with email and password; `?next=` is a path of ours to go to then. */
export default async function SignInPage({ searchParams }: Given) {
  const { next, error } = await searchParams;
  const wanted = typeof next === "string" ? next : undefined;
  if (await signedIn()) redirect(ownPath(wanted));
  return (
    <AuthShell
      brand={await sellerBrand("/sign-in")}
      title="Sign in"
      footer={
        <>
          <Link href="/forgot-password">Forgot password?</Link>
          {" · "}
          <Link href="/register">Register</Link>
        </>
      }
    >
      <SignInForm
        next={wanted}
        problem={typeof error === "string" ? error : undefined}
      />
    </AuthShell>
  );
}
