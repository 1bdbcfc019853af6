import { createBatch, createImport } from "@/modules/batches";
import { workOnImport } from "@/modules/batches/service/import-work";
import { createSegment } from "@/modules/customers";
import { createNote } from "@/modules/notes";
import type { Ctx } from "@/platform/context";
import { newId, randomText } from "@/shared/ids";
import { address } from "./random";
import { boost, failedJob } from "./things";

type Make = (ctx: Ctx, customerId?: string) => Promise<string>;

/** How what is about customers is made, and jobs that failed, by the name of its parameter in a path. */
export const customerThings: Record<string, Make | undefined> = {
  batch_id: async (ctx) => {
    const input = { action: "activate", filters: { tag: "none" } } as const;
    return (await createBatch(ctx, input)).id;
  },
  boost_id: (ctx, customerId = newId("cus")) => boost(ctx, customerId),
  import_id: async (ctx) => {
    const { id } = await createImport(ctx, { ...importBody(), dry_run: false });
    await workOnImport(ctx, id ?? "", []);
    return id ?? "";
  },
  job_id: failedJob,
  note_id: async (ctx, customerId = newId("cus")) => {
    const input = { body: "A test", is_pinned: false };
    return (await createNote(ctx, customerId, input)).id;
  },
  segment_id: async (ctx) => {
    const input = { name: randomText(12), filters: { has_licenses: true } };
    return (await createSegment(ctx, input)).id;
  },
};

/** What differs in each body of an endpoint from its example. */
export const freshBodies: Record<string, (() => object) | undefined> = {
  "imports.create": importBody,
  // As world() calls its customers.
  "privacy.close": () => ({ confirm: "Test Customer" }),
  "privacy.erase": () => ({ confirm: "Test Customer" }),
  "segments.create": () => ({ name: randomText(12) }),
  "taxRates.create": () => ({ name: randomText(12) }),
};

function importBody() {
  return { csv: `email,full_name\n${address()},Imported\n` };
}
