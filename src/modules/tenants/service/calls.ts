import type { Ctx, TxCtx } from "@/platform/context";
import { derivedId } from "@/platform/derived-id";
import { env } from "@/platform/env";
import { addSeconds } from "@/shared/time";
import type { Calls } from "../driver";
import { beginCall, deleteCall, updateCall } from "../queries/calls";
import type { StoredJob } from "../queries/jobs";

/** The calls that a driver makes in a job. */
export function callsOf(ctx: Ctx, job: StoredJob): Calls {
  // What undoes a step is another call than what did it.
  const way = job.status === "compensating" ? "undo" : "do";
  return {
    async begin(verb, subject) {
      const id = derivedId("tcl", job.id, way, verb, subject);
      const { state } = await beginCall(ctx, job.id, id);
      return { id, state };
    },
    async wait(id) {
      const until = waitUntil(ctx);
      await updateCall(ctx, id, { wait_until: until });
      return until;
    },
    forget: (id) => deleteCall(ctx, id),
  };
}

/** Until when a provisioner is waited for that said something now. */
export function waitUntil(ctx: Ctx | TxCtx): Date {
  return addSeconds(ctx.now(), env().PROVISIONER_WAIT_MINUTES * 60);
}
