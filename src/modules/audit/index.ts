export { assertUnchanged } from "./unchanged";
export { listCustomerEntries, listEntries, record } from "./service";
