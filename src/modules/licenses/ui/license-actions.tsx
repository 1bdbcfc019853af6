"use client";

import {
  ArrowRightLeft,
  Ban,
  Braces,
  CirclePause,
  CirclePlay,
  Ellipsis,
  FileKey,
  LifeBuoy,
  Pencil,
  RefreshCw,
} from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { Menu, type MenuEntry } from "@/ui/overlays/menu";
import type { License } from "../contract";

const LicenseDialogs = dynamic(() => import("./license-dialogs"), {
  ssr: false,
});

export type LicenseActionsProps = {
  license: License;
  mayWrite: boolean;
  /** May open tickets. */
  mayAsk: boolean;
};

/** What can be done with a license: the next step as a button, the rest in a menu. */
export function LicenseActions(props: LicenseActionsProps) {
  const { license, mayWrite } = props;
  const { show, open } = useDialogUrl();
  const go = (dialog: string) => void open(dialog);
  const { status, expires_at } = license;
  const isRenewable =
    (status === "active" || status === "expired") && expires_at !== null;
  return (
    <>
      {status === "active" ? (
        <Button icon={<FileKey />} onPress={() => go("file")}>
          Offline file
        </Button>
      ) : null}
      {mayWrite && isRenewable ? (
        <Button
          variant="primary"
          icon={<RefreshCw />}
          onPress={() => go("renew")}
        >
          Renew
        </Button>
      ) : null}
      {mayWrite && status === "suspended" ? (
        <Button
          variant="primary"
          icon={<CirclePlay />}
          onPress={() => go("reinstate")}
        >
          Reinstate
        </Button>
      ) : null}
      <Menu
        label={`Actions for ${license.name}`}
        trigger={
          <IconButton
            label="More actions"
            icon={<Ellipsis />}
            variant="secondary"
            placement="bottom"
          />
        }
        items={entriesOf(props, go)}
      />
      {show ? <LicenseDialogs license={license} mayWrite={mayWrite} /> : null}
    </>
  );
}

function entriesOf(
  {
    license: { id, customer_id, status },
    mayWrite,
    mayAsk,
  }: LicenseActionsProps,
  go: (dialog: string) => void,
): MenuEntry[] {
  const entry = (
    id: string,
    label: string,
    icon: MenuEntry["icon"],
  ): MenuEntry => ({ id, label, icon, onAction: () => go(id) });
  const rest: MenuEntry[] = [
    entry("json", "View as JSON", <Braces />),
    ...(mayAsk
      ? [
          {
            ...{ id: "ask", label: "Open a ticket…", icon: <LifeBuoy /> },
            href: `/customers/${customer_id}/licenses?show=new-ticket&id=${id}`,
          },
        ]
      : []),
  ];
  if (!mayWrite || status === "revoked") return rest;
  const isInForce = status === "active" || status === "pending";
  return [
    entry("edit", "Edit…", <Pencil />),
    entry("transfer", "Transfer…", <ArrowRightLeft />),
    ...rest,
    ...(isInForce ? [entry("suspend", "Suspend…", <CirclePause />)] : []),
    { ...entry("revoke", "Revoke…", <Ban />), tone: "danger" },
  ];
}
