import * as z from "zod";
import { Customer, CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import { count, Instant, Slug } from "@/shared/fields";

export const ReadingInput = z
  .strictObject({
    meter: Slug.optional(),
    value: z.number().min(0).max(1_000_000_000_000).optional(),
    at: Instant.optional().meta({
      description: "of the value: now unless given; 35 days back at most",
    }),
    usage_percentage: count(0, 1_000_000).optional(),
    device_count: count(0, 1_000_000).optional(),
  })
  .refine((body) => (body.meter === undefined) === (body.value === undefined), {
    path: ["value"],
    error: "give meter and value together",
  })
  .refine((body) => body.at === undefined || body.meter !== undefined, {
    path: ["at"],
    error: "goes with a meter and its value",
  })
  .refine(
    (body) =>
      body.meter !== undefined ||
      body.usage_percentage !== undefined ||
      body.device_count !== undefined,
    { error: "must have meter and value, usage_percentage or device_count" },
  )
  .meta({ id: "ReadingInput" });
export type ReadingInput = z.output<typeof ReadingInput>;

export const readingsApi = {
  record: endpoint({
    id: "customers.recordReading",
    method: "PUT",
    path: "/v1/customers/{customer_id}/usage",
    summary: "Record a usage reading",
    versioned: true,
    description:
      "For what no call reports. A meter's value counts as an event does: a meter of the latest value takes it, one of a sum adds it, and quotas and alerts follow. usage_percentage stands for customers without a quota: with one, the percentage is that of the quota used most.",
    audience: ["staff", "service"],
    permission: "customers:write",
    params: CustomerId,
    body: ReadingInput,
    response: Customer,
    errors: ["NOT_FOUND"],
    example: { usage_percentage: 75, device_count: 2 },
  }),
};
