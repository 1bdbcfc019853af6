import { call } from "@/client/call";
import { paymentMethodsApi } from "../contract/methods";

// Imported when it is needed: the pages are lighter without the contract.

/** The provider's page where a way to pay is entered; no url: that page is closed. */
export function add() {
  return call(paymentMethodsApi.add, { body: {} });
}

/** Charges this one from now on. */
export function makeDefault(payment_method_id: string) {
  return call(paymentMethodsApi.makeDefault, { params: { payment_method_id } });
}

/** Takes a way to pay off, at the provider too. */
export function remove(payment_method_id: string) {
  return call(paymentMethodsApi.remove, { params: { payment_method_id } });
}
