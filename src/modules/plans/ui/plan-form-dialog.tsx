"use client";

import { useRouter } from "next/navigation";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { toast } from "@/ui/display/toaster";
import { FormDialog } from "@/ui/overlays/form-dialog";
import {
  plansApi,
  type Plan,
  type PlanInput,
  type PlanPatch,
} from "../contract";
import { PlanFields } from "./plan-fields";
import {
  planLabels,
  toPlanBody,
  toPlanValues,
  type PlanValues,
} from "./plan-values";

/** Makes a plan, and goes on to the draft of its first version. */
export function NewPlanDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const form = useContractForm<PlanValues, PlanInput>({
    schema: plansApi.create.body,
    defaultValues: toPlanValues(),
    labels: planLabels,
    toBody: toPlanBody,
    send: async (body) => {
      const { id, name } = await call(plansApi.create, { body });
      router.push(`/plans/${id}/draft`);
      toast.success(`${name} is created, as a draft`);
    },
  });
  return (
    <FormDialog
      form={form}
      title="New plan"
      description="Its prices, limits and features come next. It is sold once you publish them."
      submitLabel="Create plan"
      failure="The plan was not created"
      onClose={onClose}
    >
      <PlanFields control={form.control} />
    </FormDialog>
  );
}

export type EditPlanDialogProps = {
  plan: Plan;
  onClose: () => void;
  onSaved: () => Promise<void>;
};

/** Changes what a plan is called, and who sees it. */
export function EditPlanDialog({
  plan,
  onClose,
  onSaved,
}: EditPlanDialogProps) {
  const form = useContractForm<PlanValues, PlanPatch>({
    schema: plansApi.update.body,
    defaultValues: toPlanValues(plan),
    labels: planLabels,
    toBody: toPlanBody,
    send: async (body) => {
      const params = { plan_id: plan.id };
      await call(plansApi.update, { params, body }, { ifMatch: plan });
      await onSaved();
      toast.success(`${body.name ?? plan.name} is saved`);
    },
  });
  return (
    <FormDialog
      form={form}
      title={`Edit ${plan.name}`}
      description="Prices, limits and features are those of its versions."
      submitLabel="Save plan"
      failure="The plan was not saved"
      onClose={onClose}
    >
      <PlanFields control={form.control} />
    </FormDialog>
  );
}
