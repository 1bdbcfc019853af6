"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useWatch, type Control } from "react-hook-form";
import type * as z from "zod";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { toast } from "@/ui/display/toaster";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import type { PlanVersion } from "../contract";
import { problemsOf } from "../contract/publishable";
import type { planVersionsApi } from "../contract/versions";
import { ChargeRows } from "./charge-rows";
import { FeatureRows, type KnownMeter } from "./feature-rows";
import { LimitFields, TrialFields } from "./limit-fields";
import { PriceRows } from "./price-rows";
import { termsLabels } from "./terms-labels";
import {
  priceProblems,
  toTermsBody,
  toTermsField,
  toTermsValues,
  type TermsValues,
} from "./terms-values";

export type TermsEditorProps = {
  /** The draft as it was read. */
  version: PlanVersion;
  meters: readonly KnownMeter[];
};

type Body = z.output<typeof planVersionsApi.setTerms.body>;

// Loaded when it is needed: the page is lighter without the schemas.
const contract = () => import("../contract/versions");

/** Changes a draft. It is saved whole; publishing it is another step. */
export function TermsEditor({ version, meters }: TermsEditorProps) {
  const router = useRouter();
  const { open } = useDialogUrl();
  const [saved, setSaved] = useState(version);
  const form = useContractForm<TermsValues, Body>({
    schema: async () => (await contract()).planVersionsApi.setTerms.body,
    defaultValues: toTermsValues(version),
    labels: termsLabels,
    toBody: toTermsBody,
    toField: toTermsField,
    check: priceProblems,
    send: async (body) => {
      const params = { plan_id: saved.plan_id, version_id: saved.id };
      const after = await call(
        (await contract()).planVersionsApi.setTerms,
        { params, body },
        { ifMatch: saved },
      );
      setSaved(after);
      form.form.reset(toTermsValues(after));
      router.refresh();
      toast.success("The draft is saved");
    },
  });
  const { control, isDirty, isPending, summary } = form;
  useWarning(isDirty);
  return (
    <Form onSubmit={form.submit} aria-label={`Version ${version.number}`}>
      <ErrorSummary {...summary} title="The draft was not saved" />
      <PriceRows control={control} />
      <TrialFields control={control} />
      <LimitFields control={control} />
      <FeatureRows control={control} meters={meters} />
      <ChargeRows control={control} meters={meters} />
      <Missing control={control} />
      {/* At the left: news of what was saved comes up at the right. */}
      <div className="sticky bottom-0 flex flex-wrap items-center gap-2 border-t bg-canvas py-3">
        <Button
          type="submit"
          variant={isDirty ? "primary" : "secondary"}
          isPending={isPending}
          isDisabled={!isDirty}
        >
          Save draft
        </Button>
        <Button
          variant={isDirty ? "secondary" : "primary"}
          isDisabled={isDirty || problemsOf(saved).length > 0}
          onPress={() => void open("publish")}
        >
          Publish…
        </Button>
        <p aria-live="polite" className="text-sm text-ink-muted">
          {isDirty ? "Not saved yet" : "Saved"}
        </p>
      </div>
    </Form>
  );
}

/** What stands between these terms and their publication, as they are typed. */
function Missing({ control }: { control: Control<TermsValues> }) {
  const { prices, features, charges } = useWatch({ control }) as TermsValues;
  const problems = problemsOf({
    prices: prices.map(({ currency }) => ({ price: { currency } })),
    features: features.map((one) =>
      one.kind === "metered"
        ? {
            kind: one.kind,
            meter: one.meter,
            quota: one.isUnlimited ? null : one.quota,
            overage: one.overage && !one.isUnlimited,
          }
        : { kind: one.kind },
    ),
    charges,
  });
  return (
    <ErrorSummary
      title="Before it can be published"
      problems={problems.map(({ field, message }) => ({
        name: field,
        message: `${wordOf(field)} ${message}`,
      }))}
    />
  );
}

function wordOf(field: string): string {
  const [list, at] = field.split(".");
  const one = { prices: "The plan", features: "Feature", charges: "Charge" };
  // Safe: the rule names these lists only.
  const word = one[list as keyof typeof one];
  return at === undefined ? word : `${word} ${Number(at) + 1}`;
}

/** The browser asks before a page with typed text is left. */
function useWarning(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isDirty]);
}
