import type { Limits } from "@/shared/limits";
import { windowLabels } from "@/ui/format/window-names";
import { windows } from "@/shared/windows";
import type { Customer } from "../contract";
import { endOfDay, lastDay } from "./last-day";

/** What is typed in a customer's form; text, and "" for nothing. */
export type CustomerValues = {
  full_name: string;
  email: string;
  company_name: string;
  phone: string;
  address: string;
  country: string | null;
  region: string;
  tax_id: string;
  currency: string | null;
  time_zone: string | null;
  language: string | null;
  /** the last day of access, in the customer's time zone */
  expires_on: string | null;
  external_id: string;
  entries: { key: string; value: string }[];
  /** with commas between them */
  tags: string;
  /** for a new customer: limits of its own, an empty window being unlimited, and a key */
  has_limits: boolean;
  limits: Record<keyof Limits, number>;
  has_key: boolean;
};

export const labels = {
  full_name: "Full name",
  email: "Email",
  company_name: "Company",
  phone: "Phone",
  address: "Address",
  country: "Country",
  region: "Region",
  tax_id: "Tax id",
  currency: "Currency",
  time_zone: "Time zone",
  language: "Language",
  expires_on: "Last day of access",
  external_id: "External id",
  has_limits: "Rate limits of its own",
  ...windowLabels((field) => `limits.${field}` as const, "Calls"),
  has_key: "Issue an API key",
  tags: "Tags",
  entries: "Metadata",
  "entries.*.key": "Metadata name",
  "entries.*.value": "Metadata value",
};

export const blank: CustomerValues = {
  full_name: "",
  email: "",
  company_name: "",
  phone: "",
  address: "",
  country: null,
  region: "",
  tax_id: "",
  currency: "USD",
  time_zone: "UTC",
  language: "en",
  expires_on: null,
  external_id: "",
  entries: [],
  tags: "",
  ...nothingElse(),
};

/** The form's values for a customer that exists. */
export function toValues(customer: Customer): CustomerValues {
  return {
    full_name: customer.full_name,
    email: customer.email,
    company_name: customer.company_name ?? "",
    phone: customer.phone ?? "",
    address: customer.address ?? "",
    region: customer.region ?? "",
    tax_id: customer.tax_id ?? "",
    country: customer.country,
    currency: customer.currency,
    time_zone: customer.time_zone,
    language: customer.language,
    expires_on: lastDay(customer.expires_at, customer.time_zone),
    external_id: customer.external_id ?? "",
    entries: Object.entries(customer.metadata).map(([key, value]) => ({
      key,
      value: String(value),
    })),
    tags: customer.tags.join(", "),
    ...nothingElse(),
  };
}

/** Which of the form's fields differ between two states of a customer, by their labels. */
export function differingLabels(before: Customer, after: Customer): string[] {
  const [old, now] = [toValues(before), toValues(after)];
  const names = Object.keys(now) as (keyof CustomerValues)[]; // Safe: toValues makes no other.
  return names
    .filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]))
    .flatMap((name) =>
      name in labels ? [labels[name as keyof typeof labels]] : [],
    );
}

/** The body that creates: what is empty is left out. */
export function toCreateBody(values: CustomerValues): Record<string, unknown> {
  const body = toBody(values, {});
  const given = Object.entries(body).filter(
    ([name, value]) => needed.includes(name) || !isEmpty(value),
  );
  return {
    ...Object.fromEntries(given),
    ...(values.has_limits && { limits: toLimits(values.limits) }),
    ...(values.has_key && { api_key: {} }),
  };
}

/** The body that changes `customer`: only what differs, with null for what was emptied. */
export function toPatchBody(
  customer: Customer,
  values: CustomerValues,
): Record<string, unknown> {
  const before = toBody(toValues(customer), customer.metadata);
  const after = toBody(values, customer.metadata);
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );
}

/** The field in which a path of the body was typed. */
export function toField(path: string, values: CustomerValues): string {
  if (path === "name") return "full_name";
  if (path === "expires_at") return "expires_on";
  if (path.startsWith("tags.")) return "tags";
  const entry = path.startsWith("metadata.")
    ? path.slice("metadata.".length)
    : null;
  if (entry === null) return path === "metadata" ? "entries" : path;
  const index = values.entries.findIndex(({ key }) => key.trim() === entry);
  return index < 0 ? "entries" : `entries.${index}.value`;
}

/** What only the form can see: nothing typed in a needed field, a metadata name given twice. */
export function check(values: CustomerValues): Record<string, string> {
  const found: Record<string, string> = {};
  if (values.email.trim() === "") found["email"] = "is required";
  const names = values.entries.map(({ key }) => key.trim());
  names.forEach((name, index) => {
    if (name === "") found[`entries.${index}.key`] = "is required";
    else if (names.indexOf(name) < index)
      found[`entries.${index}.key`] = "is given twice";
  });
  return found;
}

function toBody(values: CustomerValues, metadata: Record<string, unknown>) {
  const { expires_on, entries, tags, has_limits, limits, has_key, ...rest } =
    values;
  const text = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      isRequired(name) || !isEmpty(value) ? (value ?? "") : null,
    ]),
  );
  return {
    ...text,
    expires_at: endOfDay(expires_on, values.time_zone),
    tags: tags
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean),
    metadata: Object.fromEntries(
      entries.map(({ key, value }) => [
        key.trim(),
        typed(metadata, key, value),
      ]),
    ),
  } as Record<string, unknown>;
}

function nothingElse() {
  const limits = Object.fromEntries(
    windows.map((window) => [`per_${window}`, NaN]),
  ) as CustomerValues["limits"]; // Safe: Limits has one for each window.
  return { has_limits: false, limits, has_key: false };
}

function toLimits(limits: CustomerValues["limits"]) {
  return Object.fromEntries(
    Object.entries(limits).map(([name, count]) => [
      name,
      Number.isNaN(count) ? null : count,
    ]),
  );
}

const needed = ["full_name", "email"];
const required = [...needed, "currency", "time_zone", "language"];

function isRequired(name: string): boolean {
  return required.includes(name);
}

function isEmpty(value: unknown): boolean {
  if (typeof value === "string") return value.trim() === "";
  if (typeof value === "object" && value !== null)
    return Object.keys(value).length === 0;
  return value === null || value === undefined;
}

// A number or a flag that was not touched stays one.
function typed(metadata: Record<string, unknown>, key: string, value: string) {
  const before = metadata[key.trim()];
  return JSON.stringify(before) === value ? before : value;
}
