export { alertsJobs } from "./jobs";
export { countUnreadAlerts, listAlerts, readAlert } from "./service/alerts";
export {
  rollOver,
  watchExpiry,
  watchProjection,
  watchProjections,
} from "./service/watch";
