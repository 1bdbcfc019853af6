import { record } from "@/modules/audit";
import { authorize, owned, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, invalid, notFound } from "@/shared/errors";
import type { UploadQuery } from "../contract/attachments";
import type { TicketAttachment } from "../contract/messages";
import type { Author } from "../contract/parts";
import { fileKind, fileName, type FileKind } from "../file-kind";
import {
  attachTo,
  countUnsent,
  findAttachment,
  insertAttachment,
} from "../queries/attachments";
import { authorOf, isOfUs } from "./shown";

// Twice what a message may have: what is left behind must not fill the disk.
const mostUnsent = 20;

/**
 * Keep a file that the caller will send along with a message. Needs support:write; throws
 * UNSUPPORTED_MEDIA_TYPE for what its bytes show to be of no kind that is taken, CONFLICT when too
 * many wait.
 */
export async function uploadAttachment(
  ctx: Ctx,
  { name }: UploadQuery,
  bytes: Uint8Array,
): Promise<TicketAttachment> {
  authorize(ctx, "support:write");
  if (bytes.byteLength === 0)
    throw invalid([{ field: "body", message: "is empty: send the file" }]);
  const kind = fileKind(bytes);
  if (!kind)
    throw new DomainError(
      "UNSUPPORTED_MEDIA_TYPE",
      "This kind of file is not taken. Send an image (PNG, JPEG, GIF, WebP), a PDF, a ZIP or a text.",
    );
  const by = authorOf(ctx);
  return transaction(ctx, async (tx) => {
    if ((await countUnsent(tx, by)) >= mostUnsent)
      throw new DomainError(
        "CONFLICT",
        `${mostUnsent} files wait for a message already. Send them, or wait a day.`,
      );
    return keepFile(tx, { by, customerId: owned(tx), name, bytes, kind });
  });
}

export type KeptFile = {
  by: Author;
  customerId: string | null;
  name: string;
  bytes: Uint8Array;
  kind: FileKind;
};

/** Keep a file whose bytes have said what it is, until a message names it. */
export async function keepFile(
  tx: TxCtx,
  { by, customerId, name, bytes, kind }: KeptFile,
): Promise<TicketAttachment> {
  const made = await insertAttachment(tx, {
    ...{ by, bytes, type: kind.type, name: fileName(name, kind) },
  });
  const { id, type, size_bytes } = made;
  await record(tx, {
    action: "attachment.uploaded",
    target: { kind: "attachment", id },
    customerId,
    after: { name: made.name, type, size_bytes },
  });
  await emit(tx, {
    name: "attachment.uploaded",
    payload: { attachment_id: id, customer_id: customerId },
  });
  return made;
}

/** A file to download. Needs support:read; throws NOT_FOUND. */
export async function downloadAttachment(ctx: Ctx, id: string) {
  authorize(ctx, "support:read");
  const file = await findAttachment(ctx, id, {
    owner: owned(ctx),
    withInternal: isOfUs(ctx),
    by: authorOf(ctx),
  });
  if (!file) throw notFound("file");
  const { name, type, bytes } = file;
  return { name, type, stream: streamOf(bytes) };
}

/** Give an author's files to a message. Throws VALIDATION_FAILED unless all are theirs and wait. */
export async function attach(
  tx: TxCtx,
  messageId: string,
  by: Author,
  ids: string[],
): Promise<void> {
  if (ids.length === 0) return;
  if ((await attachTo(tx, messageId, by, ids)) === ids.length) return;
  throw invalid([
    {
      field: "body.attachment_ids",
      message:
        "must be files that you uploaded in the last day and have not sent yet",
    },
  ]);
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}
