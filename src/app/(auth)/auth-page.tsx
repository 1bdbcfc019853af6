import type { ReactNode } from "react";
import { LinkButton } from "@/ui/controls/link-button";
import { AuthShell } from "@/ui/shell/auth-shell";

export type Given = { searchParams: Promise<{ [name: string]: unknown }> };

export type AuthPageProps = {
  title: string;
  description?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
};

/** A page for people who are not signed in. */
export function AuthPage(props: AuthPageProps) {
  return (
    <AuthShell brand={{ name: "Tollkeeper", href: "/sign-in" }} {...props} />
  );
}

/** What a mailed link shows that is used, expired or cut short. */
export function LinkIsGone({
  children,
  href,
  action,
}: {
  children: ReactNode;
  href: string;
  action: string;
}) {
  return (
    <AuthPage title="This link no longer works" description={children}>
      <LinkButton href={href} variant="primary" className="w-full">
        {action}
      </LinkButton>
    </AuthPage>
  );
}

/** The `token` of a mailed link, or null. */
export async function tokenOf({ searchParams }: Given): Promise<string | null> {
  const { token } = await searchParams;
  return typeof token === "string" && token !== "" ? token : null;
}
