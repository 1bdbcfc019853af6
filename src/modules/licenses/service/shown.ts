import { customerNames } from "@/modules/customers";
import type { Ctx } from "@/platform/context";
import type { License } from "../contract";
import type { StoredLicense } from "../queries/licenses";

/** Licenses with the names of their customers, in one read however many there are. */
export async function withNames(
  ctx: Ctx,
  licenses: StoredLicense[],
): Promise<License[]> {
  const names = await customerNames(
    ctx,
    licenses.map(({ customer_id }) => customer_id),
  );
  return licenses.map(({ is_counted: _, ...license }) => ({
    ...license,
    customer_name: names.get(license.customer_id) ?? "",
  }));
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
