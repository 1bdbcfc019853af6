"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Limits } from "@/modules/limits/contract";
import type { Feature } from "@/modules/limits/contract/features";
import type { OwnQuotas } from "@/modules/limits/contract/quotas";
import { FeaturesList } from "@/modules/limits/ui/features-list";
import { dollars } from "@/modules/limits/ui/quota-values";
import { windowNames } from "@/ui/format/window-names";
import { Button } from "@/ui/controls/button";
import { Card } from "@/ui/display/card";
import { DescriptionList } from "@/ui/display/description-list";
import { countText } from "@/ui/format/number";

const Dialogs = dynamic(() => import("./dialogs"), { ssr: false });

export type DefaultCardsProps = {
  limits: Limits;
  quotas: OwnQuotas;
  features: readonly Feature[];
  mayWrite: boolean;
};

/** The defaults, each with its dialog behind `?show=`. */
export function DefaultCards(props: DefaultCardsProps) {
  const { limits, quotas, features, mayWrite } = props;
  const { show } = useDialogUrl();
  return (
    <>
      <Panel title="Default rate windows" dialog="limits" {...{ mayWrite }}>
        <DescriptionList
          items={windowNames.map(({ field, label }) => ({
            label,
            value: amountText(limits[field]),
          }))}
        />
      </Panel>
      <Panel title="Default quotas" dialog="quotas" {...{ mayWrite }}>
        <QuotasText quotas={quotas} />
      </Panel>
      <Panel title="Default features" dialog="features" {...{ mayWrite }}>
        <FeaturesList features={features} />
      </Panel>
      {mayWrite && show ? <Dialogs limits={limits} /> : null}
    </>
  );
}

type PanelProps = {
  title: string;
  dialog: string;
  mayWrite: boolean;
  children: ReactNode;
};

function Panel({ title, dialog, mayWrite, children }: PanelProps) {
  const { open } = useDialogUrl();
  return (
    <Card
      title={title}
      description="Of customers that have no others, of their own or by their plan"
      className="max-w-3xl"
      actions={
        mayWrite ? (
          <Button
            size="sm"
            aria-label={`Change ${title.toLowerCase()}`}
            onPress={() => void open(dialog)}
          >
            Change
          </Button>
        ) : null
      }
    >
      {children}
    </Card>
  );
}

function QuotasText({ quotas: { quotas, spend_cap } }: { quotas: OwnQuotas }) {
  if (quotas.length === 0 && !spend_cap)
    return (
      <p className="text-sm text-ink-muted">
        None: nothing but the rate windows limits use.
      </p>
    );
  const items = quotas.map(({ title, unit, limit, overage }) => ({
    label: title,
    value: `${`${amountText(limit)} ${unit}`.trim()}${overage ? ", more is billed" : ""}`,
  }));
  const cap = {
    label: "Spend cap",
    value: spend_cap?.amount ? dollars(Number(spend_cap.amount)) : "Unlimited",
  };
  return <DescriptionList items={spend_cap ? [...items, cap] : items} />;
}

function amountText(amount: number | null): string {
  return amount === null ? "Unlimited" : countText(amount);
}
