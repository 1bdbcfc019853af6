import { ChevronRight } from "lucide-react";
import NextLink from "next/link";
import type { Key } from "@/modules/keys/contract";
import type { Subscription } from "@/modules/subscriptions/contract";
import { Card } from "@/ui/display/card";
import { formatMoney, type Money } from "@/shared/money";

type Due = { due: Money; pay_url: string | null; payment_status: string };

export type ToDoInput = {
  due: Due | null;
  subscription: Subscription | null;
  /** Whether there is a plan to choose. */
  hasOffers: boolean;
  keys: readonly Key[];
  mayPay: boolean;
  mayChoose: boolean;
  mayResume: boolean;
  mayIssue: boolean;
};

type Item = { text: string; href: string };

/** What the viewer should do next, each with the way there; nothing when all is well. */
export function ToDoCard(props: ToDoInput) {
  const items = toDo(props);
  if (items.length === 0) return null;
  return (
    <Card title="What to do" flush>
      <ul className="divide-y">
        {items.map(({ text, href }) => (
          <li key={text}>
            <NextLink
              href={href}
              className="group flex min-h-11 items-center justify-between gap-3 px-4 py-2 text-sm -outline-offset-2 hover:bg-subtle"
            >
              {text}
              <ChevronRight
                aria-hidden
                className="icon text-ink-faint group-hover:text-ink"
              />
            </NextLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function toDo(input: ToDoInput): Item[] {
  const { due, subscription, hasOffers, keys } = input;
  const { mayPay, mayChoose, mayResume, mayIssue } = input;
  return [
    ...(due && mayPay
      ? [
          {
            text:
              due.payment_status === "pending"
                ? `Your payment of ${formatMoney(due.due)} is being confirmed`
                : `Pay ${formatMoney(due.due)}, which is due`,
            href: due.pay_url ?? "/portal/plan",
          },
        ]
      : []),
    ...(subscription?.cancel_at && mayResume
      ? [
          {
            text: `Your plan ${subscription.plan.name} ends; resume it if you want to stay`,
            href: "/portal/plan",
          },
        ]
      : []),
    ...(!subscription && hasOffers && mayChoose
      ? [{ text: "Choose a plan", href: "/portal/plan" }]
      : []),
    ...(keys.length === 0 && mayIssue
      ? [
          {
            text: "Issue an API key, and make your first call with it",
            href: "/portal/keys?show=issue-key",
          },
        ]
      : []),
  ];
}
