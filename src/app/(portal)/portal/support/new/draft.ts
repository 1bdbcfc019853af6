import "server-only";
import type { SearchParams } from "@/client/sound-params";
import type { CustomerActor, PageCtx } from "@/http/page";
import { listKeys } from "@/modules/keys";
import { findThing } from "@/modules/support";
import { AboutId } from "@/modules/support/contract/parts";
import type { TicketValues } from "@/modules/support/ui/ticket-values";
import { summarizeOwnUsage } from "@/modules/usage";
import type { UsageSummary } from "@/modules/usage/contract";
import { countText } from "@/ui/format/number";
import { windowNames } from "@/ui/format/window-names";

type Ctx = PageCtx<CustomerActor>;

/** What a new ticket begins with: `?about=` and `?subject=` say so, `?topic=limits` tells where one stands. */
export async function ticketDraft(
  ctx: Ctx,
  { topic, about, subject }: SearchParams,
): Promise<Partial<TicketValues>> {
  if (topic === "limits") return limitsDraft(ctx);
  const id = AboutId.safeParse(about);
  const thing = id.success
    ? await findThing(ctx, ctx.actor.customerId, id.data)
    : null;
  return {
    about_id: thing?.id ?? null,
    subject: typeof subject === "string" ? subject.slice(0, 200) : "",
  };
}

async function limitsDraft(ctx: Ctx): Promise<Partial<TicketValues>> {
  const [usage, keys] = await Promise.all([
    summarizeOwnUsage(ctx, {}),
    listKeys(ctx, { per_page: 20 }),
  ]);
  const [used] = [...keys.items].sort((a, b) =>
    (b.last_used_at ?? "").localeCompare(a.last_used_at ?? ""),
  );
  const lines = standing(usage);
  return {
    about_id: used?.id ?? null,
    subject: "We need higher limits",
    category: "technical",
    body: ["Where we stand:", "", ...lines, "", "What we need: "].join("\n"),
  };
}

function standing({ current, limits, quotas }: UsageSummary): string[] {
  const windows = windowNames.flatMap(({ window, field, label }) => {
    const limit = limits[field];
    return limit === null
      ? []
      : [
          `- Calls ${label.toLowerCase()}: ${countText(current[window])} of ${countText(limit)}`,
        ];
  });
  const meters = quotas.flatMap(({ title, used, limit }) =>
    limit === null
      ? []
      : [`- ${title}: ${countText(used)} of ${countText(limit)}`],
  );
  return [...windows, ...meters];
}
