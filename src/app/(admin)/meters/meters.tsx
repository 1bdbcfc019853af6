"use client";

import { Gauge, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useAct } from "@/client/use-act";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import type { Meter } from "@/modules/meters/contract";
import { MetersTable } from "@/modules/meters/ui/meters-table";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { EmptyState } from "@/ui/display/empty-state";
import {
  includeFilter,
  ListEmpty,
  ListFilters,
  ListPages,
} from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";

const MeterDialogs = dynamic(() => import("./dialogs"), { ssr: false });

export type MetersProps = {
  page: Page<Meter>;
  mayWrite: boolean;
  /** Where the app is reached, for the cURL line. */
  appUrl: string;
};

/** The meters with what can be done to them; filter and dialog live in the URL. */
export function Meters({ page, mayWrite, appUrl }: MetersProps) {
  const list = useListUrl({ filters: ["include_archived"] });
  const { show, open, close } = useDialogUrl();
  const onSaved = useDone();
  const { act } = useAct();
  const restore = ({ id, title }: Meter) =>
    void act(
      // Not needed to read the list by.
      async () => (await import("./restore-meter")).restoreMeter(id),
      {
        done: `${title} counts again`,
        failed: `${title} was not brought back`,
      },
    );
  return (
    <>
      <MetersTable
        meters={page.items}
        mayWrite={mayWrite}
        onOpen={(dialog, id) => void open(dialog, { id })}
        onRestore={restore}
        isLoading={list.isPending}
        toolbar={
          <ListFilters
            list={list}
            filters={[includeFilter("include_archived", "Archived meters")]}
          />
        }
        empty={
          <ListEmpty list={list} page={page} things="meters">
            <Empty mayWrite={mayWrite} appUrl={appUrl} />
          </ListEmpty>
        }
        footer={<ListPages list={list} page={page} />}
      />
      {mayWrite && show ? (
        <MeterDialogs
          meters={page.items}
          onClose={() => void close()}
          onSaved={onSaved}
        />
      ) : null}
    </>
  );
}

/** Opens the dialog that makes a meter. */
export function CreateMeter() {
  const { open } = useDialogUrl();
  return (
    <Button
      variant="primary"
      icon={<Plus />}
      onPress={() => void open("create-meter")}
    >
      Create meter
    </Button>
  );
}

function Empty({ mayWrite, appUrl }: { mayWrite: boolean; appUrl: string }) {
  return (
    <EmptyState
      icon={<Gauge />}
      title="No meters yet"
      description="A meter counts what customers use, such as calls or tokens of one provider, so that a quota can limit it."
      action={mayWrite ? <CreateMeter /> : null}
      {...(mayWrite && { curl: curlOf(appUrl) })}
    />
  );
}

function curlOf(appUrl: string): string {
  return [
    `curl ${appUrl}/api/v1/meters \\`,
    `  -H "Authorization: Bearer tk_…" -H "Content-Type: application/json" \\`,
    `  -d '{"name": "gemini_calls", "title": "Gemini calls", "aggregation": "count", "provider": "gemini"}'`,
  ].join("\n");
}
