import type { Metadata } from "next";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { findThing } from "@/modules/support";
import { AboutId } from "@/modules/support/contract/parts";
import { NewTicketForm } from "@/modules/support/ui/new-ticket-form";
import { may } from "@/platform/context";
import { Callout } from "@/ui/display/callout";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "New ticket" };

type Given = {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Where a customer's people ask for help; `?about=` and `?subject=` say what with. */
export default async function NewTicketPage({ searchParams }: Given) {
  const ctx = await customerCtx();
  const { about, subject } = await searchParams;
  const id = AboutId.safeParse(about);
  const thing = id.success
    ? await shown(ctx, findThing(ctx, ctx.actor.customerId, id.data))
    : null;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Support", href: "/portal/support" }]}
        title="New ticket"
      />
      {may(ctx.actor, "support:write") ? (
        <NewTicketForm
          aboutId={thing?.id ?? null}
          subject={typeof subject === "string" ? subject.slice(0, 200) : ""}
        />
      ) : (
        <Callout>
          You are viewing as this customer, and cannot speak for it.
        </Callout>
      )}
    </>
  );
}
