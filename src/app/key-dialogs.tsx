"use client";

import { call } from "@/client/call";
import { useRefresh } from "@/client/query";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { useSeen } from "@/client/use-seen";
import { keysApi, type Key } from "@/modules/keys/contract";
import { KeyAddressesDialog } from "@/modules/keys/ui/key-addresses-dialog";
import { RevokeKeyDialog } from "@/modules/keys/ui/revoke-key-dialog";
import { RotateKeyDialog } from "@/modules/keys/ui/rotate-key-dialog";
import { WithKey } from "@/modules/keys/ui/with-key";
import type { LimitsInput } from "@/modules/limits/contract";
import { LimitsEditor } from "@/modules/limits/ui/limits-editor";
import { toast } from "@/ui/display/toaster";
import { KeyQuotasDialog } from "./key-quotas-dialog";

export type KeyDialogsProps = {
  /** Whether a new secret comes with the call that checks it: for staff. */
  withCheck?: boolean;
};

const dialogs: ReadonlySet<string> = new Set([
  "rotate-key",
  "key-limits",
  "key-quotas",
  "key-addresses",
  "revoke-key",
]);

/** The dialogs about one key: `?show=rotate-key|key-limits|key-quotas|key-addresses|revoke-key&id=key_…`. */
export function KeyDialogs({ withCheck = true }: KeyDialogsProps) {
  const { show, id, close } = useDialogUrl();
  const onClose = () => void close();
  const done = useDone(useRefresh());
  if (!id || !show) return null;
  if (!dialogs.has(show)) return null;
  return (
    <WithKey key={id} id={id} onClose={onClose}>
      {(apiKey) =>
        show === "rotate-key" ? (
          <RotateKeyDialog {...{ apiKey, withCheck, onClose }} onDone={done} />
        ) : show === "key-addresses" ? (
          <KeyAddressesDialog {...{ apiKey, onClose }} onSaved={done} />
        ) : show === "key-quotas" ? (
          <KeyQuotasDialog {...{ apiKey, onClose }} onSaved={done} />
        ) : show === "key-limits" ? (
          <KeyLimits {...{ apiKey, onClose }} onSaved={done} />
        ) : (
          <RevokeKeyDialog {...{ apiKey, onClose }} onRevoked={done} />
        )
      }
    </WithKey>
  );
}

type KeyLimitsProps = {
  apiKey: Key;
  onClose: () => void;
  onSaved: () => Promise<void>;
};

function KeyLimits({ apiKey, onClose, onSaved }: KeyLimitsProps) {
  const params = { key_id: apiKey.id };
  const { opened, change } = useSeen(apiKey, {
    reread: () => call(keysApi.get, { params }),
  });
  async function save(limits: LimitsInput | null) {
    await change((ifMatch) =>
      call(keysApi.update, { params, body: { limits } }, { ifMatch }),
    );
    await onSaved();
    toast.success(
      limits
        ? `Limits of ${apiKey.name} saved`
        : `${apiKey.name} has no limits of its own`,
    );
  }
  return (
    <LimitsEditor
      title={`Limits of ${apiKey.name}`}
      description="They hold beside those of the customer: whichever is reached first refuses."
      limits={opened.limits}
      note="Only calls of this key count."
      send={save}
      reset={
        opened.limits
          ? { label: "Remove limits", send: () => save(null) }
          : null
      }
      onClose={onClose}
    />
  );
}
