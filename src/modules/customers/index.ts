export {
  billingNow,
  customerNames,
  customerStats,
  getBuyer,
  getCustomer,
  getVisibleCustomer,
  isAdmitted,
  listCustomers,
  timeOf,
} from "./service/read";
export {
  changeCustomer,
  changeTotals,
  createCustomer,
  holdBuyer,
  holdCurrency,
  holdCustomer,
  recordReading,
  removeCustomer,
  setClock,
  setCustomerStatus,
  type Blocker,
  type BlockerCheck,
} from "./service/write";
export {
  chooseOwnCustomer,
  invitePerson,
  listOwnCustomers,
  listPeople,
  removePerson,
  resendPersonInvitation,
  revokePersonInvitation,
  setPersonRole,
} from "./service/people";
export { openCustomer, type Furnishing } from "./service/opening";
export { registerCustomer, verifyEmail } from "./service/registration";
export { stopViewAs, viewAs } from "./service/view-as";
