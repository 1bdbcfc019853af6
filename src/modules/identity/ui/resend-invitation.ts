import { call } from "@/client/call";
import { failureOf } from "@/client/failure";
import { toast } from "@/ui/display/toaster";
import { staffApi, type StaffInvitation } from "../contract/staff";

/** Mails an invitation again and says how it went; `onSent` follows when it did. */
export async function resendInvitation(
  { id, email }: StaffInvitation,
  onSent: () => void,
): Promise<void> {
  try {
    await call(staffApi.resendInvitation, { params: { invitation_id: id } });
    onSent();
    toast.success(`Invitation mailed to ${email} again`);
  } catch (error) {
    toast.error(`The invitation was not mailed to ${email}`, {
      description: failureOf(error).message,
    });
  }
}
