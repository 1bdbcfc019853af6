import { createHash } from "node:crypto";
import { isAdmitted } from "@/modules/customers";
import { customerContacts, staffContacts } from "@/modules/identity";
import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { env } from "@/platform/env";
import { isSigned } from "@/platform/signed-body";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { customerPermissions, customerRoles } from "@/shared/permissions";
import { InboundMail, type InboundMailResult } from "../contract/inbound-mail";
import type { Author } from "../contract/parts";
import { ownWords } from "../own-words";
import { isTaken } from "../queries/messages";
import { findTicket, lockTicket, type StoredTicket } from "../queries/tickets";
import { answering } from "./changes";
import { say } from "./messages";
import { ticketOfAddress } from "./reply-address";

const mostText = 20_000;

/**
 * Take an answer to a ticket that came by mail. Its body is signed; whoever it is from may answer by
 * the address that their own mail had, and by no other. Throws NOT_FOUND where no mailbox is set up,
 * VALIDATION_FAILED when the signature is wrong or the body is no mail.
 */
export async function receiveMail(
  ctx: Ctx,
  raw: string,
  headers: Headers,
): Promise<InboundMailResult> {
  const mail = read(ctx, raw, headers);
  const from = addressOf(mail.from);
  const all = Array.isArray(mail.to) ? mail.to : [mail.to];
  const [ticketId] = all.flatMap((to) => ticketOfAddress(to, from) ?? []);
  if (mail.is_automatic) return ignored("It was sent by a program.");
  if (!ticketId)
    return ignored("It was not sent to an address of its sender’s.");
  const body = ownWords(mail.text)?.slice(0, mostText);
  if (!body) return ignored("It has no words of its own.");
  // Nobody is signed in: who may write is decided by the address, and by who they are now.
  const by: Ctx = { ...ctx, actor: { kind: "system", name: "Reply by mail" } };
  try {
    return await transaction(by, (tx) =>
      take(tx, { ticketId, from, body, messageId: mail.message_id }),
    );
  } catch (error) {
    if (error instanceof DomainError && error.code === "CONFLICT")
      return ignored(error.message);
    throw error;
  }
}

type Taken = {
  ticketId: string;
  from: string;
  body: string;
  messageId: string;
};

async function take(
  tx: TxCtx,
  { ticketId, from, body, messageId }: Taken,
): Promise<InboundMailResult> {
  const ticket = await lockWhereItGoesOn(tx, ticketId);
  if (!ticket) return ignored("There is no such ticket any more.");
  const author = await authorAt(tx, ticket, from);
  if (!author) return ignored("Its sender may not answer in this ticket.");
  const mailId = createHash("sha256")
    .update(`${ticketId} ${messageId}`)
    .digest("hex");
  if (await isTaken(tx, mailId)) return ignored("It was taken already.");
  const { id } = await say(tx, ticket, {
    ...{ author, body, mailId, isInternal: false },
    ...{ status: undefined, attachmentIds: [] },
  });
  return { status: "added", reason: null, message_id: id };
}

async function lockWhereItGoesOn(
  tx: TxCtx,
  id: string,
): Promise<StoredTicket | null> {
  const found = await findTicket(tx, id, null);
  return lockTicket(tx, found?.merged_into_id ?? id, null);
}

// A person may be of the customer and of the staff; here they are the customer's.
async function authorAt(
  tx: TxCtx,
  { customer_id }: StoredTicket,
  email: string,
): Promise<Author | null> {
  const roles = customerRoles.filter((role) =>
    customerPermissions[role].has("support:write"),
  );
  const people = await customerContacts(tx, customer_id, roles);
  const person = people.find((one) => one.email === email);
  if (person)
    return (await isAdmitted(tx, customer_id))
      ? { kind: "customer", id: person.id, name: person.name }
      : null;
  const team = await staffContacts(tx, answering);
  const agent = team.find((one) => one.email === email);
  return agent ? { kind: "staff", id: agent.id, name: agent.name } : null;
}

function read(ctx: Ctx, raw: string, headers: Headers): InboundMail {
  const { SUPPORT_INBOUND_SECRET: secret } = env();
  if (!secret) throw notFound("webhook endpoint");
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  if (!isSigned(key, raw, headers, ctx.now()))
    throw new DomainError(
      "VALIDATION_FAILED",
      "The signature does not fit the body. Sign it with SUPPORT_INBOUND_SECRET, as standardwebhooks.com has it.",
    );
  const parsed = InboundMail.safeParse(jsonOf(raw));
  if (parsed.success && !raw.includes("\\u0000")) return parsed.data;
  const issues = parsed.error?.issues ?? [];
  throw invalid(
    issues.length > 0
      ? issues.map(({ path, message }) => ({
          field: ["body", ...path.map(String)].join("."),
          message,
        }))
      : [{ field: "body", message: "must not contain NUL" }],
  );
}

function jsonOf(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}

// `Ada <ada@example.com>`, or the address alone, as it is kept of people.
function addressOf(from: string): string {
  const inner = /<([^<>]*)>[^<>]*$/.exec(from)?.[1] ?? from;
  return inner.normalize("NFKC").trim().toLowerCase();
}

function ignored(reason: string): InboundMailResult {
  return { status: "ignored", reason, message_id: null };
}
