import { call } from "@/client/call";
import type { Member } from "@/modules/identity/contract/members";
import { membersApi } from "../contract/people";

// Imported when a button is pressed: the page is lighter without the contract.

type OfMember = { customer_id: string; user_id: string };
type OfInvitation = { customer_id: string; invitation_id: string };

/** Gives a person another role. */
export function setRole(params: OfMember, role: Member["role"]) {
  return call(membersApi.setRole, { params, body: { role } });
}

/** Removes a person. */
export function remove(params: OfMember) {
  return call(membersApi.remove, { params });
}

/** Mails an invitation again. */
export function resend(params: OfInvitation) {
  return call(membersApi.resendInvitation, { params });
}

/** Takes an invitation back. */
export function revoke(params: OfInvitation) {
  return call(membersApi.revokeInvitation, { params });
}
