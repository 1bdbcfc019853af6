import type { BlockerCheck } from "@/modules/customers";
import { ledgerBlocker } from "@/modules/ledger";

/** What can stand in the way of deleting a customer: each module's own count. */
export const customerBlockers: BlockerCheck[] = [ledgerBlocker];
