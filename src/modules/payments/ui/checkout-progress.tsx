"use client";

import { CircleCheck, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { QueryProvider, useRead } from "@/client/query";
import { LinkButton } from "@/ui/controls/link-button";
import { Spinner } from "@/ui/controls/spinner";
import { formatMoney } from "@/shared/money";
import { checkoutApi, type CheckoutProgress } from "../contract/checkout";

export type ProgressProps = {
  first: CheckoutProgress;
  /** Whether the person went back from the provider's page without paying. */
  hasLeft?: boolean;
};

/** What a browser sees that comes back from a provider's page, until the provider's word has come. */
export function Progress(props: ProgressProps) {
  return (
    <QueryProvider>
      <Followed {...props} />
    </QueryProvider>
  );
}

function Followed({ first, hasLeft = false }: ProgressProps) {
  const isOpen = first.state === "confirming" || first.state === "open";
  const { data = first } = useRead(
    checkoutApi.progress,
    { params: { checkout_id: first.id } },
    { initialData: first, enabled: isOpen, ...(isOpen && { everyMs: 1_500 }) },
  );
  const { icon, title, text } =
    hasLeft && data.state === "open" ? left : saying(data);
  return (
    <div
      role="status"
      className="flex flex-col items-center gap-3 py-2 text-center"
    >
      {icon}
      <div>
        <p className="font-medium">{title}</p>
        <p className="mt-1 text-sm text-ink-muted">{text}</p>
      </div>
      <LinkButton href="/portal" variant="primary" className="mt-2 w-full">
        Go to your account
      </LinkButton>
    </div>
  );
}

const left = {
  icon: <CircleX aria-hidden className="h-8 w-8 text-ink-faint" />,
  title: "You left the checkout",
  text: "Nothing was charged. You can begin again from your account.",
};

function saying({
  state,
  purpose,
  amount,
  failure_message,
}: CheckoutProgress): {
  icon: ReactNode;
  title: string;
  text: string;
} {
  const isSetup = purpose === "setup";
  switch (state) {
    case "done":
      return {
        icon: <CircleCheck aria-hidden className="h-8 w-8 text-success" />,
        title: isSetup ? "Saved" : "Thank you",
        text: isSetup
          ? "Your payment method is saved."
          : `Your payment${amount ? ` of ${formatMoney(amount)}` : ""} has come in.`,
      };
    case "failed":
      return {
        icon: <CircleX aria-hidden className="h-8 w-8 text-danger" />,
        title: "The payment failed",
        text: `${failure_message ?? "It was declined."} Nothing was charged; you can try again.`,
      };
    case "expired":
      return {
        icon: <CircleX aria-hidden className="h-8 w-8 text-ink-faint" />,
        title: "The checkout is closed",
        text: "Nothing was charged. Begin again where you came from.",
      };
    case "confirming":
    case "open":
      return {
        icon: <Spinner className="h-8 w-8 text-ink-faint" />,
        title: isSetup ? "Confirming…" : "Confirming payment…",
        text: "This takes a few seconds. You may leave this page: nothing is lost.",
      };
    default:
      return state satisfies never;
  }
}
