import type { Metadata } from "next";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { listKeys } from "@/modules/keys";
import { toKeyQuery } from "@/modules/keys/ui/key-query";
import { settings } from "@/modules/settings";
import { keyCalls } from "@/modules/usage";
import { may } from "@/platform/context";
import { env } from "@/platform/env";
import { PageHeader } from "@/ui/display/page-header";
import { OwnKeys } from "./own-keys";
import { AskSeller } from "../ask-seller";

export const metadata: Metadata = { title: "API keys" };

type Given = {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The keys of the viewer's customer. */
export default async function PortalKeysPage({ searchParams }: Given) {
  const ctx = await customerCtx();
  const query = toKeyQuery(await searchParams, ctx.actor.customerId);
  const page = await shown(ctx, listKeys(ctx, query));
  const { portal } = await settings(ctx);
  return (
    <>
      <PageHeader
        title="API keys"
        description="Send one with each call. Give each program a key of its own, so that you can stop one without the others."
      />
      <AskSeller actor={ctx.actor} permission="keys:write" of={["keys"]} />
      <OwnKeys
        page={page}
        mayWrite={may(ctx.actor, "keys:write", "keys")}
        mayAsk={may(ctx.actor, "support:write", "tickets")}
        calls={await shown(ctx, keyCalls(ctx, page.items))}
        appUrl={env().APP_URL}
        firstCall={portal.first_call}
      />
    </>
  );
}
