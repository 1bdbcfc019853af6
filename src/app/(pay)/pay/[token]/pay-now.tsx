"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { enter } from "@/client/enter";
import { failureOf } from "@/client/failure";
import { checkoutApi } from "@/modules/payments/contract/checkout";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import { formatMoney, type Money } from "@/shared/money";

/** Goes on to the provider's page, where one pays. */
export function PayNow({ token, due }: { token: string; due: Money }) {
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  async function pay() {
    setPending(true);
    setFailure(undefined);
    try {
      const params = { token };
      const { url } = await call(checkoutApi.payLink, { params, body: {} });
      if (url) return enter(url);
      setFailure("This checkout is closed. Load this page again.");
    } catch (error) {
      setFailure(failureOf(error).message);
    }
    setPending(false);
  }
  return (
    <div className="mt-6 flex flex-col gap-3">
      {failure ? (
        <Callout tone="danger" isAlert>
          {failure}
        </Callout>
      ) : null}
      <Button
        variant="primary"
        className="w-full"
        isPending={isPending}
        onPress={() => void pay()}
      >
        Pay {formatMoney(due)}
      </Button>
    </div>
  );
}
