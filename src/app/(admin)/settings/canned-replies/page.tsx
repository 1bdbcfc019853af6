import type { Metadata } from "next";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listCannedReplies } from "@/modules/support";
import {
  CannedReplyList,
  NewCannedReply,
} from "@/modules/support/ui/canned-reply-list";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Canned replies" };

/** Answers that are given often. */
export default async function CannedRepliesPage() {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "support:read"))
    return (
      <>
        <PageHeader title="Canned replies" />
        <NotAllowed
          act="see canned replies"
          roles={rolesThatMay("support:read")}
          permission="support:read"
        />
      </>
    );
  const { items } = await shown(ctx, listCannedReplies(ctx, {}));
  const mayWrite = may(ctx.actor, "support:write");
  return (
    <>
      <PageHeader
        title="Canned replies"
        description="Answers that are given often, to choose from in a ticket."
        actions={mayWrite && items.length > 0 ? <NewCannedReply /> : null}
      />
      <CannedReplyList replies={items} mayWrite={mayWrite} />
    </>
  );
}
