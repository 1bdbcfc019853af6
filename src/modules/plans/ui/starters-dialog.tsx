"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { useDone } from "@/client/use-done";
import { toast } from "@/ui/display/toaster";
import { formatMoney } from "@/shared/money";
import { countText } from "@/ui/format/number";
import { Checkbox } from "@/ui/forms/checkbox";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import {
  planStartersApi,
  starterPlans,
  type StarterPlan,
} from "../contract/starters";

/** Shows the plans to begin with, and makes them in one act. */
export function StartersDialog({ onClose }: { onClose: () => Promise<void> }) {
  const done = useDone();
  const [publish, setPublish] = useState(false);
  const confirm = useConfirm(async () => {
    const { created } = await call(planStartersApi.add, { body: { publish } });
    await done();
    toast.success(
      publish
        ? `${created} plans are sold now`
        : `${created} plans are created, as drafts`,
    );
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={() => void onClose()}
      tone="primary"
      title="Start with these plans?"
      description="Change, rename or archive each of them as you like. The meters that they count are created with them."
      confirmLabel={publish ? "Create and publish" : "Create as drafts"}
      {...confirm}
    >
      <ul className="divide-y rounded-lg border">
        {starterPlans.map((plan) => (
          <li key={plan.code} className="px-3 py-2">
            <p className="flex justify-between gap-4 text-sm font-medium">
              <span>{plan.name}</span>
              <span>{monthly(plan)}</span>
            </p>
            <p className="text-xs text-ink-muted">{included(plan)}</p>
          </li>
        ))}
      </ul>
      <Checkbox
        label="Publish them at once, so that customers can choose them"
        isSelected={publish}
        onChange={setPublish}
      />
    </ConfirmDialog>
  );
}

function monthly({ terms }: StarterPlan): string {
  const price = terms.prices.find(({ interval }) => interval === "month");
  return price ? `${formatMoney(price.price)} a month` : "";
}

function included({ terms }: StarterPlan): string {
  const metered = (terms.features ?? []).flatMap((feature) =>
    feature.kind === "metered"
      ? [
          `${feature.quota === null ? "unlimited" : countText(feature.quota)} ${feature.title}`,
        ]
      : [],
  );
  const cap = terms.spend_cap ? [`usage up to $${terms.spend_cap.amount}`] : [];
  return [...metered, ...cap].join(", ");
}
