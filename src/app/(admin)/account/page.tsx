import type { Metadata } from "next";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { getProfile, listSessions } from "@/modules/identity";
import { AccountScreen } from "@/modules/identity/ui/account-screen";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Your account" };

/** One's own name, password, two-factor and sessions. */
export default async function StaffAccountPage() {
  const ctx = await staffCtx();
  const [profile, sessions] = await shown(
    ctx,
    Promise.all([getProfile(ctx), listSessions(ctx)]),
  );
  return (
    <>
      <PageHeader title="Your account" />
      <AccountScreen profile={profile} sessions={sessions.items} />
    </>
  );
}
