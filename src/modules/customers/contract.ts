import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { Money, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { pageOf } from "@/shared/page";
import { CustomerPatch, NewCustomerInput } from "./contract/input";
import { CustomerQuery } from "./contract/list";
import { CustomerStats } from "./contract/stats";
import { CustomerStatus } from "./contract/status";

export { Region, CustomerPatch, NewCustomerInput } from "./contract/input";
export type { CustomerInput } from "./contract/input";
export { CustomerFilters, CustomerQuery } from "./contract/list";
export { CustomerStats } from "./contract/stats";
export { CustomerStatus } from "./contract/status";

const whole = z.number().int();

/** The plan that a customer has, as it was sold to it. */
export const ServicePlan = z
  .object({
    id: idOf("pln"),
    name: z.string(),
    speed: z.string().nullable().meta({
      description: "what the plan's feature `speed` says",
      example: "10 Mbps",
    }),
    price: Money.meta({ description: "of one, for an interval" }),
    interval: z.enum(["month", "year"]),
  })
  .meta({ id: "ServicePlan" });
export type ServicePlan = z.output<typeof ServicePlan>;

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
    tags: z.array(z.string()),
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
    package: z.string().nullable().optional().meta({
      description:
        "the name of the plan that it has; said where customers are read",
    }),
    service_plan_id: idOf("pln").nullable().optional(),
    service_plan: ServicePlan.nullable().optional().meta({
      description: "the same plan; said where customers are read",
    }),
    usage_percentage: whole.nullable(),
    device_count: whole,
    total_calls: whole.optional().meta({
      description:
        "all that it ever made; said of a customer that is read alone",
    }),
    last_payment_at: z.iso.datetime().nullable(),
    joined_at: z.iso.datetime(),
    erased_at: z.iso.datetime().nullable().meta({
      description: "since when nothing says who it was; it stays as it is",
    }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Customer" });
export type Customer = z.output<typeof Customer>;

/** A customer in the answer to its making. */
export const NewCustomer = Customer.extend({
  api_key: z
    .object({
      id: idOf("key"),
      name: z.string(),
      key: z.string().meta({ example: "sk_live_…" }),
    })
    .optional()
    .meta({
      description: "the key that was asked for, with its secret, this once",
    }),
}).meta({ id: "NewCustomer" });
export type NewCustomer = z.output<typeof NewCustomer>;
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
    errors: ["NOT_FOUND"],
  }),
  create: endpoint({
    id: "customers.create",
    method: "POST",
    path: "/v1/customers",
    summary: "Create a customer, with its plan, limits and a key",
    description:
      "All of it is made, or nothing. With package it subscribes to that plan, and with balance it begins with that credit; both need billing:write. With api_key: {} a key is issued too, which needs keys:write; its secret is in this answer only.",
    ...writers,
    status: 201,
    body: NewCustomerInput,
    response: NewCustomer,
    errors: ["CONFLICT"],
    example: {
      email: "ada@example.com",
      full_name: "Ada Lovelace",
      company_name: "Analytical Engines",
      expiry_days: 30,
      limits: { per_second: 10, per_minute: 100, per_month: 100_000 },
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
