"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { useAct } from "@/client/use-act";
import { Button } from "@/ui/controls/button";
import { InstantField } from "@/ui/dates/instant-field";
import { Card } from "@/ui/display/card";
import { Time } from "@/ui/display/time";
import { subscriptionsApi } from "../contract";

export type TestClockProps = { customerId: string; clockAt: string | null };

/** What time it is for a test customer, and how it goes on. */
export function TestClock({ customerId, clockAt }: TestClockProps) {
  const [to, setTo] = useState<string | null>(clockAt);
  const { act, isPending } = useAct();
  const params = { customer_id: customerId };
  return (
    <Card
      title="Test clock"
      description="What is due on the way runs as it would. The clock never goes back."
    >
      <div className="flex flex-wrap items-end gap-4">
        <p className="text-sm text-ink-muted">
          It is <Time value={clockAt} empty="the true time" /> for this
          customer.
        </p>
        <InstantField label="Go on to" value={to} onChange={setTo} />
        <Button
          isPending={isPending}
          isDisabled={!to}
          onPress={() => {
            if (to)
              void act(
                () =>
                  call(subscriptionsApi.advanceClock, { params, body: { to } }),
                { done: "Time has passed", failed: "The clock did not go on" },
              );
          }}
        >
          Let time pass
        </Button>
      </div>
    </Card>
  );
}
