export { listCustomerEntries, listEntries, record } from "./service";
