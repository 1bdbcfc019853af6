import "server-only";
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
