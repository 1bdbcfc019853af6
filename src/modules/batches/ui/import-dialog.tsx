"use client";

import { useState, type ChangeEvent } from "react";
import { call } from "@/client/call";
import { failureOf } from "@/client/failure";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { buttonStyle } from "@/ui/controls/button-style";
import { Callout } from "@/ui/display/callout";
import { countText } from "@/ui/format/number";
import { Dialog } from "@/ui/overlays/dialog";
import { importsApi, mostLines, type Import } from "../contract/import";
import { LineErrors } from "./line-errors";

const mostBytes = 5_000_000;

export type ImportDialogProps = { onClose: () => void };

/** Chooses a CSV file, says what is wrong with it, and imports it when nothing is. */
export function ImportDialog({ onClose }: ImportDialogProps) {
  const { open } = useDialogUrl();
  const [file, setFile] = useState<{ name: string; csv: string }>();
  const [checked, setChecked] = useState<Import>();
  const [problem, setProblem] = useState<string>();
  const [isPending, setPending] = useState(false);
  async function trying(work: () => Promise<void>) {
    setPending(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(failureOf(error).message);
    }
    setPending(false);
  }
  function choose(event: ChangeEvent<HTMLInputElement>) {
    const [chosen] = event.target.files ?? [];
    event.target.value = ""; // so that the same file can be chosen again
    if (!chosen) return;
    setChecked(undefined);
    setFile(undefined);
    if (chosen.size > mostBytes)
      return setProblem("The file has more than 5 MB. Split it.");
    void trying(async () => {
      const csv = await chosen.text();
      setFile({ name: chosen.name, csv });
      const body = { csv, dry_run: true };
      setChecked(await call(importsApi.create, { body }));
    });
  }
  const start = (csv: string) =>
    void trying(async () => {
      const made = await call(importsApi.create, { body: { csv } });
      if (made.id) await open("import", { id: made.id });
    });
  const isRight = checked?.error_count === 0;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Import customers"
      description={`A CSV file whose first line names the columns: email and full_name, and any of company_name, phone, address, country, currency, tags and others of the API. At most ${countText(mostLines)} customers.`}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={!isRight}
            isPending={isPending}
            onPress={() => file && start(file.csv)}
          >
            {isRight ? `Import ${countText(checked.total)}` : "Import"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <label
            className={buttonStyle({
              className:
                "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text",
            })}
          >
            Choose file
            <input
              type="file"
              accept=".csv,text/csv"
              className="sr-only"
              onChange={choose}
            />
          </label>
          <span className="min-w-0 wrap-anywhere text-ink-muted">
            {file?.name ?? "No file chosen"}
          </span>
        </div>
        {problem ? (
          <Callout tone="danger" title="Nothing was imported" isAlert>
            {problem}
          </Callout>
        ) : null}
        {checked ? <Findings checked={checked} /> : null}
      </div>
    </Dialog>
  );
}

function Findings({ checked }: { checked: Import }) {
  const { error_count, errors, total, ignored_columns } = checked;
  return (
    <>
      {error_count === 0 ? (
        <Callout
          tone="success"
          title={`${countText(total)} customers are right`}
        >
          {ignored_columns.length > 0
            ? `These columns are left out: ${ignored_columns.join(", ")}.`
            : "Nobody is mailed. An import can be undone."}
        </Callout>
      ) : (
        <Callout
          tone="danger"
          title={`${countText(error_count)} errors: nothing can be imported yet`}
        >
          Mend the file and choose it again.
        </Callout>
      )}
      <LineErrors title="Wrong" errors={errors} count={error_count} />
    </>
  );
}
