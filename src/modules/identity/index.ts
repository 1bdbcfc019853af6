export { identityJobs } from "./jobs";
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
export {
  changeStaff,
  deactivateStaff,
  givableRoles,
  listStaff,
} from "./service/staff";
export {
  inviteStaff,
  resendStaffInvitation,
  revokeStaffInvitation,
} from "./service/staff-invitations";
