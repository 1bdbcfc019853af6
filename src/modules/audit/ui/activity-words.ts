import { formatMoney, type Money } from "@/shared/money";
import { utcText } from "@/ui/format/time";
import type { AuditEntry } from "../contract";
import { actionSaid } from "./action-said";

/** Actions by what they are about, to choose from. */
export const actionAreas = [
  { id: "customer.", label: "Customers" },
  { id: "key.", label: "API keys" },
  { id: "ledger.", label: "Balances" },
  { id: "member.", label: "Customers’ people" },
  { id: "staff.", label: "Staff" },
  { id: "invitation.", label: "Invitations" },
  { id: "service_token.", label: "Service tokens" },
  { id: "session.", label: "Sign-ins" },
  { id: "price_book.", label: "Price book" },
  { id: "plan.", label: "Plans" },
  { id: "subscription.", label: "Subscriptions" },
  { id: "license.", label: "Licenses" },
  { id: "invoice.", label: "Invoices" },
  { id: "payment.", label: "Payments" },
  { id: "coupon.", label: "Coupons" },
  { id: "tax_rate.", label: "Tax rates" },
  { id: "meter.", label: "Meters" },
  { id: "defaults.", label: "Default limits" },
  { id: "settings.", label: "Settings" },
];

/** Whether the thing's name follows the words: "issued the key Production". */
const named = new Set([
  "key",
  "coupon",
  "service_token",
  "invitation.created",
  "staff.added",
]);

/** What was done, after the name of who did it: "issued the key Production". */
export function actionWords({ action, before, after }: AuditEntry): string {
  const [thing = "", verb = ""] = action.split(".");
  const words = actionSaid[action] ?? `${thing} ${verb}`.replaceAll("_", " ");
  const isNamed = named.has(thing) || named.has(action);
  const { name, email } = after ?? {};
  const known = before ? undefined : (name ?? email);
  return isNamed && typeof known === "string" ? `${words} ${known}` : words;
}

const kinds: Record<string, string> = {
  key: "API key",
  user: "Person",
  ledger_transaction: "Balance",
};

/** What kind of thing a target is, in words: "API key", "Service token". */
export function kindWords(kind: string): string {
  return kinds[kind] ?? fieldWords(kind);
}

/** `before` is null for what came with the change, as its reason. */
export type Change = { field: string; before: string | null; after: string };

// Fields that follow from others, or from the change itself.
const implied = new Set(["updated_at", "is_active", "name"]);

/** What differs, a line a field; empty when the thing came or went. */
export function changesOf({ before, after }: AuditEntry): Change[] {
  if (!before || !after) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const shown = [...names].filter((name) => !implied.has(name));
  return (shown.length > 0 ? shown : [...names]).map((field) => ({
    field: fieldWords(field),
    before: field in before ? valueText(before[field]) : null,
    after: valueText(after[field]),
  }));
}

/** The fields of a thing that came or went, without those that were empty. */
export function snapshotOf({ before, after }: AuditEntry) {
  const whole = before && after ? null : (after ?? before);
  return Object.entries(whole ?? {})
    .filter(([name, value]) => !implied.has(name) && !isNothing(value))
    .map(([name, value]) => ({
      label: fieldWords(name),
      value: valueText(value),
    }));
}

/** `per_minute` → `Per minute`. */
function fieldWords(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isNothing(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === 0 ||
    (typeof value === "object" && Object.keys(value).length === 0) ||
    (isMoney(value) && value.amount === 0)
  );
}

function valueText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "string") return instantText(value) ?? value;
  if (typeof value === "number" || typeof value === "boolean")
    return String(value);
  return isMoney(value) ? formatMoney(value) : JSON.stringify(value);
}

function instantText(value: string): string | null {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)
    ? utcText(new Date(value))
    : null;
}

function isMoney(value: unknown): value is Money {
  return (
    typeof value === "object" &&
    value !== null &&
    "amount" in value &&
    typeof value.amount === "number" &&
    "currency" in value &&
    typeof value.currency === "string"
  );
}
