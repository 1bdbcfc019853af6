"use client";

import { KeySquare, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import type { ServiceToken } from "@/modules/identity/contract";
import { TokensTable } from "@/modules/identity/ui/tokens-table";
import { Button } from "@/ui/controls/button";
import { EmptyState } from "@/ui/display/empty-state";
import { toast } from "@/ui/display/toaster";
import { includeFilter, ListFilters } from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";

const TokenDialog = dynamic(
  () => import("@/modules/identity/ui/token-dialog"),
  { ssr: false },
);
const RevokeTokenDialog = dynamic(
  () =>
    import("@/modules/identity/ui/revoke-token-dialog").then(
      (module) => module.RevokeTokenDialog,
    ),
  { ssr: false },
);

export type TokensProps = {
  tokens: readonly ServiceToken[];
  mayWrite: boolean;
};

/** The service tokens with what can be done to them; filter and dialog live in the URL. */
export function Tokens({ tokens, mayWrite }: TokensProps) {
  const list = useListUrl({ filters: ["include_revoked"] });
  const { show, id, open, close } = useDialogUrl();
  return (
    <>
      <TokensTable
        tokens={tokens}
        mayWrite={mayWrite}
        onRevoke={(token) => void open("revoke-token", { id: token })}
        isLoading={list.isPending}
        toolbar={
          <ListFilters
            list={list}
            filters={[includeFilter("include_revoked", "Revoked tokens")]}
          />
        }
        empty={<Empty mayWrite={mayWrite} />}
      />
      {mayWrite && show ? (
        <Dialogs
          show={show}
          token={tokens.find((token) => token.id === id)}
          close={close}
        />
      ) : null}
    </>
  );
}

type DialogsProps = {
  show: string;
  token: ServiceToken | undefined;
  close: () => Promise<void>;
};

function Dialogs({ show, token, close }: DialogsProps) {
  const renew = useDone();
  async function done(news: string | null) {
    await renew();
    if (news) toast.success(news);
  }
  if (show === "issue-token")
    return (
      <TokenDialog
        onClose={(isIssued) => void (isIssued ? done(null) : close())}
      />
    );
  if (show !== "revoke-token" || !token || token.status === "revoked")
    return null;
  return (
    <RevokeTokenDialog
      token={token}
      onClose={() => void close()}
      onRevoked={() => done(`${token.name} revoked`)}
    />
  );
}

/** Opens the dialog that issues a token. */
export function IssueServiceToken() {
  const { open } = useDialogUrl();
  return (
    <Button
      variant="primary"
      icon={<Plus />}
      onPress={() => void open("issue-token")}
    >
      Issue token
    </Button>
  );
}

function Empty({ mayWrite }: { mayWrite: boolean }) {
  return (
    <EmptyState
      icon={<KeySquare />}
      title="No service tokens in use"
      description="A service token is the secret by which a program of yours calls this API: to check keys, report usage or read customers."
      action={mayWrite ? <IssueServiceToken /> : null}
    />
  );
}
