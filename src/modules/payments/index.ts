export { paymentsJobs } from "./jobs";
export {
  checkOut,
  checkOutByLink,
  checkoutProgress,
  openBillingPortal,
  startCheckout,
  type CheckoutOffer,
} from "./service/checkout";
export { chargeable, collect } from "./service/collect";
export {
  getInbound,
  listInbound,
  receiveWebhook,
  replayInbound,
} from "./service/inbound";
export { receivePayment, recordManual } from "./service/manual";
export {
  listMethods,
  listOwnMethods,
  makeDefaultMethod,
  removeMethod,
} from "./service/methods";
export { payInvoice } from "./service/pay";
export { openProviders } from "./service/providers";
export {
  getPayment,
  listCustomerPayments,
  listPayments,
  paymentsBlocker,
} from "./service/read";
export { reconcile } from "./service/reconcile";
export { refundPayment } from "./service/refunds";
export { actInSandbox, getSandboxSession } from "./service/sandbox-page";
