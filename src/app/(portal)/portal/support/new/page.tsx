import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { NewTicketForm } from "@/modules/support/ui/new-ticket-form";
import { may } from "@/platform/context";
import { Callout } from "@/ui/display/callout";
import { PageHeader } from "@/ui/display/page-header";
import { AskSeller } from "../../ask-seller";
import { ticketDraft } from "./draft";

export const metadata: Metadata = { title: "New ticket" };

type Given = { searchParams: Promise<SearchParams> };

/** Where a customer's people ask for help; `?about=`, `?subject=` and `?topic=limits` say what with. */
export default async function NewTicketPage({ searchParams }: Given) {
  const ctx = await customerCtx();
  const { actor } = ctx;
  const mayOpen = may(actor, "support:write", "tickets");
  const draft = mayOpen
    ? await shown(ctx, ticketDraft(ctx, await searchParams))
    : null;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Support", href: "/portal/support" }]}
        title="New ticket"
      />
      {draft ? <NewTicketForm initial={draft} /> : null}
      {actor.viewer ? (
        <Callout>
          You are viewing as this customer, and cannot speak for it.
        </Callout>
      ) : null}
      <AskSeller actor={actor} permission="support:write" of={["tickets"]} />
    </>
  );
}
