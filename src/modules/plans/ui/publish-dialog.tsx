"use client";

import { useRouter } from "next/navigation";
import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { Callout } from "@/ui/display/callout";
import { toast } from "@/ui/display/toaster";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import type { Plan, PlanVersion } from "../contract";
import { planVersionsApi } from "../contract/versions";
import { differences, type Difference } from "./plan-difference";

export type PublishDialogProps = {
  plan: Plan;
  draft: PlanVersion;
  onClose: () => void;
  onDone: () => Promise<void>;
};

/** Shows what a draft changes, and publishes it. */
export function PublishDialog({
  plan,
  draft,
  onClose,
  onDone,
}: PublishDialogProps) {
  const router = useRouter();
  const current = plan.current_version;
  const changes = differences(current, draft);
  const confirm = useConfirm(async () => {
    const params = { plan_id: plan.id, version_id: draft.id };
    await call(planVersionsApi.publish, { params }, { ifMatch: draft });
    await onDone();
    router.replace(`/plans/${plan.id}`);
    router.refresh();
    toast.success(`Version ${draft.number} of ${plan.name} is published`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      tone="primary"
      title={`Publish version ${draft.number} of ${plan.name}?`}
      consequences={[
        "It never changes from then on; a change is another version.",
        plan.is_public && !plan.archived_at
          ? "New subscriptions get it at once."
          : "The plan is hidden, so customers do not see it yet.",
        ...(current
          ? ["Subscriptions that there are keep their version."]
          : []),
      ]}
      confirmLabel="Publish"
      {...confirm}
    >
      {changes.length === 0 ? (
        <Callout>{`It is the same as version ${current?.number ?? ""}.`}</Callout>
      ) : (
        <Changes changes={changes} number={current?.number ?? null} />
      )}
    </ConfirmDialog>
  );
}

type ChangesProps = { changes: Difference[]; number: number | null };

function Changes({ changes, number }: ChangesProps) {
  return (
    <section
      className="max-h-72 overflow-y-auto rounded-lg border"
      tabIndex={0}
    >
      <h3 className="border-b px-3 py-2 text-xs font-medium text-ink-muted">
        {number === null
          ? "What it says"
          : `What is different from version ${number}`}
      </h3>
      <dl className="divide-y">
        {changes.map(({ label, before, after }) => (
          <div key={label} className="px-3 py-2">
            <dt className="text-xs text-ink-muted">{label}</dt>
            <dd className="flex flex-wrap gap-x-1.5 text-sm">
              {number === null ? null : before === null ? (
                <span className="text-ink-faint">New:</span>
              ) : (
                <>
                  <del className="text-ink-faint">{before}</del>
                  <span aria-hidden>→</span>
                </>
              )}
              {after === null ? (
                <span className="text-danger">removed</span>
              ) : number === null ? (
                <span>{after}</span>
              ) : (
                <ins className="no-underline">{after}</ins>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
