import { customerNames } from "@/modules/customers";
import { plansOfVersions } from "@/modules/plans";
import type { Ctx } from "@/platform/context";
import type { License } from "../contract";
import type { StoredLicense } from "../queries/licenses";

/** Licenses with the names of their customers and plans, in two reads however many there are. */
export async function withNames(
  ctx: Ctx,
  licenses: StoredLicense[],
): Promise<License[]> {
  const versions = licenses.flatMap(({ plan_version_id }) =>
    plan_version_id ? [plan_version_id] : [],
  );
  const [names, plans] = await Promise.all([
    customerNames(
      ctx,
      licenses.map(({ customer_id }) => customer_id),
    ),
    versions.length > 0 ? plansOfVersions(ctx, versions) : null,
  ]);
  return licenses.map(
    ({ is_counted: _, plan_version_id: version_id, ...license }) => {
      const plan = version_id && plans?.get(version_id);
      return {
        ...license,
        plan: plan ? { ...plan, version_id } : null,
        customer_name: names.get(license.customer_id) ?? "",
      };
    },
  );
}

/** The same for one. */
export async function withName(
  ctx: Ctx,
  license: StoredLicense,
): Promise<License> {
  const [named] = await withNames(ctx, [license]);
  if (!named) throw new Error("Expected one license");
  return named;
}
