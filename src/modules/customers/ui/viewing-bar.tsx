"use client";

import { useState } from "react";
import { Eye } from "lucide-react";
import { call } from "@/client/call";
import { enter } from "@/client/enter";
import { failureOf } from "@/client/failure";
import { Button } from "@/ui/controls/button";
import { toast } from "@/ui/display/toaster";
import { viewAsApi } from "../contract/people";

/** Says that a member of staff looks at the portal as a customer, with the way back. */
export function ViewingBar({ customer }: { customer: string }) {
  const [isPending, setPending] = useState(false);
  async function stop() {
    setPending(true);
    try {
      await call(viewAsApi.stop, {});
      enter("/customers");
    } catch (error) {
      setPending(false);
      toast.error("You still view as a customer", {
        description: failureOf(error).message,
      });
    }
  }
  return (
    <div
      role="region"
      aria-label="Viewing as a customer"
      className="flex flex-wrap items-center justify-center gap-x-4 gap-y-1 border-b border-danger-line bg-danger-tint px-3 py-2 text-sm text-ink"
    >
      <Eye aria-hidden className="icon text-danger" />
      <span>
        You view the portal as <strong>{customer}</strong>. Money, secrets and
        people cannot be changed.
      </span>
      <Button size="sm" isPending={isPending} onPress={() => void stop()}>
        Stop viewing
      </Button>
    </div>
  );
}
