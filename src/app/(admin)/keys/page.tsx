import type { Metadata } from "next";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { customerNames } from "@/modules/customers";
import { listKeys } from "@/modules/keys";
import { toKeyQuery } from "@/modules/keys/ui/key-query";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { keyCalls } from "@/modules/usage";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";
import { AllKeys } from "./all-keys";

export const metadata: Metadata = { title: "Keys" };

type Given = {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The API keys of all customers, or of the one that the address names. */
export default async function KeysPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "keys:read"))
    return (
      <>
        <PageHeader title="Keys" />
        <NotAllowed
          act="see keys"
          roles={rolesThatMay("keys:read")}
          permission="keys:read"
        />
      </>
    );
  const query = toKeyQuery(await searchParams);
  const { customer_id } = query;
  const [page, names] = await shown(
    ctx,
    Promise.all([
      listKeys(ctx, query),
      customerNames(ctx, customer_id ? [customer_id] : []),
    ]),
  );
  return (
    <>
      <PageHeader
        title="Keys"
        description="The secrets that customers send with each call. A key is issued on its customer’s page."
      />
      <AllKeys
        page={page}
        customerName={names.get(customer_id ?? "") ?? null}
        mayWrite={may(ctx.actor, "keys:write")}
        calls={await shown(ctx, keyCalls(ctx, page.items))}
      />
    </>
  );
}
