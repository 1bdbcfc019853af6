export { tenantsJobs } from "./jobs";
export {
  backUpTenant,
  installModule,
  restoreTenant,
  suspendTenant,
  uninstallModule,
  unsuspendTenant,
} from "./service/acts";
export { downloadBackup, mayTakeBackups } from "./service/download";
export { takeReport } from "./service/report";
export {
  findVisited,
  listBackups,
  listJobs,
  listLogs,
  listModules,
} from "./service/read";
export { mayHaveTenants } from "./service/limits";
export { tenantsBlocker } from "./service/schedule";
export {
  adoptTenant,
  changeTenant,
  checkSubdomain,
  createTenant,
  getTenant,
  listTenants,
  removeTenant,
} from "./service/tenants";
