import { createHash } from "node:crypto";
import { isAdmitted } from "@/modules/customers";
import { customerContacts, staffContacts } from "@/modules/identity";
import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { spend } from "@/platform/rate-limit";
import { DomainError } from "@/shared/errors";
import { customerPermissions, customerRoles } from "@/shared/permissions";
import type { InboundMailResult } from "../contract/inbound-mail";
import type { Author } from "../contract/parts";
import { ownWords } from "../own-words";
import { isTaken } from "../queries/messages";
import { findTicket, lockTicket, type StoredTicket } from "../queries/tickets";
import { keepFile } from "./attachments";
import { answering } from "./changes";
import { bodyOf, sorted, type MailFile, type Sorted } from "./mail-files";
import { say } from "./messages";
import { ticketOfAddress } from "./reply-address";

/** A mail, however it came. */
export type ReceivedMail = {
  messageId: string;
  from: string;
  to: readonly string[];
  text: string;
  /** a program sent it, such as one that answers by itself */
  isAutomatic: boolean;
  files: readonly MailFile[];
};

/** What became of it; `isQuiet`: there is nothing that its sender should hear of it. */
export type TakenMail = { result: InboundMailResult; isQuiet: boolean };

// Two programs that answer each other stop here.
const perHour = { name: "support-mail", points: 30, seconds: 3_600 } as const;
const mostText = 20_000;

/**
 * Take an answer to a ticket that came by mail: whoever it is from may answer by the address that
 * their own mail had, and by no other. Throws RATE_LIMITED after 30 of one sender in a ticket within
 * an hour.
 */
export async function takeMail(
  ctx: Ctx,
  mail: ReceivedMail,
): Promise<TakenMail> {
  const from = addressOf(mail.from);
  const [ticketId] = mail.to.flatMap((to) => ticketOfAddress(to, from) ?? []);
  if (mail.isAutomatic) return ignored("It was sent by a program.", true);
  if (!ticketId)
    return ignored("It was not sent to an address of its sender’s.");
  const files = sorted(mail.files);
  const body = bodyOf(ownWords(mail.text)?.slice(0, mostText), files);
  if (!body) return ignored("It has no words of its own.");
  await spend(perHour, `${ticketId} ${from}`);
  // Nobody is signed in: who may write is decided by the address, and by who they are now.
  const by: Ctx = { ...ctx, actor: { kind: "system", name: "Reply by mail" } };
  const { messageId } = mail;
  try {
    return await transaction(by, (tx) =>
      take(tx, { ticketId, from, body, files, messageId }),
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
  files: Sorted;
  messageId: string;
};

async function take(
  tx: TxCtx,
  { ticketId, from, body, files, messageId }: Taken,
): Promise<TakenMail> {
  const ticket = await lockWhereItGoesOn(tx, ticketId);
  if (!ticket) return ignored("There is no such ticket any more.");
  const author = await authorAt(tx, ticket, from);
  if (!author) return ignored("Its sender may not answer in this ticket.");
  const mailId = createHash("sha256")
    .update(`${ticketId} ${messageId}`)
    .digest("hex");
  if (await isTaken(tx, mailId)) return ignored("It was taken already.", true);
  const attachmentIds: string[] = [];
  const { customer_id: customerId } = ticket;
  for (const file of files.taken) {
    const { id } = await keepFile(tx, { by: author, customerId, ...file });
    attachmentIds.push(id);
  }
  const { id } = await say(tx, ticket, {
    ...{ author, body, mailId, isInternal: false },
    ...{ status: undefined, attachmentIds },
  });
  return {
    result: {
      ...{ status: "added", reason: null, message_id: id },
      left_out: files.leftOut,
    },
    isQuiet: true,
  };
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

// `Ada <ada@example.com>`, or the address alone, as it is kept of people.
function addressOf(from: string): string {
  const inner = /<([^<>]*)>[^<>]*$/.exec(from)?.[1] ?? from;
  return inner.normalize("NFKC").trim().toLowerCase();
}

function ignored(reason: string, isQuiet = false): TakenMail {
  return {
    result: { status: "ignored", reason, message_id: null, left_out: [] },
    isQuiet,
  };
}
