import { customerNames } from "@/modules/customers";
import type { Ctx } from "@/platform/context";
import { plainName } from "../wording";

/** A customer's name as messages say it; a dash when it is gone. */
export async function customerNameOf(ctx: Ctx, id: string): Promise<string> {
  const names = await customerNames(ctx, [id]);
  return plainName(names.get(id) ?? "–");
}
