"use client";

import { RotateCw } from "lucide-react";
import { useTransition, type ReactNode } from "react";
import { Button } from "@/ui/controls/button";
import { CopyableId } from "@/ui/display/copyable-id";
import { StatusPage } from "@/ui/shell/status-page";

export type PageErrorProps = {
  /** Its digest is `CODE req_…` when a service refused, else a hash of Next's. */
  error: unknown;
  retry: () => void;
  /** Another way on: a LinkButton. */
  action: ReactNode;
};

const words: Record<string, { code: string; title: string; text: string }> = {
  UNAVAILABLE: {
    code: "503",
    title: "The database does not answer",
    text: "Nothing was changed. This usually passes within seconds: try again.",
  },
  FORBIDDEN: {
    code: "403",
    title: "Your role may not see this page",
    text: "Ask an owner of your team to change your role.",
  },
};

const unknown = {
  code: "500",
  title: "Something went wrong",
  text: "The page could not be shown. Nothing you saved is lost. Try again, and tell whoever runs this the id below if it stays so.",
};

/** A page that failed, inside its shell: what happened, the id to report it by, and ways on. */
export function PageError({ error, retry, action }: PageErrorProps) {
  const [isRetrying, startRetry] = useTransition();
  const { code, reference } = readDigest(error);
  const said = words[code] ?? unknown;
  return (
    <StatusPage
      code={said.code}
      title={said.title}
      description={said.text}
      reference={
        reference ? <CopyableId id={reference} label="request id" /> : null
      }
      actions={
        <>
          {action}
          <Button
            icon={<RotateCw />}
            variant="primary"
            isPending={isRetrying}
            onPress={() => startRetry(retry)}
          >
            Try again
          </Button>
        </>
      }
    />
  );
}

function readDigest(error: unknown): { code: string; reference: string } {
  const isDigested =
    error instanceof Error &&
    "digest" in error &&
    typeof error.digest === "string";
  const [code = "", reference = code] = isDigested
    ? String(error.digest).split(" ", 2)
    : [];
  return { code, reference };
}
