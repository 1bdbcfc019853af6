import type { Metadata } from "next";
import type { ReactNode } from "react";
import { publicCtx } from "@/platform/request-context";
import { isSetupOpen } from "@/modules/identity";
import { SetUpForm } from "@/modules/identity/ui/set-up-form";
import { LinkButton } from "@/ui/controls/link-button";
import { AuthShell } from "@/ui/shell/auth-shell";

// The address holds a secret: it must not go along with a link to elsewhere.
export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

type Given = { searchParams: Promise<{ [name: string]: unknown }> };

/** Make the first owner, by the one-time link that the server prints. */
export default async function SetUpPage({ searchParams }: Given) {
  const { token } = await searchParams;
  if (typeof token !== "string" || token === "")
    return (
      <Closed title="Open the whole set-up link">
        This address lacks the link’s token. Copy the whole link that the server
        printed when it started.
      </Closed>
    );
  if (!(await isSetupOpen(publicCtx(null), token)))
    return (
      <Closed title="This set-up link no longer works">
        It has been used, or it is older than a day. If there is an owner
        already, sign in. If not, restart the server: it prints a new link.
      </Closed>
    );
  return (
    <AuthShell
      brand={{ name: "Tollkeeper", href: "/sign-in" }}
      title="Set up Tollkeeper"
      description="You will be its first owner, who may do everything and can invite the rest of the team."
    >
      <SetUpForm token={token} />
    </AuthShell>
  );
}

function Closed({ title, children }: { title: string; children: ReactNode }) {
  return (
    <AuthShell
      brand={{ name: "Tollkeeper", href: "/sign-in" }}
      title={title}
      description={children}
    >
      <LinkButton href="/sign-in" variant="primary" className="w-full">
        Go to sign in
      </LinkButton>
    </AuthShell>
  );
}
