"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { Button } from "@/ui/controls/button";
import { CopyBlock } from "@/ui/display/copy-block";
import { Time } from "@/ui/display/time";
import { NumberField } from "@/ui/forms/number-field";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { Dialog } from "@/ui/overlays/dialog";
import { FormDialog } from "@/ui/overlays/form-dialog";
import type { License } from "../contract";
import {
  licenseFilesApi,
  type LicenseFile,
  type LicenseFileInput,
} from "../contract/files";

type Values = { machine: string; valid_days: number };

const labels = { machine: "Machine", valid_days: "Valid for" };

export type LicenseFileDialogProps = { license: License; onClose: () => void };

/** Signs a license file for software that cannot ask, then gives it out. */
export function LicenseFileDialog({
  license,
  onClose,
}: LicenseFileDialogProps) {
  const [file, setFile] = useState<LicenseFile>();
  const form = useContractForm<Values, LicenseFileInput>({
    schema: licenseFilesApi.checkOut.body,
    defaultValues: { machine: "", valid_days: NaN },
    labels,
    toBody: ({ machine, valid_days }) => ({
      ...(machine.trim() !== "" && { machine: machine.trim() }),
      ...(Number.isNaN(valid_days) ? {} : { valid_days }),
    }),
    send: async (body) => {
      const params = { license_id: license.id };
      setFile(await call(licenseFilesApi.checkOut, { params, body }));
    },
  });
  const machine = useFormField(form.control, "machine");
  const days = useFormField(form.control, "valid_days");
  if (file) return <SignedFile file={file} onClose={onClose} />;
  return (
    <FormDialog
      form={form}
      title="Offline license file"
      description="For software that cannot reach us: it checks the file’s signature by our public key."
      submitLabel="Sign file"
      failure="The file was not signed"
      onClose={onClose}
    >
      <TextField
        label={labels.machine}
        isOptional
        mono
        autoComplete="off"
        description={
          license.max_machines === null
            ? "Its fingerprint. Empty: the file is good on any machine."
            : "The fingerprint of an activated machine. Empty: the file is good on any."
        }
        {...machine}
      />
      <NumberField
        label={labels.valid_days}
        isOptional
        suffix="days"
        minValue={1}
        maxValue={3_650}
        className="max-w-60"
        description="At most until the license ends. Empty: until then."
        {...days}
      />
    </FormDialog>
  );
}

function SignedFile({
  file: { file, file_name, payload },
  onClose,
}: {
  file: LicenseFile;
  onClose: () => void;
}) {
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="The file is signed"
      description={
        <>
          {payload.machine ? `For ${payload.machine}` : "For any machine"},
          valid{" "}
          {payload.expires_at ? (
            <>
              until <Time value={payload.expires_at} />
            </>
          ) : (
            "without end"
          )}
        </>
      }
      footer={
        <>
          <Button onPress={onClose}>Done</Button>
          <Button
            variant="primary"
            icon={<Download />}
            onPress={() => save(file, file_name)}
          >
            Download
          </Button>
        </>
      }
    >
      <CopyBlock label={file_name} text={file} />
    </Dialog>
  );
}

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
