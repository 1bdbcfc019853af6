export {
  countExpiringCustomers,
  customerNames,
  customerStats,
  getCustomer,
  getVisibleCustomer,
  isAdmitted,
  listCustomers,
} from "./service/read";
export {
  applyLedgerAmount,
  changeCustomer,
  createCustomer,
  holdCustomer,
  recordReading,
  removeCustomer,
  setCustomerStatus,
  type Blocker,
  type BlockerCheck,
} from "./service/write";
