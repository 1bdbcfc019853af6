import { createNote } from "@/modules/notes";
import type { Ctx } from "@/platform/context";
import { newId } from "@/shared/ids";
import { boost } from "./things";

type Make = (ctx: Ctx, customerId?: string) => Promise<string>;

/** How what is about customers is made, by the name of its parameter in a path. */
export const customerThings: Record<string, Make | undefined> = {
  boost_id: (ctx, customerId = newId("cus")) => boost(ctx, customerId),
  note_id: async (ctx, customerId = newId("cus")) => {
    const input = { body: "A test", is_pinned: false };
    return (await createNote(ctx, customerId, input)).id;
  },
};
