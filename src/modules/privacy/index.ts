export { privacyJobs } from "./jobs";
export { eraseCustomer, getErasure } from "./service/erasure";
export { exportData, exportOwnData } from "./service/export";
export { listErasures, replayErasures } from "./service/replay";
