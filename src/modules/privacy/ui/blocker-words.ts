import type { Blocker } from "@/ui/overlays/confirm-dialog";
import type { ClosingBlocker } from "../contract";

type Words = { one: string; many: string; href: string };

const words: Record<ClosingBlocker, Words> = {
  "live subscriptions": {
    one: "A plan that runs: cancel it",
    many: "plans that run: cancel them",
    href: "/portal/plan",
  },
  "unpaid invoices": {
    one: "An unpaid invoice: pay it",
    many: "unpaid invoices: pay them",
    href: "/portal/invoices?status=open",
  },
  "balance that is not zero": {
    one: "A balance that is not zero: ask us to settle it",
    many: "balances that are not zero: ask us to settle them",
    href: "/portal/support/new",
  },
  "payments under way": {
    one: "A payment under way: wait until it has ended",
    many: "payments under way: wait until they have ended",
    href: "/portal/invoices",
  },
  "refunds under way": {
    one: "A refund under way: wait until it has ended",
    many: "refunds under way: wait until they have ended",
    href: "/portal/invoices",
  },
  "open disputes": {
    one: "A disputed payment: wait until your bank has decided",
    many: "disputed payments: wait until your bank has decided",
    href: "/portal/invoices",
  },
  tenants: {
    one: "A tenant: save what you need of it, and delete it",
    many: "tenants: save what you need of them, and delete them",
    href: "/portal/tenants",
  },
};

type Found = { kind: string; count: number };

/** What stands in the way of closing an account, as its own people read it, with what to do. */
export function blockerWords(found: readonly Found[]): Blocker[] {
  const isOwed = found.some(({ kind }) => kind === "unpaid invoices");
  return (
    found
      // What is unpaid makes the balance, and goes with it.
      .filter(({ kind }) => !isOwed || kind !== "balance that is not zero")
      .map(inWords)
  );
}

function inWords({ kind, count }: Found): Blocker {
  const known = Object.entries(words).find(([name]) => name === kind)?.[1];
  if (!known) return { label: `${count} ${kind}` };
  const label = count === 1 ? known.one : `${count} ${known.many}`;
  return { label, href: known.href };
}
