import { call } from "@/client/call";
import { staffApi } from "../contract/staff";

/** Mails an invitation again. */
export function resendInvitation(id: string) {
  const params = { invitation_id: id };
  return call(staffApi.resendInvitation, { params });
}
