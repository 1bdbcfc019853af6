"use client";

import { KeyRound, Users } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Key } from "@/modules/keys/contract";
import { KeysTable } from "@/modules/keys/ui/keys-table";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { LinkButton } from "@/ui/controls/link-button";
import { EmptyState } from "@/ui/display/empty-state";
import {
  includeFilter,
  ListEmpty,
  ListFilters,
  ListPages,
  type ListUrl,
} from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";

const KeyDialogs = dynamic(() => import("./dialogs"), { ssr: false });
const CustomerFilter = dynamic(() => import("./customer-filter"), {
  ssr: false,
});

export type AllKeysProps = {
  page: Page<Key>;
  /** The customer that the list is narrowed to. */
  customerName: string | null;
  mayWrite: boolean;
  /** Calls of each of the last seven days, by the key's id. */
  calls: Record<string, number[]>;
};

const filters = ["customer_id", "include_revoked"] as const;

/** Everybody's keys, with what can be done to them; the filters live in the URL. */
export function AllKeys({ page, customerName, mayWrite, calls }: AllKeysProps) {
  const list = useListUrl({ filters });
  const { show, open } = useDialogUrl();
  return (
    <>
      <KeysTable
        keys={page.items}
        withCustomer
        mayWrite={mayWrite}
        calls={calls}
        hasLog
        onOpen={(dialog, id) => void open(dialog, { id })}
        isLoading={list.isPending}
        toolbar={<Toolbar list={list} customerName={customerName} />}
        empty={<Empty list={list} page={page} />}
        footer={<ListPages list={list} page={page} />}
      />
      {show && mayWrite ? <KeyDialogs /> : null}
    </>
  );
}

type List = { list: ListUrl };

function Toolbar({
  list,
  customerName,
}: List & { customerName: string | null }) {
  const customerId = list.filters["customer_id"] ?? null;
  const [isChoosing, setChoosing] = useState(false);
  return (
    <>
      {isChoosing && !customerId ? (
        <CustomerFilter
          onChange={(id) => list.setFilter("customer_id", id)}
          onLeave={() => setChoosing(false)}
        />
      ) : null}
      <ListFilters
        list={list}
        filters={[
          {
            id: "customer_id",
            label: "Customer",
            value: customerId,
            valueLabel: customerName ?? customerId ?? "",
          },
          includeFilter("include_revoked", "Revoked keys"),
        ]}
      />
      {customerId || isChoosing ? null : (
        <Button
          size="sm"
          variant="ghost"
          icon={<Users />}
          onPress={() => setChoosing(true)}
        >
          One customer
        </Button>
      )}
    </>
  );
}

function Empty({ list, page }: List & { page: Page<unknown> }) {
  return (
    <ListEmpty
      list={list}
      page={page}
      things="keys"
      hint="Revoked keys are only shown when you ask for them."
    >
      <EmptyState
        icon={<KeyRound />}
        title="No keys in use"
        description="A key is the secret that a customer sends with each call. Choose a customer and issue its first one."
        action={
          <LinkButton href="/customers" variant="primary">
            Choose a customer
          </LinkButton>
        }
      />
    </ListEmpty>
  );
}
