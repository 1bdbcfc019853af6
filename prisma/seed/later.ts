import type { Ctx } from "@/platform/context";
import { addSeconds } from "@/shared/time";

/** The same, so many seconds later; less than none for what happened before. */
export function later(ctx: Ctx, seconds: number): Ctx {
  const at = addSeconds(ctx.now(), seconds);
  return { ...ctx, now: () => at };
}
