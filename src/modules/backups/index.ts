export { backupsJobs } from "./jobs";
export {
  backUp,
  forgetRunning,
  lastBackups,
  restore,
  verifyBackup,
} from "./service/backup";
