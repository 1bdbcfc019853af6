import type { Metadata } from "next";
import { headers } from "next/headers";
import { LinkButton } from "@/ui/controls/link-button";
import { StatusPage } from "@/ui/shell/status-page";

export const metadata: Metadata = { title: "Not found" };

/** What is unknown and what one may not see look alike. */
export default async function NotFound() {
  const requestId = (await headers()).get("x-request-id");
  return (
    <main>
      <StatusPage
        code="404"
        title="There is nothing here"
        description="The address may be mistyped, or what was here is gone, or it belongs to someone else."
        reference={
          requestId ? (
            <code className="font-mono text-xs text-ink-faint select-all">
              {requestId}
            </code>
          ) : null
        }
        actions={
          <LinkButton href="/" variant="primary">
            Go to the start
          </LinkButton>
        }
      />
    </main>
  );
}
