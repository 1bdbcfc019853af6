"use client";

import {
  Archive,
  ArchiveRestore,
  Braces,
  Ellipsis,
  Pencil,
  Trash2,
} from "lucide-react";
import { call } from "@/client/call";
import { useAct } from "@/client/use-act";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { Menu, type MenuEntry } from "@/ui/overlays/menu";
import type { Plan } from "../contract";
import { BeginDraft } from "./begin-draft";

/** Edit, a new version, and a menu of what else can be done to a plan. */
export function PlanActions({
  plan,
  mayWrite,
}: {
  plan: Plan;
  mayWrite: boolean;
}) {
  const { open } = useDialogUrl();
  const { act } = useAct();
  const show = (dialog: string) => void open(dialog);
  async function sellAgain() {
    const { plansApi } = await import("../contract");
    const params = { plan_id: plan.id };
    const body = { is_archived: false };
    await act(() => call(plansApi.update, { params, body }), {
      done: `${plan.name} is sold again`,
      failed: `${plan.name} is still archived`,
    });
  }
  return (
    <>
      {mayWrite ? (
        <Button icon={<Pencil />} onPress={() => show("edit")}>
          Edit details
        </Button>
      ) : null}
      {mayWrite && !plan.draft_version && plan.current_version ? (
        <BeginDraft planId={plan.id} />
      ) : null}
      <Menu
        label={`Actions for ${plan.name}`}
        trigger={
          <IconButton
            label="More actions"
            icon={<Ellipsis />}
            variant="secondary"
            placement="bottom"
          />
        }
        items={entriesOf(plan, mayWrite, show, () => void sellAgain())}
      />
    </>
  );
}

function entriesOf(
  plan: Plan,
  mayWrite: boolean,
  show: (dialog: string) => void,
  sellAgain: () => void,
): MenuEntry[] {
  const json: MenuEntry = {
    id: "json",
    label: "View as JSON",
    icon: <Braces />,
    onAction: () => show("json"),
  };
  const discard: MenuEntry = {
    id: "discard",
    label: "Discard draft…",
    icon: <Trash2 />,
    tone: "danger",
    onAction: () => show("discard"),
  };
  const archive: MenuEntry = plan.archived_at
    ? {
        id: "sell",
        label: "Sell again",
        icon: <ArchiveRestore />,
        onAction: sellAgain,
      }
    : {
        id: "archive",
        label: "Archive…",
        icon: <Archive />,
        tone: "danger",
        onAction: () => show("archive"),
      };
  if (!mayWrite) return [json];
  return [json, ...(plan.draft_version ? [discard] : []), archive];
}
