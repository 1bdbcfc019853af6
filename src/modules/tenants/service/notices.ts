import { customerContacts, staffContacts } from "@/modules/identity";
import {
  customerNameOf,
  notify,
  plainName,
  type Cause,
} from "@/modules/notifications";
import type { NoticeName } from "@/modules/notifications/contract";
import type { TxCtx } from "@/platform/context";
import { textOf, type Payload } from "@/platform/deliver";

/** Tell the owners of a customer what became of a tenant of theirs. */
export async function tellOwners(
  tx: TxCtx,
  event: NoticeName,
  payload: Payload,
  cause: Cause,
): Promise<void> {
  const customerId = textOf(payload, "customer_id");
  await notify(tx, cause, {
    event,
    to: await customerContacts(tx, customerId, ["owner"]),
    customerId,
    params: paramsOf(payload),
    href: `/portal/tenants/${textOf(payload, "tenant_id")}`,
  });
}

/** Tell staff of work that could not be done, whoever asked for it. */
export async function tellStaff(
  tx: TxCtx,
  payload: Payload,
  cause: Cause,
): Promise<void> {
  const customerId = textOf(payload, "customer_id");
  await notify(tx, cause, {
    event: "tenant.needs_help",
    to: await staffContacts(tx, ["owner", "admin"]),
    customerId: null,
    params: {
      ...paramsOf(payload),
      customer: await customerNameOf(tx, customerId),
    },
    href: `/tenants/${textOf(payload, "tenant_id")}`,
  });
}

function paramsOf(payload: Payload) {
  return {
    name: plainName(textOf(payload, "name")),
    error: textOf(payload, "error").slice(0, 300) || "–",
  };
}
