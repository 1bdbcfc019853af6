"use client";

import { useRouter } from "next/navigation";
import { call } from "@/client/call";
import { QueryProvider } from "@/client/query";
import { useConfirm } from "@/client/use-confirm";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { toast } from "@/ui/display/toaster";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { Dialog } from "@/ui/overlays/dialog";
import { JsonDialog } from "@/ui/overlays/json-dialog";
import { ReadDialog } from "@/ui/overlays/read-dialog";
import { plansApi, type Plan } from "../contract";
import { planVersionsApi } from "../contract/versions";
import { EditPlanDialog } from "./plan-form-dialog";
import { PublishDialog } from "./publish-dialog";
import { TermsView } from "./terms-view";

export type OnePlanDialogsProps = { plan: Plan; mayWrite: boolean };

/** `?show=edit|archive|discard|publish|json`, and `?show=version&id=plv_…`. */
export default function OnePlanDialogs({
  plan,
  mayWrite,
}: OnePlanDialogsProps) {
  const { show, id, close } = useDialogUrl();
  const onClose = () => void close();
  const done = useDone();
  if (show === "json")
    return (
      <JsonDialog
        isOpen
        onOpenChange={onClose}
        title={`${plan.name} as JSON`}
        value={plan}
      />
    );
  if (show === "version" && id)
    return (
      <QueryProvider>
        <VersionDialog planId={plan.id} id={id} onClose={onClose} />
      </QueryProvider>
    );
  if (!mayWrite) return null;
  if (show === "edit")
    return <EditPlanDialog plan={plan} onClose={onClose} onSaved={done} />;
  if (show === "archive")
    return <ArchiveDialog plan={plan} onClose={onClose} onDone={done} />;
  const draft = plan.draft_version;
  if (show === "discard" && draft)
    return (
      <DiscardDialog {...{ plan, draft }} onClose={onClose} onDone={close} />
    );
  if (show === "publish" && draft)
    return (
      <PublishDialog {...{ plan, draft }} onClose={onClose} onDone={close} />
    );
  return null;
}

type Closing = { onClose: () => void; onDone: () => Promise<void> };

function ArchiveDialog({ plan, onClose, onDone }: Closing & { plan: Plan }) {
  const params = { plan_id: plan.id };
  const confirm = useConfirm(async () => {
    await call(plansApi.archive, { params }, { ifMatch: plan });
    await onDone();
    toast.success(`${plan.name} is archived`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Archive ${plan.name}?`}
      consequences={[
        "Nobody can choose it any more.",
        "Subscriptions that have it keep it, and are billed as before.",
        "You can sell it again later.",
      ]}
      confirmLabel="Archive plan"
      {...confirm}
    />
  );
}

type DiscardProps = Closing & {
  plan: Plan;
  draft: NonNullable<Plan["draft_version"]>;
};

function DiscardDialog({ plan, draft, onClose, onDone }: DiscardProps) {
  const router = useRouter();
  const params = { plan_id: plan.id, version_id: draft.id };
  const confirm = useConfirm(async () => {
    await call(planVersionsApi.discard, { params });
    await onDone();
    router.replace(`/plans/${plan.id}`);
    router.refresh();
    toast.success(`The draft of ${plan.name} is discarded`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Discard version ${draft.number} of ${plan.name}?`}
      consequences={[
        "What was changed in this draft is lost.",
        plan.current_version
          ? `Version ${plan.current_version.number} stays as it is.`
          : "The plan then has no terms until you begin a draft.",
      ]}
      confirmLabel="Discard draft"
      {...confirm}
    />
  );
}

type VersionDialogProps = { planId: string; id: string; onClose: () => void };

function VersionDialog({ planId, id, onClose }: VersionDialogProps) {
  return (
    <ReadDialog
      endpoint={planVersionsApi.get}
      input={{ params: { plan_id: planId, version_id: id } }}
      title="Version"
      size="lg"
      failure="This version could not be loaded"
      rows={6}
      onClose={onClose}
    >
      {(version) => (
        <Dialog
          isOpen
          onOpenChange={onClose}
          title={`Version ${version.number}`}
          size="lg"
        >
          <TermsView terms={version} />
        </Dialog>
      )}
    </ReadDialog>
  );
}
