import { soundParams, type SearchParams } from "@/client/sound-params";
import { PaymentQuery } from "../contract";

/** The payments that an address asks for; what makes no sense in it counts as not given. */
export function toPaymentQuery(
  params: SearchParams,
  customerId?: string,
): PaymentQuery {
  const { page, per_page, status, provider, method } = PaymentQuery.shape;
  const fields = { page, per_page, status, provider, method };
  return PaymentQuery.parse({
    per_page: 50,
    ...soundParams(fields, params),
    ...(customerId && { customer_id: customerId }),
  });
}
