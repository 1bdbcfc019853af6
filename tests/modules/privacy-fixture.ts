import { Readable } from "node:stream";
import { unzipSync, strFromU8 } from "fflate";
import { record } from "@/modules/audit";
import { findSubjects } from "@/modules/privacy/queries/subjects";
import type { Subjects } from "@/modules/privacy/queries/tables";
import { transaction } from "@/platform/db/transaction";
import type { Download } from "@/platform/spreadsheet";
import { fromUuid, randomText } from "@/shared/ids";
import type { TestDatabase } from "../support/database";
import { plantEverywhere } from "../support/planting";
import type { World } from "../support/world";

/** A customer with a person, and a word of its own in every column of text that reaches it. */
export async function plantedCustomer(w: World, database: TestDatabase) {
  const word = `canary${randomText(10).toLowerCase()}`;
  const { id } = await w.customer({ password: randomText(20) });
  const found = await findSubjects(w.ctx, id);
  if (!found) throw new Error("The customer is gone");
  const planted = await plantEverywhere(
    database.url,
    { ...found, refs: [`cus_${word}`] },
    word,
  );
  await saidInTheLog(w, found, word);
  const email = planted.get("customers.email") ?? "";
  // It is by its address that a mail is the customer's.
  await database.query(
    "UPDATE mails SET recipient = $1 WHERE recipient = ANY ($2)",
    [email, found.emails],
  );
  return { id, word, planted, email };
}

// The log is signed: what is in it was written by the app.
async function saidInTheLog(w: World, { id, people }: Subjects, word: string) {
  const userId = fromUuid("usr", people[0] ?? "");
  const actor = {
    selfService: { off: new Set<never>(), contact: "" },
    ...({ kind: "customer", role: "owner", customerId: id, userId } as const),
    ...{
      name: `${word}.audit_log.actor_name`,
      sessionId: "",
      hasTwoFactor: false,
      restriction: null,
    },
  };
  for (const act of [
    { target: { kind: "customer", id }, customerId: id },
    { target: { kind: "user", id: userId } },
  ] as const)
    await transaction({ ...w.ctx, actor, ip: `${word}.audit_log.ip` }, (tx) =>
      record(tx, {
        action: "customer.updated",
        ...act,
        before: { said: `${word}.audit_log.before` },
        after: { said: `${word}.audit_log.after` },
      }),
    );
}

/** The files of an archive by their names, as text. */
export async function unpack({
  stream,
}: Download): Promise<Map<string, string>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of Readable.fromWeb(stream as never))
    chunks.push(chunk as Uint8Array);
  const files = unzipSync(new Uint8Array(Buffer.concat(chunks)));
  return new Map(
    Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]),
  );
}
