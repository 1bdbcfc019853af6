import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { sellerBrand } from "@/app/brand";
import { externalOptions } from "@/http/external";
import { awaitsCode, signedIn } from "@/http/page";
import { CodeForm } from "@/modules/identity/ui/code-form";
import { ExternalSignIn } from "@/modules/identity/ui/external-sign-in";
import { ownPath } from "@/modules/identity/ui/own-path";
import { SignInForm } from "@/modules/identity/ui/sign-in-form";
import { Link } from "@/ui/controls/link";
import { AuthShell } from "@/ui/shell/auth-shell";

export const metadata: Metadata = { title: "Sign in" };

type Given = { searchParams: Promise<{ [name: string]: unknown }> };

/** Sign in with email and password, or by a provider; `?next=` is a path of ours to go to then. */
export default async function SignInPage({ searchParams }: Given) {
  const { next, error } = await searchParams;
  const wanted = typeof next === "string" ? next : undefined;
  if (await signedIn()) redirect(ownPath(wanted));
  if (await awaitsCode())
    return (
      <AuthShell
        brand={await sellerBrand("/sign-in")}
        title="One more step"
        description="Two-factor sign-in is on for your account."
      >
        <CodeForm next={wanted} />
      </AuthShell>
    );
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
      <ExternalSignIn providers={externalOptions()} next={wanted} />
    </AuthShell>
  );
}
