"use client";

import { useState } from "react";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import { ownPath } from "./own-path";
import { leaveForProvider, signInProblem } from "./session";

export type ExternalSignInProps = {
  providers: readonly { id: string; name: string }[];
  /** Where to go then; anything but a path of ours is ignored. */
  next?: string | undefined;
};

/** The ways to sign in beside a password, where there are any. */
export function ExternalSignIn({ providers, next }: ExternalSignInProps) {
  const [leaving, setLeaving] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  if (providers.length === 0) return null;
  async function leave(id: string) {
    setFailure(null);
    setLeaving(id);
    // The sign-in page sends on who is signed in, and asks for the code of who has two-factor on.
    const back = `/sign-in?next=${encodeURIComponent(ownPath(next))}`;
    const refusal = await leaveForProvider(id, back);
    if (!refusal) return;
    setFailure(signInProblem(refusal));
    setLeaving(null);
  }
  return (
    <section
      aria-label="Other ways to sign in"
      className="mt-6 flex flex-col gap-3 border-t pt-6"
    >
      {failure ? (
        <Callout tone="danger" isAlert>
          {failure}
        </Callout>
      ) : null}
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          className="w-full"
          isPending={leaving === id}
          isDisabled={leaving !== null && leaving !== id}
          pendingLabel="Going there"
          onPress={() => void leave(id)}
        >
          Continue with {name}
        </Button>
      ))}
    </section>
  );
}
