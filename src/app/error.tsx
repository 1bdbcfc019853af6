"use client";

import { RotateCw } from "lucide-react";
import { Button } from "@/ui/controls/button";
import { LinkButton } from "@/ui/controls/link-button";
import { CopyableId } from "@/ui/display/copyable-id";
import { StatusPage } from "@/ui/shell/status-page";

export type ErrorPageProps = {
  error: Error & { digest?: string };
  reset: () => void;
};

/** A page that failed. The digest is in the server's log beside the request's id. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <StatusPage
      code="500"
      title="Something went wrong"
      description="The page could not be shown. Nothing you saved is lost; trying again often helps."
      reference={
        error.digest ? (
          <p className="flex items-center gap-2 text-xs text-ink-faint">
            Reference
            <CopyableId id={error.digest} label="reference" />
          </p>
        ) : null
      }
      actions={
        <>
          <Button icon={<RotateCw />} variant="primary" onPress={reset}>
            Try again
          </Button>
          <LinkButton href="/">Go to the start</LinkButton>
        </>
      }
    />
  );
}
