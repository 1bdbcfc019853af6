export { privacyJobs } from "./jobs";
export {
  cancelErasure,
  closeAccount,
  findClosing,
  getClosing,
  keepAccount,
} from "./service/closing";
export { eraseCustomer, getErasure } from "./service/erasure";
export { exportData, exportOwnData } from "./service/export";
export { listErasures, replayErasures } from "./service/replay";
