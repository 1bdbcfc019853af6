export { paymentsJobs } from "./jobs";
export {
  checkOut,
  checkOutByLink,
  checkoutProgress,
  openBillingPortal,
  startCheckout,
  type CheckoutOffer,
} from "./service/checkout";
export { canCharge, collect } from "./service/collect";
export {
  getInbound,
  listInbound,
  receiveWebhook,
  replayInbound,
} from "./service/inbound";
export { hasLostDispute } from "./queries/disputes";
export { receivePayment } from "./service/manual";
export {
  listMethods,
  listOwnMethods,
  makeDefaultMethod,
  removeMethod,
} from "./service/methods";
export { assertOnline, keepsMethods, onlineProviders } from "./service/online";
export { payInvoice } from "./service/pay";
export {
  getPayment,
  listCustomerPayments,
  listPayments,
  paymentsBlocker,
} from "./service/read";
export { reconcile } from "./service/reconcile";
export { refundPayment } from "./service/refunds";
export { actInSandbox, getSandboxSession } from "./service/sandbox-page";
