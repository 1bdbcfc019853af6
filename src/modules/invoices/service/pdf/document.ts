import { getLogo } from "@/modules/settings";
import type { Ctx } from "@/platform/context";
import { onThread } from "@/platform/threads";
import type { StoredInvoice } from "../../queries/row";
import { getInvoice } from "../read";
import type { Logo } from "./head";
import type { Drawn } from "./paper";

/** The file of an invoice that the actor may see. Needs billing:read; throws NOT_FOUND. */
export async function downloadInvoice(ctx: Ctx, id: string) {
  const invoice = await getInvoice(ctx, id);
  const content = await invoicePdf(ctx, invoice);
  return {
    name: `${invoice.number ?? "draft"}.pdf`,
    type: "application/pdf",
    stream: new Blob([content]).stream(),
  };
}

/** An invoice as a PDF, A4, with its fonts embedded. All that people typed stands in it as text. */
export async function invoicePdf(
  ctx: Ctx,
  invoice: StoredInvoice,
): Promise<Uint8Array<ArrayBuffer>> {
  return draw({ invoice, logo: await logoOf(ctx) });
}

// It computes for a tenth of a second, or for many: nobody else should wait so long.
const draw = onThread("pdf", async (drawn: Drawn) =>
  (await import("./paper")).drawInvoice(drawn),
);

// The renderer reads no WebP: such a logo stays on the screen.
async function logoOf(ctx: Ctx): Promise<Logo | null> {
  const logo = await getLogo(ctx);
  if (logo?.type === "image/png") return { data: logo.bytes, format: "png" };
  if (logo?.type === "image/jpeg") return { data: logo.bytes, format: "jpg" };
  return null;
}
