"use client";

import {
  Braces,
  CirclePause,
  CirclePlay,
  Ellipsis,
  LifeBuoy,
  Pencil,
  Trash2,
} from "lucide-react";
import dynamic from "next/dynamic";
import { call } from "@/client/call";
import { useAct } from "@/client/use-act";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { Menu, type MenuEntry } from "@/ui/overlays/menu";
import { tenantsApi } from "../contract";
import type { TenantDialogsProps } from "./tenant-dialogs";

const TenantDialogs = dynamic(() => import("./tenant-dialogs"), { ssr: false });

/** What can be done with a tenant as a whole. */
export function TenantActions(props: TenantDialogsProps) {
  const { tenant, mayWrite, isStaff } = props;
  const { show, open } = useDialogUrl();
  const { isPending, act } = useAct();
  const { status, job } = tenant;
  const takeBack = () =>
    void act(
      () =>
        call(
          tenantsApi.unsuspend,
          { params: { tenant_id: tenant.id } },
          { ifMatch: tenant },
        ),
      { failed: `${tenant.name} stays suspended` },
    );
  return (
    <>
      {mayWrite && isStaff && status === "suspended" ? (
        <Button
          variant="primary"
          icon={<CirclePlay />}
          isDisabled={job !== null}
          isPending={isPending}
          onPress={takeBack}
        >
          Take back
        </Button>
      ) : null}
      <Menu
        label={`Actions for ${tenant.name}`}
        trigger={
          <IconButton
            label="More actions"
            icon={<Ellipsis />}
            variant="secondary"
            placement="bottom"
          />
        }
        items={entriesOf(props, (name) => void open(name))}
      />
      {show ? <TenantDialogs {...props} /> : null}
    </>
  );
}

function entriesOf(
  { tenant, mayWrite, isStaff, mayAsk }: TenantDialogsProps,
  go: (dialog: string) => void,
): MenuEntry[] {
  const entry = (
    id: string,
    label: string,
    icon: MenuEntry["icon"],
  ): MenuEntry => ({ id, label, icon, onAction: () => go(id) });
  const { id, customer_id, status, job } = tenant;
  const rest: MenuEntry[] = [
    entry("json", "View as JSON", <Braces />),
    ...(mayAsk
      ? [
          {
            ...{ id: "ask", label: "Open a ticket…", icon: <LifeBuoy /> },
            href: `/customers/${customer_id}/tenants?show=new-ticket&id=${id}`,
          },
        ]
      : []),
  ];
  if (!mayWrite || ["failed", "deleted"].includes(status)) return rest;
  const edit = entry("edit", "Edit…", <Pencil />);
  if (job || !["active", "suspended"].includes(status)) return [edit, ...rest];
  return [
    edit,
    ...rest,
    ...(isStaff && status === "active"
      ? [entry("suspend", "Suspend…", <CirclePause />)]
      : []),
    { ...entry("delete", "Delete…", <Trash2 />), tone: "danger" },
  ];
}
