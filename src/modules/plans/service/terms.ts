import type { Limits } from "@/modules/limits/contract";
import type { FeatureInput } from "@/modules/limits/contract/features";
import { setPlanEntitlements } from "@/modules/limits";
import { knownMeters } from "@/modules/meters";
import type { TxCtx } from "@/platform/context";
import { invalid, type FieldError } from "@/shared/errors";
import { windows } from "@/shared/windows";
import type { PlanVersion } from "../contract";
import { problemsOf } from "../contract/publishable";
import type { PlanFeature, PlanTerms, PlanTermsInput } from "../contract/terms";
import type { NewTerms } from "../queries/versions";

/**
 * Terms as they are written, with the ids of their meters. Throws VALIDATION_FAILED, by field, for
 * meters that do not exist; `place` is where the terms stand in the input, such as `body.`.
 */
export async function toNewTerms(
  tx: TxCtx,
  input: PlanTermsInput,
  place: string,
): Promise<NewTerms> {
  const meters = await liveMeters(tx);
  const unknown: FieldError[] = [];
  const idOfMeter = (meter: string, field: string): string => {
    const id = meters.get(meter);
    if (!id)
      unknown.push({
        field: `${place}${field}`,
        message: `there is no meter ${meter}; create it under Meters`,
      });
    return id ?? "";
  };
  const features = (input.features ?? []).map(
    (feature, at): NewTerms["features"][number] => {
      if (feature.kind !== "metered") return feature;
      const { feature: name, title, kind, quota, overage = false } = feature;
      const meter_id = idOfMeter(feature.meter, `features.${at}.meter`);
      return { feature: name, title, kind, quota, overage, meter_id };
    },
  );
  const charges = (input.charges ?? []).map(
    ({ meter, currency, charge }, at) => ({
      meter_id: idOfMeter(meter, `charges.${at}.meter`),
      currency,
      charge,
    }),
  );
  if (unknown.length > 0) throw invalid(unknown);
  return {
    trial_days: input.trial_days ?? 0,
    prices: input.prices,
    limits: input.limits ? completed(input.limits) : null,
    spend_cap: input.spend_cap?.amount ?? null,
    features,
    charges,
  };
}

/** The terms of a version, to be written into another one. */
export function copied(terms: PlanTerms): NewTerms {
  return { ...terms, spend_cap: terms.spend_cap?.amount ?? null };
}

/** What keeps a draft from being published, meters that were archived meanwhile included. */
export async function problemsNow(
  tx: TxCtx,
  draft: PlanVersion,
): Promise<FieldError[]> {
  const meters = await liveMeters(tx);
  const gone = (kind: "features" | "charges") =>
    draft[kind].flatMap((one, at) =>
      "meter" in one && !meters.has(one.meter)
        ? [
            {
              field: `${kind}.${at}.meter`,
              message: `is archived: bring ${one.meter} back, or choose another`,
            },
          ]
        : [],
    );
  return [...problemsOf(draft), ...gone("features"), ...gone("charges")];
}

/** Let the access decision know what a version gives. */
export async function entitle(tx: TxCtx, version: PlanVersion): Promise<void> {
  await setPlanEntitlements(tx, version.id, {
    limits: version.limits,
    spendCap: version.spend_cap,
    features: version.features.map(toGrant),
    quotas: version.features.flatMap((one) =>
      one.kind === "metered"
        ? [{ meter: one.meter, limit: one.quota, overage: one.overage }]
        : [],
    ),
  });
}

function toGrant(one: PlanFeature): FeatureInput {
  const { feature } = one;
  switch (one.kind) {
    case "boolean":
      return { feature, kind: one.kind, value: one.value };
    case "static":
      return { feature, kind: one.kind, value: one.value };
    case "metered":
      return { feature, kind: one.kind, meter: one.meter };
    default:
      return one satisfies never;
  }
}

async function liveMeters(tx: TxCtx): Promise<Map<string, string>> {
  const meters = await knownMeters(tx);
  return new Map(
    meters
      .filter(({ isArchived }) => !isArchived)
      .map(({ name, id }) => [name, id]),
  );
}

function completed(limits: Partial<Record<keyof Limits, unknown>>): Limits {
  const named = windows.map((window) => [
    `per_${window}`,
    limits[`per_${window}`] ?? null,
  ]);
  return Object.fromEntries(named) as Limits; // Safe: every window is named.
}
