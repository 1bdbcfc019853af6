export {
  countUnread,
  listNotifications,
  listPreferences,
  readAllNotifications,
  readNotification,
  setPreferences,
} from "./service/inbox";
