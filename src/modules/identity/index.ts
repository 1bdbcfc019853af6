export { identityJobs } from "./jobs";
export {
  customerContacts,
  findContact,
  hashInvitation,
  makeAccountLink,
  makeInvitationLink,
  staffContacts,
  useAccountLink,
  type Contact,
  type LinkPurpose,
} from "./service/links";
export {
  addCustomerUser,
  addStaffWithPassword,
  isSetupOpen,
  issueSetupToken,
  setUpOwner,
} from "./service/people";
export {
  issueServiceToken,
  listServiceTokens,
  revokeServiceToken,
  tokenActor,
} from "./service/service-tokens";
export {
  sessionActor,
  sessionSeconds,
  signIn,
  signOut,
  type SignedIn,
} from "./service/sessions";
