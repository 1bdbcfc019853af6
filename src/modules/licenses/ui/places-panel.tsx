"use client";

import { Globe, Plus, Router, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import type { Column } from "@/ui/table/columns";
import { ListTable } from "@/ui/table/list-table";
import type { Device, Domain } from "../contract/places";
import { deviceColumns, domainColumns } from "./place-columns";

const PlaceDialogs = dynamic(() => import("./place-dialogs"), { ssr: false });

type PanelProps<T> = { customerId: string; page: Page<T>; mayWrite: boolean };

/** A customer's domains: `?show=add-domain`, `?show=remove-domain&id=dom_…`. */
export function DomainsPanel(props: PanelProps<Domain>) {
  return (
    <PlacesPanel
      {...props}
      thing="domain"
      columns={domainColumns}
      icon={<Globe />}
      about="A domain that this customer runs its services at, kept in lower case and Punycode."
    />
  );
}

/** A customer's devices: `?show=add-device`, `?show=remove-device&id=dev_…`. */
export function DevicesPanel(props: PanelProps<Device>) {
  return (
    <PlacesPanel
      {...props}
      thing="device"
      columns={deviceColumns}
      icon={<Router />}
      about="A device at this customer’s, such as a router, told from others by its MAC address or serial number."
    />
  );
}

type PlacesProps<T> = PanelProps<T> & {
  thing: "domain" | "device";
  columns: readonly Column<T>[];
  icon: ReactNode;
  about: string;
};

function PlacesPanel<T extends { id: string; name: string }>({
  customerId,
  page,
  mayWrite,
  thing,
  columns,
  icon,
  about,
}: PlacesProps<T>) {
  const { show, id, open } = useDialogUrl();
  const add = mayWrite ? (
    <Button
      variant="primary"
      icon={<Plus />}
      onPress={() => void open(`add-${thing}`)}
    >
      Add {thing}
    </Button>
  ) : null;
  return (
    <>
      <ListTable
        things={`${thing}s`}
        page={page}
        columns={columns}
        rowLabel={({ name }) => name}
        {...(mayWrite && {
          rowActions: (row: T) => [
            {
              id: "remove",
              label: "Remove…",
              icon: <Trash2 />,
              tone: "danger" as const,
              onAction: () => void open(`remove-${thing}`, { id: row.id }),
            },
          ],
        })}
        empty={{ icon, title: `No ${thing}s yet`, description: about }}
        action={add}
        hasActionInToolbar
      />
      {show && mayWrite ? (
        <PlaceDialogs
          customerId={customerId}
          name={page.items.find((row) => row.id === id)?.name ?? null}
        />
      ) : null}
    </>
  );
}
