import type { NoticeName } from "../contract";
import type { Params } from "../wording";

/** The worker's task that makes and sends a mail. */
export const sendMailTask = "send_mail";

/**
 * What the task is told. No link is in it: one that lets its reader in is made with the mail, and
 * stands nowhere but there.
 */
export type MailJob = {
  /** `eml_…` */
  id: string;
  template: "verify" | "reset" | "invite" | "notice";
  /** who gets it, unless it goes to the address of an invitation */
  user_id?: string;
  invitation_id?: string;
  event?: NoticeName;
  params?: Params;
  href?: string | null;
  /** where an answer goes, when not to the sender */
  reply_to?: string;
};
