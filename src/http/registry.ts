import { accessApi } from "@/modules/access/contract";
import { alertsApi } from "@/modules/alerts/contract";
import { auditApi } from "@/modules/audit/contract";
import { backupsApi } from "@/modules/backups/contract";
import { batchesApi } from "@/modules/batches/contract";
import { customerFilesApi } from "@/modules/batches/contract/export";
import { importsApi } from "@/modules/batches/contract/import";
import { customersApi } from "@/modules/customers/contract";
import {
  membersApi,
  ownCustomersApi,
  registrationApi,
  viewAsApi,
} from "@/modules/customers/contract/people";
import { lifetimeApi } from "@/modules/customers/contract/lifetime";
import { segmentsApi } from "@/modules/customers/contract/segments";
import { tagsApi } from "@/modules/customers/contract/tags";
import { identityApi, staffApi } from "@/modules/identity/contract";
import { accountsApi } from "@/modules/identity/contract/accounts";
import { externalLoginsApi } from "@/modules/identity/contract/external-logins";
import { invitationsApi } from "@/modules/identity/contract/members";
import {
  sessionsApi,
  twoFactorApi,
} from "@/modules/identity/contract/sessions";
import { invoicesApi } from "@/modules/invoices/contract";
import { couponsApi } from "@/modules/invoices/contract/coupons";
import { taxRatesApi } from "@/modules/invoices/contract/tax-rates";
import { keysApi } from "@/modules/keys/contract";
import { keyQuotasApi } from "@/modules/keys/contract/quotas";
import { ledgerApi } from "@/modules/ledger/contract";
import { licensesApi } from "@/modules/licenses/contract";
import { activationsApi } from "@/modules/licenses/contract/activations";
import { licenseFilesApi } from "@/modules/licenses/contract/files";
import { customerLicensesApi } from "@/modules/licenses/contract/of-customer";
import { devicesApi, domainsApi } from "@/modules/licenses/contract/places";
import { limitsApi } from "@/modules/limits/contract";
import { boostsApi } from "@/modules/limits/contract/boosts";
import { featuresApi } from "@/modules/limits/contract/features";
import { quotasApi } from "@/modules/limits/contract/quotas";
import { metersApi } from "@/modules/meters/contract";
import { notesApi } from "@/modules/notes/contract";
import { notificationsApi } from "@/modules/notifications/contract";
import { plansApi } from "@/modules/plans/contract";
import { planStartersApi } from "@/modules/plans/contract/starters";
import { planVersionsApi } from "@/modules/plans/contract/versions";
import { paymentsApi } from "@/modules/payments/contract";
import { checkoutApi, sandboxApi } from "@/modules/payments/contract/checkout";
import { paymentMethodsApi } from "@/modules/payments/contract/methods";
import { inboundApi } from "@/modules/payments/contract/webhooks";
import { operationsApi } from "@/modules/operations/contract";
import { pricingApi } from "@/modules/pricing/contract";
import { privacyApi } from "@/modules/privacy/contract";
import { reportsApi } from "@/modules/reports/contract";
import { settingsApi } from "@/modules/settings/contract";
import { subscriptionsApi } from "@/modules/subscriptions/contract";
import { ownSubscriptionsApi } from "@/modules/subscriptions/contract/own";
import { supportApi } from "@/modules/support/contract";
import { attachmentsApi } from "@/modules/support/contract/attachments";
import { cannedRepliesApi } from "@/modules/support/contract/canned-replies";
import { inboundMailApi } from "@/modules/support/contract/inbound-mail";
import { ticketMessagesApi } from "@/modules/support/contract/messages";
import { ticketOutcomeApi } from "@/modules/support/contract/outcome";
import { ticketThingsApi } from "@/modules/support/contract/things";
import { tenantsApi } from "@/modules/tenants/contract";
import { provisionerApi } from "@/modules/tenants/contract/provisioner";
import { usageApi } from "@/modules/usage/contract";
import { usageOfBillingApi } from "@/modules/usage/contract/billing";
import { dashboardApi } from "@/modules/usage/contract/dashboard";
import { usageLogApi } from "@/modules/usage/contract/log";
import { readingsApi } from "@/modules/usage/contract/readings";
import { upkeepApi } from "@/modules/usage/contract/upkeep";
import type { Endpoint } from "@/shared/endpoint";
import { systemApi } from "./system";

const groups: Record<string, Endpoint>[] = [
  systemApi,
  identityApi,
  registrationApi,
  accountsApi,
  sessionsApi,
  twoFactorApi,
  externalLoginsApi,
  invitationsApi,
  ownCustomersApi,
  staffApi,
  customersApi,
  lifetimeApi,
  tagsApi,
  segmentsApi,
  membersApi,
  viewAsApi,
  privacyApi,
  notesApi,
  batchesApi,
  customerFilesApi,
  importsApi,
  ledgerApi,
  invoicesApi,
  taxRatesApi,
  couponsApi,
  paymentsApi,
  paymentMethodsApi,
  checkoutApi,
  sandboxApi,
  inboundApi,
  metersApi,
  limitsApi,
  quotasApi,
  featuresApi,
  boostsApi,
  keysApi,
  keyQuotasApi,
  accessApi,
  licensesApi,
  customerLicensesApi,
  activationsApi,
  licenseFilesApi,
  domainsApi,
  devicesApi,
  pricingApi,
  plansApi,
  planStartersApi,
  planVersionsApi,
  subscriptionsApi,
  ownSubscriptionsApi,
  tenantsApi,
  provisionerApi,
  usageApi,
  usageLogApi,
  usageOfBillingApi,
  readingsApi,
  upkeepApi,
  operationsApi,
  backupsApi,
  dashboardApi,
  alertsApi,
  reportsApi,
  supportApi,
  ticketMessagesApi,
  ticketOutcomeApi,
  ticketThingsApi,
  attachmentsApi,
  cannedRepliesApi,
  inboundMailApi,
  notificationsApi,
  settingsApi,
  auditApi,
];

/** Every endpoint of the API, once. */
export const endpoints: Endpoint[] = groups.flatMap((group) =>
  Object.values(group),
);
