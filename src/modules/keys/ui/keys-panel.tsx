"use client";

import { KeyRound, Plus } from "lucide-react";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { EmptyState } from "@/ui/display/empty-state";
import {
  includeFilter,
  ListEmpty,
  ListFilters,
  ListPages,
  type ListUrl,
} from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";
import type { Key } from "../contract";
import { KeysTable, type KeyDialog } from "./keys-table";

export type KeysPanelProps = {
  page: Page<Key>;
  /** Whose they are, for staff; left out in the portal. */
  customerId?: string;
  mayWrite: boolean;
  /** May open tickets. */
  mayAsk: boolean;
  /** Where the app is reached, for the cURL line that staff see. */
  appUrl: string;
  /** Calls of each of the last seven days, by the key's id. */
  calls?: Record<string, number[]>;
  onIssue: () => void;
  onOpen: (dialog: KeyDialog, id: string) => void;
};

/** A customer's keys with what can be done to them. */
export function KeysPanel(props: KeysPanelProps) {
  const { page, mayWrite, onIssue, onOpen } = props;
  const list = useListUrl({ filters: ["include_revoked"] });
  return (
    <KeysTable
      keys={page.items}
      mayWrite={mayWrite}
      calls={props.calls}
      hasLog={props.customerId !== undefined}
      helpAddress={props.mayAsk ? helpAddressOf(props) : undefined}
      onOpen={onOpen}
      isLoading={list.isPending}
      toolbar={
        <>
          {mayWrite ? (
            <Button variant="primary" icon={<Plus />} onPress={onIssue}>
              Issue key
            </Button>
          ) : null}
          <ListFilters
            list={list}
            filters={[includeFilter("include_revoked", "Revoked keys")]}
          />
        </>
      }
      empty={<Empty {...props} list={list} />}
      footer={<ListPages list={list} page={page} />}
    />
  );
}

function helpAddressOf({ customerId }: KeysPanelProps) {
  return (id: string) =>
    customerId
      ? `/customers/${customerId}/keys?show=new-ticket&id=${id}`
      : `/portal/support/new?about=${id}`;
}

type EmptyProps = KeysPanelProps & {
  list: ListUrl;
};

function Empty({ page, customerId, mayWrite, appUrl, list }: EmptyProps) {
  return (
    <ListEmpty list={list} page={page} things="keys">
      <EmptyState
        icon={<KeyRound />}
        title="No keys in use"
        description={`A key is the secret that ${customerId ? "this customer sends" : "you send"} with each call. It is checked at the door, and its calls are counted and limited.`}
        {...(mayWrite && customerId && { curl: curlOf(appUrl, customerId) })}
      />
    </ListEmpty>
  );
}

function curlOf(appUrl: string, customerId: string): string {
  return [
    `curl ${appUrl}/api/v1/customers/${customerId}/keys \\`,
    `  -H "Authorization: Bearer tk_…" -H "Content-Type: application/json" \\`,
    `  -d '{"name": "Production"}'`,
  ].join("\n");
}
