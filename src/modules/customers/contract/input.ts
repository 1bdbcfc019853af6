import * as z from "zod";
import {
  count,
  Country,
  Currency,
  Email,
  Instant,
  Language,
  Metadata,
  Money,
  text,
  TimeZone,
} from "@/shared/fields";
import { LimitsInput } from "@/shared/limits";
import { CustomerStatus } from "./status";
import { Tags } from "./tags";

/** The part of an ISO 3166-2 code after the dash. */
export const Region = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9]{1,3}$/, {
    error: "must be the part of an ISO 3166-2 code after the dash, as CA",
  });

const optionalText = (max: number) => text(max).nullish();

const fields = {
  email: Email,
  full_name: text(120).optional(),
  name: text(120).optional().meta({ description: "the same as full_name" }),
  company_name: optionalText(120),
  phone: optionalText(40),
  address: optionalText(500),
  country: Country.nullish(),
  region: Region.nullish().meta({
    description: "part of the country, for tax: CA of the US",
  }),
  tax_id: optionalText(40).meta({
    description: "as it is printed on invoices, such as DE123456789",
  }),
  is_tax_exempt: z.boolean().optional(),
  currency: Currency.optional(),
  time_zone: TimeZone.optional(),
  language: Language.optional(),
  status: CustomerStatus.optional(),
  is_active: z.boolean().optional().meta({
    description: "true is the status active, false suspended",
  }),
  expires_at: Instant.nullish(),
  external_id: optionalText(200),
  metadata: Metadata.optional(),
  tags: Tags.optional(),
  usage_percentage: count(0, 1_000_000).optional().meta({
    description: "a reading, for a customer without a quota",
  }),
  device_count: count(0, 1_000_000).optional(),
  password: z.string().min(12).max(200).optional().meta({
    description:
      "for compatibility: makes a user who must change it at the first sign-in; better to invite",
  }),
};

const statusAgrees = (input: {
  status?: string | undefined;
  is_active?: boolean | undefined;
}) =>
  input.status === undefined ||
  input.is_active === undefined ||
  (input.status === "active") === input.is_active;
const disagreement = {
  path: ["is_active"],
  error: "must agree with status; give only one of the two",
};

const inputFields = {
  ...fields,
  expiry_days: count(1, 36_500).optional().meta({
    description: "access ends so many days from now; in place of expires_at",
  }),
  is_test: z.boolean().optional().meta({
    description: "for good: a test customer cannot become a true one",
  }),
};

const isNamed = (input: {
  full_name?: string | undefined;
  name?: string | undefined;
}) => Boolean(input.full_name ?? input.name);
const nameless = {
  path: ["full_name"],
  error: "is required",
  when: () => true,
};

const endsOnce = (input: {
  expires_at?: unknown;
  expiry_days?: number | undefined;
}) => input.expiry_days === undefined || input.expires_at === undefined;
const twoEnds = {
  path: ["expiry_days"],
  error: "cannot be given beside expires_at; give only one of the two",
};

/** A customer with what it begins with: its plan, a balance, limits of its own, and a key. */
export const NewCustomerInput = z
  .strictObject({
    ...inputFields,
    limits: LimitsInput.optional().meta({
      description:
        "rate limits of its own: windows that are left out are unlimited; without any, those of its plan or the defaults hold",
    }),
    package: text(120).optional().meta({
      description:
        "the code or name of a plan that it subscribes to at once, by the month or else the year, paid by invoice; needs billing:write",
    }),
    balance: Money.optional().meta({
      description:
        "what it begins with, booked as an adjustment; an invoice of its plan is taken from it. Needs billing:write",
    }),
    api_key: z
      .strictObject({ name: text(120).optional() })
      .optional()
      .meta({
        description:
          "issues a key, {} with a name of its own; needs keys:write",
      }),
  })
  .refine(isNamed, nameless)
  .refine(statusAgrees, disagreement)
  .refine(endsOnce, twoEnds)
  .meta({ id: "NewCustomerInput" });
export type NewCustomerInput = z.output<typeof NewCustomerInput>;
export type CustomerInput = Omit<
  NewCustomerInput,
  "limits" | "package" | "balance" | "api_key"
>;

export const CustomerPatch = z
  .strictObject(fields)
  .partial()
  .refine(statusAgrees, disagreement)
  .meta({ id: "CustomerPatch" });
export type CustomerPatch = z.output<typeof CustomerPatch>;
