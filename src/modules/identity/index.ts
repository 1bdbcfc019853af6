export { identityJobs } from "./jobs";
export {
  changePassword,
  forgetPassword,
  getProfile,
  registerPerson,
  requestVerification,
  resetPassword,
  updateProfile,
  verifyAddress,
} from "./service/accounts";
export { logIn, logOut, refreshTokens } from "./service/api-sessions";
export {
  acceptInvitation,
  findInvitationOf,
  invite,
  listInvitations,
  lockUnaccepted,
  resendInvitation,
  revokeInvitation,
} from "./service/invitations";
export type { Credentials } from "./service/credentials";
export {
  listExternalLogins,
  signInExternally,
  unlinkExternalLogin,
  type ExternalIdentity,
} from "./service/external-logins";
export {
  customerContacts,
  findContact,
  makeAccountLink,
  makeInvitationLink,
  staffContacts,
  useAccountLink,
  type Contact,
} from "./service/links";
export { removeMember, setMemberRole } from "./service/members";
export {
  addCustomerUser,
  addStaffWithPassword,
  hashNewPassword,
  isSetupOpen,
  issueSetupToken,
  setUpOwner,
} from "./service/people";
export {
  chooseCustomer,
  findOwnPlaces,
  isMemberAddress,
  joinCustomer,
  listMembers,
  startViewing,
  stopViewing,
} from "./service/places";
export {
  issueServiceToken,
  listServiceTokens,
  revokeServiceToken,
  lastTokenActor,
  tokenActor,
} from "./service/service-tokens";
export {
  listSessions,
  revokeOwnSession,
  sessionActor,
  longestSessionSeconds,
  signIn,
  signOut,
  type SignedIn,
  type Speaker,
} from "./service/sessions";
export {
  changeStaff,
  deactivateStaff,
  givableRoles,
  inviteStaff,
  listStaff,
  resendStaffInvitation,
  revokeStaffInvitation,
} from "./service/staff";
export {
  enrollTwoFactor,
  renewRecoveryCodes,
  turnOffTwoFactor,
  turnOnTwoFactor,
} from "./service/two-factor";
export { sessionOfAccessToken } from "./access-token";
