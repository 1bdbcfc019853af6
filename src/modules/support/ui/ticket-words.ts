import { statusWord } from "@/ui/display/statuses";
import {
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
} from "../contract/kinds";
import type { AboutKind, TicketCategory } from "../contract/parts";

const categoryWords: Record<TicketCategory, string> = {
  general: "General",
  billing: "Billing",
  technical: "Technical",
  account: "Account",
  feature_request: "Feature request",
};

/** What a ticket is about, readable. */
export function categoryWord(category: TicketCategory): string {
  return categoryWords[category];
}

export const statusOptions = ticketStatuses.map((id) => ({
  id,
  label: statusWord(id),
}));
export const priorityOptions = ticketPriorities.map((id) => ({
  id,
  label: statusWord(id),
}));
export const categoryOptions = ticketCategories.map((id) => ({
  id,
  label: categoryWords[id],
}));

/** `3 h 20 min`: how long something took, in its two largest units. */
export function durationText(seconds: number | null): string {
  if (seconds === null) return "–";
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return joined(hours, "h", minutes % 60, "min");
  return joined(Math.floor(hours / 24), "d", hours % 24, "h");
}

function joined(a: number, unit: string, b: number, smaller: string): string {
  return b === 0 ? `${a} ${unit}` : `${a} ${unit} ${b} ${smaller}`;
}

/** `1.2 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** What a ticket can be about, as people call it. */
export const thingWords: Record<AboutKind, string> = {
  invoice: "Invoice",
  key: "API key",
  license: "License",
  subscription: "Subscription",
  tenant: "Tenant",
};
