export {
  creditOf,
  isBalanced,
  ledgerBlocker,
  post,
  setBalance,
  statement,
} from "./service";
export type { Entry, Posting } from "./queries";
