import { getBuyer } from "@/modules/customers";
import { sendLetter } from "@/modules/notifications";
import { settings } from "@/modules/settings";
import type { Ctx } from "@/platform/context";
import { isDelivered } from "@/platform/mail/mailbox";
import { wordsFor } from "@/platform/words";
import { DomainError } from "@/shared/errors";
import { findBatch } from "../queries/batches";

/** The worker's task that sends a mail of a batch. */
export const mailTask = "send_batch_mail";

export type BatchMail = {
  /** `eml_…`: what is sent under it is sent once */
  id: string;
  batch_id: string;
  customer_id: string;
};

/** Send a mail of a batch to its customer. Throws when sending again later may work. */
export async function mailCustomer(ctx: Ctx, job: BatchMail): Promise<void> {
  if (await isDelivered(ctx, job.id)) return;
  const batch = await findBatch(ctx, job.batch_id);
  const customer = await getBuyer(ctx, job.customer_id).catch(unlessGone);
  if (!batch || !customer) return;
  const { subject = "", text = "" } = batch.params;
  const { company } = await settings(ctx);
  const support = company.support_email;
  const words = wordsFor(customer.language, "mail");
  const lines = text.split("\n").map((line) => line.trim());
  await sendLetter(ctx, job.id, "batch", {
    to: customer.email,
    language: customer.language,
    subject,
    heading: subject,
    paragraphs: lines.filter((line) => line !== ""),
    notes: [
      words("sent_to", { company: company.name, email: customer.email }),
      ...(support ? [words("questions", { support })] : []),
    ],
  });
}

// A customer that was deleted since gets no mail.
function unlessGone(error: unknown): null {
  if (error instanceof DomainError && error.code === "NOT_FOUND") return null;
  throw error;
}
