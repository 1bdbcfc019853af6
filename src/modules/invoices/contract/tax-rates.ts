import * as z from "zod";
import { Region } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import { Country, FlagParam, Instant, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { pageFields, pageOf } from "@/shared/page";

const Percent = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,6})?$/, {
    error: "must be percent as text, such as 7.7",
  })
  .refine((value) => Number(value) <= 100, { error: "must be at most 100" })
  .meta({ example: "19" });

/** A rate of tax, in force from one instant to another. It never changes once it is entered. */
export const TaxRate = z
  .object({
    id: idOf("txr"),
    name: z.string(),
    country: z.string().nullable().meta({ description: "null is everywhere" }),
    region: z.string().nullable(),
    rate: z.string().meta({ description: "percent, decimal text" }),
    is_inclusive: z.boolean().meta({ description: "prices hold it already" }),
    allows_reverse_charge: z.boolean(),
    status: z.enum(["scheduled", "in_force", "past", "archived"]),
    effective_from: z.iso.datetime(),
    effective_to: z.iso.datetime().nullable(),
    archived_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "TaxRate" });
export type TaxRate = z.output<typeof TaxRate>;

export const TaxRateInput = z
  .strictObject({
    name: text(60),
    country: Country.nullish(),
    region: Region.nullish(),
    rate: Percent,
    is_inclusive: z.boolean().default(false),
    allows_reverse_charge: z.boolean().default(false),
    effective_from: Instant.optional().meta({ description: "now unless said" }),
    effective_to: Instant.nullish(),
  })
  .refine((input) => !input.region || input.country, {
    path: ["country"],
    error: "is needed beside a region",
  })
  .meta({ id: "TaxRateInput" });
export type TaxRateInput = z.output<typeof TaxRateInput>;

export const TaxRateQuery = z.strictObject({
  ...pageFields,
  country: Country.optional(),
  include_archived: FlagParam.optional(),
});
export type TaxRateQuery = z.output<typeof TaxRateQuery>;

const staff = { audience: ["staff", "service"] } as const;

export const taxRatesApi = {
  list: endpoint({
    id: "taxRates.list",
    method: "GET",
    path: "/v1/tax-rates",
    summary: "List tax rates",
    ...staff,
    permission: "billing:read",
    query: TaxRateQuery,
    response: pageOf(TaxRate),
  }),
  create: endpoint({
    id: "taxRates.create",
    method: "POST",
    path: "/v1/tax-rates",
    summary: "Enter a tax rate",
    description:
      "The rate of a place that was in force until then ends as this one begins.",
    ...staff,
    permission: "billing:write",
    status: 201,
    body: TaxRateInput,
    response: TaxRate,
    errors: ["CONFLICT"],
    example: { name: "VAT", country: "DE", rate: "19" },
  }),
  archive: endpoint({
    id: "taxRates.archive",
    method: "POST",
    path: "/v1/tax-rates/{tax_rate_id}/archive",
    summary: "Use a tax rate no more",
    ...staff,
    permission: "billing:write",
    params: z.object({ tax_rate_id: idOf("txr") }),
    response: TaxRate,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
};
