"use client";

import { Globe, Monitor } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { Card } from "@/ui/display/card";
import { Time } from "@/ui/display/time";
import type { License } from "../contract";
import type { Activation } from "../contract/activations";
import { placesText } from "./license-words";

const FreeDialog = dynamic(() => import("./free-dialog"), { ssr: false });

export type ActivationsCardProps = {
  license: License;
  activations: readonly Activation[];
  /** May free a place. */
  mayWrite: boolean;
  /** For the customer's own people, who are held to the churn limit. */
  isOwn?: boolean;
};

/** Where a license is used, with a way to free each place: `?show=free&id=act_…`. */
export function ActivationsCard(props: ActivationsCardProps) {
  const { license, activations, mayWrite, isOwn = false } = props;
  const { show, id, open, close } = useDialogUrl();
  const freed = activations.find((one) => one.id === id);
  return (
    <Card title="Where it is used" description={placesText(license)} flush>
      {activations.length === 0 ? (
        <p className="px-4 py-6 text-center text-sm text-ink-muted">
          Nowhere yet. The software activates it by the key.
        </p>
      ) : (
        <ul className="divide-y">
          {activations.map((activation) => (
            <Line
              key={activation.id}
              activation={activation}
              onFree={
                mayWrite
                  ? () => void open("free", { id: activation.id })
                  : undefined
              }
            />
          ))}
        </ul>
      )}
      {mayWrite && show === "free" && freed ? (
        <FreeDialog
          license={license}
          activation={freed}
          isOwn={isOwn}
          onClose={close}
        />
      ) : null}
    </Card>
  );
}

type LineProps = {
  activation: Activation;
  onFree: (() => void) | undefined;
};

function Line({ activation, onFree }: LineProps) {
  const { kind, identifier, name, created_at, expires_at } = activation;
  const Icon = kind === "machine" ? Monitor : Globe;
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 text-sm">
      <Icon aria-hidden className="icon text-ink-faint" />
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">{name ?? identifier}</p>
        <p className="text-xs wrap-anywhere text-ink-faint">
          {name ? (
            <>
              <span className="font-mono">{identifier}</span> ·{" "}
            </>
          ) : null}
          since <Time value={created_at} format="date" /> · in use{" "}
          <Time value={activation.last_heartbeat_at} format="relative" />
          {expires_at ? (
            <>
              {" "}
              · lease ends <Time value={expires_at} format="relative" />
            </>
          ) : null}
        </p>
      </div>
      {onFree ? (
        <Button size="sm" onPress={onFree}>
          Free <span className="sr-only">{name ?? identifier}</span>
        </Button>
      ) : null}
    </li>
  );
}
