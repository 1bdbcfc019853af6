import type { Ctx, TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import { addSeconds } from "@/shared/time";

const openSeconds = 7 * 24 * 60 * 60;

/** Until when the link of an invitation works that is made or sent again now. */
export function invitationEnd(ctx: Ctx): Date {
  return addSeconds(ctx.now(), openSeconds);
}

/** Have the link of an invitation mailed, in the caller's transaction. */
export function mailInvitation(tx: TxCtx, id: string): Promise<void> {
  return emit(tx, {
    name: "invitation.created",
    payload: { invitation_id: id },
  });
}
