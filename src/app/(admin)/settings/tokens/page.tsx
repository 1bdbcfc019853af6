import type { Metadata } from "next";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { listServiceTokens } from "@/modules/identity";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";
import { IssueServiceToken, Tokens } from "./tokens";

export const metadata: Metadata = { title: "Service tokens" };

type Given = {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The secrets by which the seller's own programs call the API. */
export default async function TokensPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "settings:read"))
    return (
      <>
        <PageHeader title="Service tokens" />
        <NotAllowed
          act="see service tokens"
          roles={rolesThatMay("settings:read")}
          permission="settings:read"
        />
      </>
    );
  const { items } = await shown(ctx, listServiceTokens(ctx));
  const withRevoked = (await searchParams)["include_revoked"] === "true";
  const mayWrite = may(ctx.actor, "settings:write");
  return (
    <>
      <PageHeader
        title="Service tokens"
        description="The secrets by which your own programs call this API. Each may do only what it was given."
        actions={mayWrite ? <IssueServiceToken /> : null}
      />
      <Tokens
        tokens={items.filter(
          ({ status }) => withRevoked || status !== "revoked",
        )}
        mayWrite={mayWrite}
      />
    </>
  );
}
