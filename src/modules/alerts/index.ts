export { alertsJobs } from "./jobs";
export { countUnreadAlerts, listAlerts, readAlert } from "./service/alerts";
export { rollOver, watchExpiry, watchProjections } from "./service/watch";
