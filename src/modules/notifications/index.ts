export { customerNameOf } from "./service/names";
export { notify, type Cause, type Notice } from "./service/notify";
export { plainName, type Params } from "./wording";
export { sendLetter } from "./service/mails";
export {
  countUnread,
  listNotifications,
  listPreferences,
  readAllNotifications,
  readNotification,
  setPreferences,
} from "./service/inbox";
