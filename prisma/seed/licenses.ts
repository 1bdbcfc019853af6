import { activateLicense, issueLicense } from "@/modules/licenses";
import type { ActivateInput } from "@/modules/licenses/contract/activations";
import type { LicenseInput } from "@/modules/licenses/contract";
import type { Ctx } from "@/platform/context";
import type { SeededCustomer } from "./customers";
import { later } from "./later";

type SeededLicense = {
  issuedDaysAgo: number;
  input: Partial<LicenseInput> & Pick<LicenseInput, "name">;
  usedOn: Pick<ActivateInput, "kind" | "identifier" | "name">[];
};

const machine = (identifier: string, name: string) =>
  ({ kind: "machine", identifier, name }) as const;
const domain = (identifier: string) =>
  ({ kind: "domain", identifier, name: undefined }) as const;

/** What is sold beside the API: by machines, by domains, and by whoever works at the time. */
const sold: SeededLicense[] = [
  {
    issuedDaysAgo: 354,
    input: { name: "Categorizer Desktop", interval: "year", max_machines: 5 },
    usedOn: [
      machine("7c2f-91ab-04", "Ada’s laptop"),
      machine("7c2f-91ab-11", "Build server"),
      machine("7c2f-91ab-12", "Analysis desk 2"),
    ],
  },
  {
    issuedDaysAgo: 60,
    input: {
      name: "Categorizer for WordPress",
      interval: "year",
      max_domains: 3,
      churn_limit: 2,
    },
    usedOn: [domain("analytical-engines.example"), domain("blog.example")],
  },
  {
    issuedDaysAgo: 12,
    input: {
      name: "Batch Studio, floating",
      interval: "month",
      max_machines: 10,
      is_floating: true,
      lease_seconds: 24 * 60 * 60,
    },
    usedOn: [machine("studio-3", "Studio 3"), machine("studio-8", "Studio 8")],
  },
  {
    issuedDaysAgo: 25,
    input: { name: "Categorizer Desktop", interval: "month", max_machines: 1 },
    usedOn: [machine("4b10-77", "Workstation")],
  },
];

/** Give customers licenses, one each in turn, and the first two to the first. */
export async function addLicenses(
  ctx: Ctx,
  [first, ...others]: SeededCustomer[],
): Promise<void> {
  const owners = [first, first, ...others];
  for (const [i, { issuedDaysAgo, input, usedOn }] of sold.entries()) {
    const owner = owners[i];
    if (!owner) continue;
    const then = later(ctx, -issuedDaysAgo * 24 * 60 * 60);
    const { key } = await issueLicense(then, {
      customer_id: owner.id,
      interval: "month",
      starts_on_activation: false,
      ...input,
    });
    for (const place of usedOn) await activateLicense(ctx, { key, ...place });
  }
}
