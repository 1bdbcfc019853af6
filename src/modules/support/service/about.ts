import { getInvoice } from "@/modules/invoices";
import { getKey } from "@/modules/keys";
import { getLicense } from "@/modules/licenses";
import { getSubscription } from "@/modules/subscriptions";
import type { TxCtx } from "@/platform/context";
import { notFound } from "@/shared/errors";

/**
 * Throws NOT_FOUND unless the thing is the customer's, and FORBIDDEN when the actor may not read
 * such things.
 */
export async function assertAbout(
  tx: TxCtx,
  customerId: string,
  id: string,
): Promise<void> {
  const thing = await read(tx, id);
  if (thing.customer_id !== customerId) throw notFound("thing of the customer");
}

function read(tx: TxCtx, id: string): Promise<{ customer_id: string }> {
  switch (id.slice(0, 3)) {
    case "ivc":
      return getInvoice(tx, id);
    case "key":
      return getKey(tx, id);
    case "lic":
      return getLicense(tx, id);
    default:
      return getSubscription(tx, id);
  }
}
