import { record } from "@/modules/audit";
import {
  changeCustomer,
  holdCustomer,
  setCustomerStatus,
} from "@/modules/customers";
import type { Customer } from "@/modules/customers/contract";
import { mostTags } from "@/modules/customers/contract/tags";
import { addJob } from "@/platform/add-job";
import type { TxCtx } from "@/platform/context";
import { derivedId } from "@/platform/derived-id";
import { DomainError } from "@/shared/errors";
import type { StoredBatch } from "../queries/batches";
import { mailTask, type BatchMail } from "./mail";

const statuses = {
  suspend: "suspended",
  activate: "active",
  archive: "archived",
} as const;

/**
 * Do to one customer what a batch is for, by the verb that does it to a single one; false when it
 * was so already. Throws a DomainError that says why this customer is refused.
 */
export async function act(
  tx: TxCtx,
  { id, action, params }: StoredBatch,
  customerId: string,
): Promise<boolean> {
  const customer = await holdCustomer(tx, customerId);
  const { tags = [], reason, subject = "" } = params;
  switch (action) {
    case "suspend":
    case "activate":
    case "archive": {
      const status = statuses[action];
      if (customer.status === status) return false;
      await setCustomerStatus(tx, customerId, { status, reason });
      return true;
    }
    case "tag":
      return setTags(tx, customer, [...customer.tags, ...tags]);
    case "untag": {
      const left = customer.tags.filter((tag) => !tags.includes(tag));
      return setTags(tx, customer, left);
    }
    case "email":
      await mail(tx, id, customer, subject);
      return true;
    default:
      return action satisfies never;
  }
}

async function setTags(
  tx: TxCtx,
  customer: Customer,
  wanted: string[],
): Promise<boolean> {
  const tags = [...new Set(wanted)].sort();
  if (tags.join() === [...customer.tags].sort().join()) return false;
  if (tags.length > mostTags)
    throw new DomainError(
      "CONFLICT",
      `${customer.name} would have more than ${mostTags} tags. Take some away first.`,
    );
  await changeCustomer(tx, customer.id, { tags });
  return true;
}

async function mail(
  tx: TxCtx,
  batchId: string,
  customer: Customer,
  subject: string,
): Promise<void> {
  if (customer.status === "archived")
    throw new DomainError(
      "CONFLICT",
      `${customer.name} is archived, so nothing is mailed to it.`,
    );
  const mailId = derivedId("eml", batchId, customer.id);
  const job: BatchMail = {
    id: mailId,
    batch_id: batchId,
    customer_id: customer.id,
  };
  await addJob(tx, mailTask, job, `mail:${mailId}`, null, true);
  await record(tx, {
    action: "customer.mailed",
    target: { kind: "customer", id: customer.id },
    customerId: customer.id,
    before: null,
    after: { subject, to: customer.email },
  });
}
