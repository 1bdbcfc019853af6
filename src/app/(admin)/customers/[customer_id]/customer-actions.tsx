"use client";

import {
  Archive,
  Braces,
  CalendarPlus,
  CircleCheck,
  CirclePause,
  Download,
  Ellipsis,
  Eraser,
  Eye,
  Gauge,
  Pencil,
  Scale,
  Trash2,
} from "lucide-react";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Customer, CustomerStatus } from "@/modules/customers/contract";
import { useStatusChange } from "@/modules/customers/ui/use-status-change";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { Menu, type MenuEntry, type MenuGroup } from "@/ui/overlays/menu";

/** What the viewer's role may change of a customer. */
export type Allowed = Record<
  "customers" | "billing" | "keys" | "licenses" | "support" | "erase",
  boolean
>;

export type CustomerActionsProps = { customer: Customer; allowed: Allowed };

/** Edit, and a menu of all else that can be done to a customer. */
export function CustomerActions({ customer, allowed }: CustomerActionsProps) {
  const { open } = useDialogUrl();
  const changeStatus = useStatusChange();
  const set = (status: CustomerStatus) => void changeStatus(customer, status);
  const show = (dialog: string) => void open(dialog);
  return (
    <>
      {allowed.customers ? (
        <Button icon={<Pencil />} onPress={() => show("edit")}>
          Edit
        </Button>
      ) : null}
      <Menu
        label={`Actions for ${customer.name}`}
        trigger={
          <IconButton
            label="More actions"
            icon={<Ellipsis />}
            variant="secondary"
            placement="bottom"
          />
        }
        items={groupsOf(customer, allowed, set, show)}
      />
    </>
  );
}

function groupsOf(
  { id, status, erased_at }: Customer,
  allowed: Allowed,
  set: (status: CustomerStatus) => void,
  show: (dialog: string) => void,
): MenuGroup[] {
  const money: MenuEntry = {
    id: "balance",
    label: "Adjust balance…",
    icon: <Scale />,
    onAction: () => show("balance"),
  };
  const limits: MenuEntry = {
    id: "limits",
    label: "Set limits…",
    icon: <Gauge />,
    onAction: () => show("limits"),
  };
  const renew: MenuEntry = {
    id: "renew",
    label: "Renew access…",
    icon: <CalendarPlus />,
    onAction: () => show("renew"),
  };
  const view: MenuEntry = {
    id: "view-as",
    label: "View as customer…",
    icon: <Eye />,
    onAction: () => show("view-as"),
  };
  const json: MenuEntry = {
    id: "json",
    label: "View as JSON",
    icon: <Braces />,
    onAction: () => show("json"),
  };
  const remove: MenuEntry = {
    id: "delete",
    label: "Delete…",
    icon: <Trash2 />,
    tone: "danger",
    onAction: () => show("delete"),
  };
  const data: MenuEntry = {
    id: "export-data",
    label: "Export data",
    icon: <Download />,
    onAction: () => download(`/api/v1/customers/${id}/data-export`),
  };
  const erase: MenuEntry = {
    id: "erase",
    label: "Erase…",
    icon: <Eraser />,
    tone: "danger",
    onAction: () => show("erase"),
  };
  const groups: MenuGroup[] = [
    { id: "Status", items: allowed.customers ? statusItems(status, set) : [] },
    {
      id: "Account",
      items: [
        ...(allowed.billing ? [money] : []),
        ...(allowed.customers ? [renew, limits] : []),
        view,
        json,
        ...(allowed.customers ? [data] : []),
      ],
    },
    {
      id: "Removal",
      items: [
        ...(allowed.customers ? [remove] : []),
        ...(allowed.erase && erased_at === null ? [erase] : []),
      ],
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

// A file, which the browser takes without leaving the page.
function download(href: string): void {
  const link = document.createElement("a");
  Object.assign(link, { href, download: "" }).click();
}

function statusItems(
  status: CustomerStatus,
  set: (status: CustomerStatus) => void,
): MenuEntry[] {
  const all: (MenuEntry & { id: CustomerStatus })[] = [
    { id: "active", label: "Activate", icon: <CircleCheck /> },
    { id: "suspended", label: "Suspend", icon: <CirclePause /> },
    { id: "archived", label: "Archive", icon: <Archive /> },
  ];
  return all
    .filter(({ id }) => id !== status)
    .map((item) => ({ ...item, onAction: () => set(item.id) }));
}
