export { notify, type Cause, type Notice } from "./service/notify";
export { plainName, type Params } from "./wording";
export {
  countUnread,
  listNotifications,
  listPreferences,
  readAllNotifications,
  readNotification,
  setPreferences,
} from "./service/inbox";
