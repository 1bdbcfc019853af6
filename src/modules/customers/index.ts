export {
  billingNow,
  customerNames,
  customerStats,
  getBuyer,
  getCustomer,
  getCustomerWithCalls,
  getLifetimeValue,
  getVisibleCustomer,
  isAdmitted,
  listCustomers,
  takenOf,
  timeOf,
} from "./service/read";
export {
  assertNotErased,
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
export {
  changeSegment,
  createSegment,
  listSegments,
  listTags,
  removeSegment,
} from "./service/segments";
export { findSelected, selectionOf, walkCustomers } from "./service/selection";
export { stopViewAs, viewAs } from "./service/view-as";
