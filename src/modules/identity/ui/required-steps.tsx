"use client";

import { Button } from "@/ui/controls/button";
import { ChangePasswordForm } from "./password-forms";
import { enter } from "@/client/enter";
import { closeSession } from "./session";
import { EnrollSteps } from "./two-factor-card";

/** Choosing a password that nobody else knows, then on to where the person belongs. */
export function ChooseOwnPassword() {
  return (
    <Required>
      <ChangePasswordForm onDone={() => enter("/")} />
    </Required>
  );
}

/** Turning two-factor on, then on to the dashboard. */
export function RequiredEnrollment() {
  return (
    <Required>
      <EnrollSteps />
      <Button onPress={() => enter("/")}>Go on</Button>
    </Required>
  );
}

function Required({ children }: { children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-4">
      {children}
      <Button variant="ghost" onPress={() => void closeSession()}>
        Sign out
      </Button>
    </div>
  );
}
