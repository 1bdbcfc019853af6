import "server-only";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { getCustomer } from "@/modules/customers";
import { idOf } from "@/shared/ids";

export type CustomerParams = { params: Promise<{ customer_id: string }> };

/** The customer of a page, read once a request; the 404 page when there is none. */
export const loadCustomer = cache(async (id: string) => {
  const ctx = await staffCtx();
  if (!idOf("cus").safeParse(id).success) notFound();
  return { ctx, customer: await shown(ctx, getCustomer(ctx, id)) };
});

/** The title of a page about the customer, which is also there when the customer is not. */
export async function titled(
  { params }: CustomerParams,
  title: (name: string) => string,
): Promise<Metadata> {
  const { customer_id } = await params;
  try {
    const { customer } = await loadCustomer(customer_id);
    return { title: title(customer.name) };
  } catch {
    // The page says why it cannot be shown; an error here would leave it without a title.
    return { title: "Customer" };
  }
}
