"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { enter } from "@/client/enter";
import { failureOf } from "@/client/failure";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import { formatMoney } from "@/shared/money";
import { Checkbox } from "@/ui/forms/checkbox";
import {
  sandboxApi,
  type SandboxAction,
  type SandboxSession,
} from "../contract/checkout";

export type SandboxCheckoutProps = { first: SandboxSession };

/** The checkout page of the sandbox: pays, fails, asks for 3-D Secure. No money moves. */
export function SandboxCheckout({ first }: SandboxCheckoutProps) {
  const [session, setSession] = useState(first);
  const [pending, setPending] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [save, setSave] = useState(false);
  async function act(outcome: SandboxAction["outcome"]) {
    setPending(outcome);
    setFailure(undefined);
    try {
      const next = await call(sandboxApi.act, {
        params: { sandbox_session_id: session.id },
        body: { outcome, save },
      });
      setSession(next);
      const isOver = next.state === "completed" || next.state === "expired";
      if (isOver) enter(new URL(next.return_url).pathname);
    } catch (error) {
      setFailure(failureOf(error).message);
    }
    setPending(undefined);
  }
  const button = (
    outcome: SandboxAction["outcome"],
    label: string,
    variant: "primary" | "secondary" = "secondary",
  ) => (
    <Button
      key={outcome}
      variant={variant}
      className="w-full"
      isPending={pending === outcome}
      isDisabled={pending !== undefined && pending !== outcome}
      onPress={() => void act(outcome)}
    >
      {label}
    </Button>
  );
  const isSetup = session.mode === "setup";
  const isAsked = session.state === "authenticating";
  const isOver = session.state === "completed" || session.state === "expired";
  const wrong = failure ?? session.last_error;
  return (
    <div className="flex flex-col gap-4">
      <Callout tone="warning" title="Sandbox">
        No money moves here.
      </Callout>
      <div>
        <p className="text-sm text-ink-muted">{session.description}</p>
        {session.amount ? (
          <p className="text-2xl font-semibold tabular-nums">
            {formatMoney(session.amount)}
          </p>
        ) : null}
      </div>
      {wrong ? (
        <Callout tone="danger" isAlert>
          {wrong}
        </Callout>
      ) : null}
      {isOver ? (
        <p className="text-sm">This page is {session.state}.</p>
      ) : isAsked ? (
        <>
          <p className="text-sm">
            3-D Secure: your bank asks whether it is you who pays.
          </p>
          {button("pay", "It is me", "primary")}
          {button("refuse_authentication", "It is not me")}
        </>
      ) : (
        <>
          {isSetup ? null : (
            <Checkbox
              label="Keep the card for later"
              isSelected={save}
              onChange={setSave}
            />
          )}
          {button("pay", isSetup ? "Save card" : "Pay", "primary")}
          {button("authenticate", "Be asked by 3-D Secure")}
          {isSetup ? null : button("decline", "Be declined")}
          {button("cancel", "Cancel")}
        </>
      )}
    </div>
  );
}
