import { Plus } from "lucide-react";
import type { Key } from "@/modules/keys/contract";
import { KeyLines } from "@/modules/keys/ui/key-lines";
import { LinkButton } from "@/ui/controls/link-button";
import { Card } from "@/ui/display/card";
import { countText } from "@/ui/format/number";

export type KeysCardProps = {
  /** The newest keys. */
  keys: Key[];
  total: number;
  mayWrite: boolean;
};

/** The newest keys, and the way to all of them. */
export function KeysCard({ keys, total, mayWrite }: KeysCardProps) {
  return (
    <Card
      title="API keys"
      flush
      actions={
        <>
          <LinkButton href="/portal/keys" size="sm">
            {total > keys.length
              ? `See all ${countText(total)}`
              : "Manage keys"}
          </LinkButton>
          {mayWrite ? (
            <LinkButton
              href="/portal/keys?show=issue-key"
              size="sm"
              variant="primary"
              icon={<Plus />}
            >
              Issue key
            </LinkButton>
          ) : null}
        </>
      }
    >
      {keys.length > 0 ? (
        <KeyLines keys={keys} />
      ) : (
        <p className="p-4 text-sm text-ink-muted">
          No keys in use. A key is the secret that you send with each call.
        </p>
      )}
    </Card>
  );
}
