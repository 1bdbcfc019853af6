export { supportJobs } from "./jobs";
export { findThing, listThings } from "./service/about";
export { downloadAttachment, uploadAttachment } from "./service/attachments";
export {
  changeCannedReply,
  createCannedReply,
  getCannedReply,
  listCannedReplies,
  removeCannedReply,
} from "./service/canned-replies";
export {
  assignTicket,
  changeTicket,
  closeTicket,
  listAgents,
  reopenTicket,
  supportBlocker,
} from "./service/changes";
export { receiveMail } from "./service/inbound-mail";
export { startMailReceiver, type MailReceiver } from "./service/mail-receiver";
export { addMessage, listMessages } from "./service/messages";
export { mergeTicket, rateTicket } from "./service/outcome";
export { countOpenTickets, ticketStats } from "./service/stats";
export { getTicket, listTickets, openTicket } from "./service/tickets";
