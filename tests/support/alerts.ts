import { prisma } from "@/platform/db";
import { newId, toUuid } from "@/shared/ids";

/** The id of an alert: a threshold that a customer has reached. */
export async function reachedThreshold(customerId: string): Promise<string> {
  const id = newId("alr");
  await prisma().alert.create({
    data: {
      id: toUuid(id),
      customer_id: toUuid(customerId),
      kind: "threshold",
      meter_id: "00000000-0000-7000-8000-000000000001",
      threshold: 80,
      subject: id,
      period_start: new Date(),
      limit_amount: 100,
      value: 80,
    },
  });
  return id;
}
