import * as z from "zod";
import { FlagParam, Instant, searchText } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { pageFields } from "@/shared/page";
import { CustomerStatus } from "./status";
import { Tag } from "./tags";

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

const filters = {
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
  plan: idOf("pln")
    .optional()
    .meta({ description: "customers that subscribe to this plan now" }),
  tag: Tag.optional().meta({ description: "customers that have this tag" }),
  "expires_at[gte]": Instant.optional(),
  "expires_at[lte]": Instant.optional(),
  "created[gte]": Instant.optional(),
  "created[lte]": Instant.optional(),
  "revenue[gte]": minorParam.optional(),
  "revenue[lte]": minorParam.optional(),
  "balance[gte]": minorParam.optional(),
  "balance[lte]": minorParam.optional(),
};

/** What the list is narrowed to: by its query, and by a segment, which is a saved set of these. */
export const CustomerFilters = z.strictObject(filters);
export type CustomerFilters = z.output<typeof CustomerFilters>;

export const CustomerQuery = z.strictObject({
  ...pageFields,
  ...filters,
  segment: idOf("seg").optional().meta({
    description: "a segment: its filters hold beside the others",
  }),
  sort_by: z.enum(customerSorts).default("created_at"),
  sort_order: z.enum(["asc", "desc"]).default("desc"),
});
export type CustomerQuery = z.output<typeof CustomerQuery>;
