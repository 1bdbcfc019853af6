import type { ReactNode } from "react";
import { EmptyState } from "@/ui/display/empty-state";

/** In place of what a role may not see of money. */
export function NoBilling({ header }: { header: ReactNode }) {
  return (
    <>
      {header}
      <EmptyState
        title="Your role does not see billing"
        description="Ask an owner of your account to give you the role billing."
      />
    </>
  );
}
