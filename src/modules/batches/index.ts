export { batchesJobs } from "./jobs";
export { createBatch, getBatch } from "./service/create";
export { exportCustomers } from "./service/export";
export { createImport, getImport, undoImport } from "./service/import";
