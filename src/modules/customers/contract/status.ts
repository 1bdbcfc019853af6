import * as z from "zod";

const customerStatuses = [
  "pending",
  "active",
  "suspended",
  "archived",
] as const;
export const CustomerStatus = z.enum(customerStatuses);
export type CustomerStatus = z.output<typeof CustomerStatus>;
