export { ledgerBlocker, setBalance } from "./service";
