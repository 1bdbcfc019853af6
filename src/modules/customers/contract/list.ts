import * as z from "zod";
import { FlagParam, Instant, searchText } from "@/shared/fields";
import { pageFields } from "@/shared/page";
import { CustomerStatus } from "./status";

const customerSorts = [
  "created_at",
  "name",
  "email",
  "status",
  "balance",
  "revenue",
  "expires_at",
] as const;

const minorParam = z.coerce
  .number<number>()
  .int()
  .meta({ description: "minor units of the customer's currency" });

export const CustomerQuery = z.strictObject({
  ...pageFields,
  search: searchText(200).optional().meta({
    description:
      "part of a name, email, company or phone; one or two letters: the start of a word in them",
  }),
  status: CustomerStatus.optional(),
  is_active: FlagParam.optional(),
  has_licenses: FlagParam.optional(),
  expires: z.enum(["expired", "soon"]).optional().meta({
    description:
      "active customers whose access has ended, or ends within seven days",
  }),
  "expires_at[gte]": Instant.optional(),
  "expires_at[lte]": Instant.optional(),
  "created[gte]": Instant.optional(),
  "created[lte]": Instant.optional(),
  "revenue[gte]": minorParam.optional(),
  "revenue[lte]": minorParam.optional(),
  "balance[gte]": minorParam.optional(),
  "balance[lte]": minorParam.optional(),
  sort_by: z.enum(customerSorts).default("created_at"),
  sort_order: z.enum(["asc", "desc"]).default("desc"),
});
export type CustomerQuery = z.output<typeof CustomerQuery>;
