"use client";

import { CreditCard, Plus } from "lucide-react";
import { useState } from "react";
import { enter } from "@/client/enter";
import { useAct } from "@/client/use-act";
import { Button } from "@/ui/controls/button";
import { Badge } from "@/ui/display/badge";
import { Card } from "@/ui/display/card";
import { EmptyState } from "@/ui/display/empty-state";
import { StatusBadge } from "@/ui/display/status-badge";
import { toast } from "@/ui/display/toaster";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import type { PaymentMethod } from "../contract/methods";
import { methodName, providerText } from "./payment-words";

export type MethodListProps = {
  methods: readonly PaymentMethod[];
  /** May add, remove, and choose the default. */
  mayWrite: boolean;
  /** Whether some provider here keeps a way to pay; only its owner adds one. */
  canAdd: boolean;
  title?: string;
};

const acts = () => import("./method-acts");

/** A customer's ways to pay, the default first. */
export function MethodList({
  methods,
  mayWrite,
  canAdd,
  title = "Your payment methods",
}: MethodListProps) {
  const { act, isPending } = useAct();
  const [leaving, setLeaving] = useState<PaymentMethod | null>(null);
  const [first] = methods;
  const add = mayWrite && canAdd ? <AddButton isFirst={!first} /> : null;
  async function remove({ id }: PaymentMethod) {
    const isDone = await act(async () => (await acts()).remove(id), {
      done: "The payment method is removed",
      failed: "The payment method was not removed",
    });
    if (isDone) setLeaving(null);
  }
  return (
    <>
      <Card
        title={title}
        description="What is due of the plan is charged to the default one."
        actions={first ? add : null}
        flush
      >
        {first ? (
          <ul className="divide-y">
            {methods.map((method) => (
              <Line
                key={method.id}
                method={method}
                mayWrite={mayWrite}
                onRemove={() => setLeaving(method)}
              />
            ))}
          </ul>
        ) : (
          <EmptyState
            icon={<CreditCard />}
            title="No payment method yet"
            description={
              canAdd
                ? "It is entered on the payment provider’s own page, and kept there."
                : "Invoices are paid one by one: by their pay link, by transfer or in cash."
            }
            action={add}
          />
        )}
      </Card>
      <ConfirmDialog
        isOpen={leaving !== null}
        onOpenChange={() => setLeaving(null)}
        title={`Remove ${leaving ? methodName(leaving) : "it"}?`}
        consequences={[
          "It is taken off at the payment provider too.",
          methods.length === 1
            ? "Nothing is charged by itself any more: each invoice is to be paid by its link."
            : "If it is the default, the next one takes its place.",
        ]}
        confirmLabel="Remove payment method"
        onConfirm={() => void (leaving && remove(leaving))}
        isPending={isPending}
      />
    </>
  );
}

type LineProps = {
  method: PaymentMethod;
  mayWrite: boolean;
  onRemove: () => void;
};

function Line({ method, mayWrite, onRemove }: LineProps) {
  const { act, isPending } = useAct();
  const { provider, expires_month, expires_year, is_default, is_expired } =
    method;
  const name = methodName(method);
  const makeDefault = () =>
    act(async () => (await acts()).makeDefault(method.id), {
      done: `${name} is charged from now on`,
      failed: "The default stays as it was",
    });
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 text-sm">
      <CreditCard aria-hidden className="icon text-ink-faint" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          {is_default ? <Badge tone="info">Default</Badge> : null}
          {is_expired ? <StatusBadge status="expired" /> : null}
        </p>
        <p className="text-xs text-ink-faint">
          {expires_month && expires_year
            ? `${is_expired ? "expired" : "expires"} ${String(expires_month).padStart(2, "0")}/${expires_year} · `
            : ""}
          kept by {providerText[provider]}
        </p>
      </div>
      {mayWrite ? (
        <span className="flex flex-wrap gap-2">
          {is_default || is_expired ? null : (
            <Button
              size="sm"
              isPending={isPending}
              onPress={() => void makeDefault()}
            >
              Make default <span className="sr-only">{name}</span>
            </Button>
          )}
          <Button size="sm" onPress={onRemove}>
            Remove <span className="sr-only">{name}</span>
          </Button>
        </span>
      ) : null}
    </li>
  );
}

function AddButton({ isFirst }: { isFirst: boolean }) {
  const { act, isPending } = useAct(() => {});
  async function add() {
    let url: string | null = null;
    const isMade = await act(
      async () => {
        ({ url } = await (await acts()).add());
      },
      { failed: "The provider’s page did not open" },
    );
    if (url) enter(url);
    else if (isMade) toast.error("That page is closed. Try once more.");
  }
  return (
    <Button
      size={isFirst ? "md" : "sm"}
      variant={isFirst ? "primary" : "secondary"}
      icon={<Plus />}
      isPending={isPending}
      onPress={() => void add()}
    >
      Add a payment method
    </Button>
  );
}
