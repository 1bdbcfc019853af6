"use client";

import { LinkButton } from "@/ui/controls/link-button";
import { PageError } from "@/app/page-error";

export type ErrorPageProps = { error: unknown; retry: () => void };

/** A page that failed, in its shell. */
export default function ErrorPage(props: ErrorPageProps) {
  return (
    <PageError
      {...props}
      action={<LinkButton href="/portal">Go to the start</LinkButton>}
    />
  );
}
