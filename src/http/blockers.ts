import type { BlockerCheck } from "@/modules/customers";
import { invoicesBlocker } from "@/modules/invoices";
import { ledgerBlocker } from "@/modules/ledger";
import { paymentsBlocker } from "@/modules/payments";
import { licensesBlocker } from "@/modules/licenses";
import { subscriptionsBlocker } from "@/modules/subscriptions";
import { supportBlocker } from "@/modules/support";
import { tenantsBlocker } from "@/modules/tenants";

/** What can stand in the way of deleting a customer: each module's own count. */
export const customerBlockers: BlockerCheck[] = [
  invoicesBlocker,
  ledgerBlocker,
  paymentsBlocker,
  licensesBlocker,
  subscriptionsBlocker,
  supportBlocker,
  tenantsBlocker,
];
