import { accessApi } from "@/modules/access/contract";
import { auditApi } from "@/modules/audit/contract";
import { customersApi } from "@/modules/customers/contract";
import { identityApi, staffApi } from "@/modules/identity/contract";
import { keysApi } from "@/modules/keys/contract";
import { ledgerApi } from "@/modules/ledger/contract";
import { limitsApi } from "@/modules/limits/contract";
import { reportsApi } from "@/modules/reports/contract";
import { usageApi } from "@/modules/usage/contract";
import type { Endpoint } from "@/shared/endpoint";
import { systemApi } from "./system";

const groups: Record<string, Endpoint>[] = [
  systemApi,
  identityApi,
  staffApi,
  customersApi,
  ledgerApi,
  limitsApi,
  keysApi,
  accessApi,
  usageApi,
  reportsApi,
  auditApi,
];

/** Every endpoint of the API, once. */
export const endpoints: Endpoint[] = groups.flatMap((group) =>
  Object.values(group),
);
