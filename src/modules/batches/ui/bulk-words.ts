import { countText } from "@/ui/format/number";
import type { BatchAction } from "../contract";

/** Which customers an act is for, and how many there are. */
export type Chosen = {
  /** the body's part that says which */
  which: Record<string, unknown>;
  count: number;
  /** false: there are more */
  isExact: boolean;
};

/** "12 customers", "more than 10,000 customers". */
export function customersText({
  count,
  isExact,
}: Pick<Chosen, "count" | "isExact">): string {
  const number = `${isExact ? "" : "more than "}${countText(count)}`;
  return `${number} ${isExact && count === 1 ? "customer" : "customers"}`;
}

type Words = {
  /** "Suspend" … "12 customers" */
  verb: string;
  after?: string;
  /** What follows from it. */
  effect: string;
  /** What was done, after how many. */
  done: string;
  tone?: "danger";
};

/** What each act is called, and what it does. */
export const actionWords: Record<BatchAction, Words> = {
  activate: {
    verb: "Activate",
    effect:
      "Their keys work and their people can sign in from the next request on.",
    done: "activated",
  },
  suspend: {
    verb: "Suspend",
    effect:
      "Their keys stop working and their people are signed out with their next request.",
    done: "suspended",
    tone: "danger",
  },
  archive: {
    verb: "Archive",
    effect:
      "Their keys stop working and nobody can sign in for them; what is booked is kept.",
    done: "archived",
    tone: "danger",
  },
  tag: {
    verb: "Tag",
    effect: "The tags are added to those that each has.",
    done: "tagged",
  },
  untag: {
    verb: "Untag",
    effect: "The tags are taken from those that have them.",
    done: "untagged",
  },
  email: {
    verb: "Mail",
    effect:
      "A service mail goes to the address of each, once. Nobody can unsubscribe from those, so send no advertising this way. Archived customers get none.",
    done: "mailed",
  },
};
