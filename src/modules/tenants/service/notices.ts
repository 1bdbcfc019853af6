import { customerNames } from "@/modules/customers";
import { customerContacts, staffContacts } from "@/modules/identity";
import { notify, plainName, type Cause } from "@/modules/notifications";
import type { NoticeName } from "@/modules/notifications/contract";
import type { TxCtx } from "@/platform/context";

type Payload = Record<string, unknown>;

const text = (payload: Payload, name: string) => {
  const value = payload[name];
  return typeof value === "string" ? value : "";
};

/** Tell the owners of a customer what became of a tenant of theirs. */
export async function tellOwners(
  tx: TxCtx,
  event: NoticeName,
  payload: Payload,
  cause: Cause,
): Promise<void> {
  const customerId = text(payload, "customer_id");
  await notify(tx, cause, {
    event,
    to: await customerContacts(tx, customerId, ["owner"]),
    customerId,
    params: paramsOf(payload),
    href: `/portal/tenants/${text(payload, "tenant_id")}`,
  });
}

/** Tell staff of work that could not be done, whoever asked for it. */
export async function tellStaff(
  tx: TxCtx,
  payload: Payload,
  cause: Cause,
): Promise<void> {
  const customerId = text(payload, "customer_id");
  const names = await customerNames(tx, [customerId]);
  await notify(tx, cause, {
    event: "tenant.needs_help",
    to: await staffContacts(tx, ["owner", "admin"]),
    customerId: null,
    params: {
      ...paramsOf(payload),
      customer: plainName(names.get(customerId) ?? "–"),
    },
    href: `/tenants/${text(payload, "tenant_id")}`,
  });
}

function paramsOf(payload: Payload) {
  return {
    name: plainName(text(payload, "name")),
    error: text(payload, "error").slice(0, 300) || "–",
  };
}
