export { supportJobs } from "./jobs";
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
export { addMessage, listMessages } from "./service/messages";
export { mergeTicket, rateTicket } from "./service/outcome";
export { countOpenTickets, ticketStats } from "./service/stats";
export { getTicket, listTickets, openTicket } from "./service/tickets";
