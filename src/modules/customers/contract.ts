import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import {
  count,
  Country,
  Email,
  Instant,
  Language,
  Metadata,
  text,
  TimeZone,
} from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { Currency, Money } from "@/shared/money";
import { pageOf } from "@/shared/page";
import { CustomerQuery } from "./contract/list";
import { CustomerStats } from "./contract/stats";
import { CustomerStatus } from "./contract/status";

export { CustomerQuery } from "./contract/list";
export { CustomerStats } from "./contract/stats";
export { CustomerStatus } from "./contract/status";

const whole = z.number().int();

/** An account that buys, with what is derived from its licenses, money and usage. */
export const Customer = z
  .object({
    id: idOf("cus"),
    name: z.string().meta({ description: "company, else full name" }),
    email: z.string(),
    full_name: z.string(),
    company_name: z.string().nullable(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    country: z.string().nullable(),
    region: z.string().nullable(),
    tax_id: z.string().nullable(),
    is_tax_exempt: z.boolean(),
    is_test: z.boolean().meta({
      description: "billed by a clock of its own, and in no report",
    }),
    clock_at: z.iso.datetime().nullable().meta({
      description: "what the clock of a test customer says; null: it is now",
    }),
    currency: z.string(),
    time_zone: z.string(),
    language: z.string(),
    status: CustomerStatus,
    is_active: z.boolean(),
    expires_at: z.iso.datetime().nullable(),
    external_id: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    balance: Money.meta({ description: "positive: credit in its favor" }),
    total_revenue: Money,
    total_licenses: whole,
    active_licenses: whole,
    total_subscriptions: whole,
    active_subscriptions: whole,
    total_domains: whole,
    total_invoices: whole,
    outstanding_invoices: whole,
    overdue_invoices: whole,
    usage_percentage: whole.nullable(),
    device_count: whole,
    last_payment_at: z.iso.datetime().nullable(),
    joined_at: z.iso.datetime(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Customer" });
export type Customer = z.output<typeof Customer>;

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

export const CustomerInput = z
  .strictObject({
    ...fields,
    is_test: z.boolean().optional().meta({
      description: "for good: a test customer cannot become a true one",
    }),
    usage_percentage: count(0, 1_000_000).optional(),
    device_count: count(0, 1_000_000).optional(),
  })
  .refine((input) => input.full_name ?? input.name, {
    path: ["full_name"],
    error: "is required",
    when: () => true,
  })
  .refine(statusAgrees, disagreement)
  .meta({ id: "CustomerInput" });
export type CustomerInput = z.output<typeof CustomerInput>;

export const CustomerPatch = z
  .strictObject(fields)
  .partial()
  .refine(statusAgrees, disagreement)
  .meta({ id: "CustomerPatch" });
export type CustomerPatch = z.output<typeof CustomerPatch>;

export const CustomerId = z.object({ customer_id: idOf("cus") });
const staff = { audience: ["staff", "service"] } as const;
const readers = { ...staff, permission: "customers:read" } as const;
const writers = { ...staff, permission: "customers:write" } as const;

const change = {
  path: "/v1/customers/{customer_id}",
  ...writers,
  versioned: true,
  params: CustomerId,
  body: CustomerPatch,
  response: Customer,
  errors: ["NOT_FOUND", "CONFLICT"],
  example: { company_name: "Difference Engines" },
} as const;

export const customersApi = {
  stats: endpoint({
    id: "customers.stats",
    method: "GET",
    path: "/v1/customers/stats",
    summary: "Count customers and their money",
    ...readers,
    response: CustomerStats,
  }),
  list: endpoint({
    id: "customers.list",
    method: "GET",
    path: "/v1/customers",
    summary: "List and search customers",
    ...readers,
    query: CustomerQuery,
    response: pageOf(Customer),
  }),
  create: endpoint({
    id: "customers.create",
    method: "POST",
    path: "/v1/customers",
    summary: "Create a customer",
    ...writers,
    status: 201,
    body: CustomerInput,
    response: Customer,
    errors: ["CONFLICT"],
    example: {
      email: "ada@example.com",
      full_name: "Ada Lovelace",
      company_name: "Analytical Engines",
    },
  }),
  get: endpoint({
    id: "customers.get",
    method: "GET",
    path: "/v1/customers/{customer_id}",
    summary: "Get a customer",
    versioned: true,
    ...readers,
    params: CustomerId,
    response: Customer,
    errors: ["NOT_FOUND"],
  }),
  replace: endpoint({
    id: "customers.replace",
    method: "PUT",
    summary: "Update a customer",
    description: "Fields that are left out stay as they are, as with PATCH.",
    ...change,
  }),
  update: endpoint({
    id: "customers.update",
    method: "PATCH",
    summary: "Update a customer",
    ...change,
  }),
  remove: endpoint({
    id: "customers.remove",
    method: "DELETE",
    path: "/v1/customers/{customer_id}",
    summary: "Delete a customer that nothing depends on",
    versioned: true,
    description:
      "409 lists what stands in the way in details.blockers; archive the customer instead.",
    ...writers,
    params: CustomerId,
    response: z.object({ id: idOf("cus"), deleted: z.literal(true) }),
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
  setStatus: endpoint({
    id: "customers.setStatus",
    method: "PUT",
    path: "/v1/customers/{customer_id}/status",
    summary: "Set a customer's status",
    versioned: true,
    ...writers,
    params: CustomerId,
    body: z.strictObject({
      status: CustomerStatus,
      reason: text(500).optional(),
    }),
    response: Customer,
    errors: ["NOT_FOUND"],
    example: { status: "suspended", reason: "Unpaid since March" },
  }),
};
