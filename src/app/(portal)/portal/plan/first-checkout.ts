import { call } from "@/client/call";
import { invoicesApi } from "@/modules/invoices/contract";
import { checkoutApi } from "@/modules/payments/contract/checkout";
import type { Subscription } from "@/modules/subscriptions/contract";

/** The provider's page where a subscription's first invoice is paid; null when none waits for it. */
export async function firstCheckout({
  status,
  provider,
}: Subscription): Promise<string | null> {
  if (status !== "incomplete" || provider === "manual") return null;
  const query = { status: "open", per_page: 1 } as const;
  const { items } = await call(invoicesApi.listOwn, { query });
  const [first] = items;
  if (!first) return null;
  const body = { purpose: "invoice", invoice_id: first.id } as const;
  return (await call(checkoutApi[provider], { body })).url;
}
