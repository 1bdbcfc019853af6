import type { Metadata } from "next";
import { customerCtx } from "@/http/page";
import { NewTicketForm } from "@/modules/support/ui/new-ticket-form";
import { may } from "@/platform/context";
import { Callout } from "@/ui/display/callout";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "New ticket" };

/** Where a customer's people ask for help. */
export default async function NewTicketPage() {
  const { actor } = await customerCtx();
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Support", href: "/portal/support" }]}
        title="New ticket"
      />
      {may(actor, "support:write") ? (
        <NewTicketForm />
      ) : (
        <Callout>
          You are viewing as this customer, and cannot speak for it.
        </Callout>
      )}
    </>
  );
}
