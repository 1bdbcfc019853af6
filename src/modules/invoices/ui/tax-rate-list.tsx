"use client";

import { Archive, Percent, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { includeFilter } from "@/ui/table/list-parts";
import { ListTable } from "@/ui/table/list-table";
import type { TaxRate } from "../contract/tax-rates";
import { taxRateColumns } from "./tax-rate-columns";

const TaxRateDialogs = dynamic(() => import("./tax-rate-dialogs"), {
  ssr: false,
});

const filters = [includeFilter("include_archived", "Archived rates")];

export type TaxRateListProps = { page: Page<TaxRate>; mayWrite: boolean };

/** The rates of tax; `?show=new-tax-rate`, `?show=archive-tax-rate&id=txr_…`. */
export function TaxRateList({ page, mayWrite }: TaxRateListProps) {
  const { show, id, open } = useDialogUrl();
  return (
    <>
      <ListTable
        things="tax rates"
        page={page}
        columns={taxRateColumns}
        rowLabel={({ name, rate }) => `${name} ${rate}%`}
        {...(mayWrite && {
          rowActions: (rate: TaxRate) =>
            rate.archived_at
              ? []
              : [
                  {
                    id: "archive",
                    label: "Archive…",
                    icon: <Archive />,
                    tone: "danger" as const,
                    onAction: () =>
                      void open("archive-tax-rate", { id: rate.id }),
                  },
                ],
        })}
        filters={filters}
        empty={{
          icon: <Percent />,
          title: "No tax rates yet",
          description:
            "A rate is for a country, a part of one, or everywhere, from a day on. Invoices take the one of their customer’s place when they are finalized.",
        }}
        action={mayWrite ? <NewTaxRate /> : null}
      />
      {show && mayWrite ? (
        <TaxRateDialogs
          rate={page.items.find((one) => one.id === id) ?? null}
        />
      ) : null}
    </>
  );
}

/** Opens the dialog for a new rate. */
export function NewTaxRate() {
  const { open } = useDialogUrl();
  return (
    <Button
      variant="primary"
      icon={<Plus />}
      onPress={() => void open("new-tax-rate")}
    >
      New tax rate
    </Button>
  );
}
