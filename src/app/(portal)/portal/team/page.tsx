import type { Metadata } from "next";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { listPeople } from "@/modules/customers";
import { PeoplePanel } from "@/modules/customers/ui/people-panel";
import { may } from "@/platform/context";
import { PageHeader } from "@/ui/display/page-header";
import { AskSeller } from "../ask-seller";

export const metadata: Metadata = { title: "Team" };

/** The people of the viewer's customer. */
export default async function TeamPage() {
  const ctx = await customerCtx();
  const { customerId, userId } = ctx.actor;
  const people = await shown(ctx, listPeople(ctx, customerId));
  return (
    <>
      <PageHeader
        title="Team"
        description="Owners may do everything, billing sees to money, members work with keys and usage."
      />
      <AskSeller actor={ctx.actor} permission="members:write" of={["team"]} />
      <PeoplePanel
        customerId={customerId}
        ownId={userId}
        members={people.items}
        invitations={people.invitations}
        mayWrite={may(ctx.actor, "members:write", "team")}
      />
    </>
  );
}
