export { invoicesJobs } from "./jobs";
export {
  changeCoupon,
  createCoupon,
  getCoupon,
  listCoupons,
  redeemable,
  redeemCoupon,
  removeCoupon,
} from "./service/coupons";
export { creditInvoice } from "./service/credit-notes";
export {
  billInvoice,
  changeInvoice,
  createInvoice,
  draftInvoice,
  removeInvoice,
  type DraftLine,
} from "./service/draft";
export { voidInvoice, voidOpenInvoice, writeOffInvoice } from "./service/end";
export { finalizeInvoice, issueInvoice } from "./service/finalize";
export { applyCredit, nextReceiptNumber } from "./service/own-credit";
export { requestMail } from "./service/mail";
export { getPayView } from "./service/pay-link";
export { invoiceOfToken, payUrl } from "./service/pay-token";
export { downloadInvoice } from "./service/pdf/document";
export { reopenInvoice } from "./service/reopen";
export { previewInvoice } from "./service/preview";
export {
  getInvoice,
  listCustomerInvoices,
  listInvoices,
  openOf,
  outstanding,
} from "./service/read";
export { findOverdue } from "./service/overdue";
export { taxRatesFor } from "./service/reckon";
export { applyPayment, setPaymentStatus } from "./service/settle";
export {
  archiveTaxRate,
  createTaxRate,
  listTaxRates,
} from "./service/tax-rates";
export { invoicesBlocker } from "./service/blocker";
