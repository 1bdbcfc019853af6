import type { Metadata } from "next";
import { externalOptions } from "@/http/external";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import {
  getProfile,
  listExternalLogins,
  listSessions,
} from "@/modules/identity";
import { AccountScreen } from "@/modules/identity/ui/account-screen";
import { may } from "@/platform/context";
import { LinkButton } from "@/ui/controls/link-button";
import { Card } from "@/ui/display/card";
import { PageHeader } from "@/ui/display/page-header";
import { CloseCard } from "./close-card";

export const metadata: Metadata = { title: "Your account" };

/** One's own name, password, two-factor, sessions and linked sign-ins. */
export default async function PortalAccountPage() {
  const ctx = await customerCtx();
  const [profile, sessions, { items: logins }] = await shown(
    ctx,
    Promise.all([getProfile(ctx), listSessions(ctx), listExternalLogins(ctx)]),
  );
  return (
    <>
      <PageHeader title="Your account" />
      <AccountScreen
        profile={profile}
        sessions={sessions.items}
        externalLogins={{ logins, providers: externalOptions() }}
      />
      {may(ctx.actor, "members:write") ? (
        <Card
          title="Your data"
          description="All that is kept of your account, as a ZIP of JSON files and of the files that you sent. What we noted for ourselves is given on request."
        >
          <LinkButton
            href="/api/v1/account/data-export"
            prefetch={false}
            download
          >
            Export your data
          </LinkButton>
        </Card>
      ) : null}
      <CloseCard ctx={ctx} />
    </>
  );
}
