"use client";

import { useRead } from "@/client/query";
import { plansApi } from "@/modules/plans/contract";
import type { PlanTerms } from "@/modules/plans/contract/terms";

/** A version that can be chosen. */
export type Offer = Pick<PlanTerms, "prices" | "trial_days"> & {
  version_id: string;
  name: string;
};

/** What staff can choose: the current versions of all plans that are sold. */
export function useOffers(): Offer[] | null {
  const { data } = useRead(plansApi.list, {
    query: { per_page: 100, status: "active" },
  });
  if (!data) return null;
  return data.items.flatMap(({ name, current_version: version }) =>
    version
      ? [
          {
            version_id: version.id,
            name,
            prices: version.prices,
            trial_days: version.trial_days,
          },
        ]
      : [],
  );
}
