"use client";

import { Pencil, Plus, TicketPercent, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { EmptyState } from "@/ui/display/empty-state";
import type { MenuEntry } from "@/ui/overlays/menu";
import { DataTable } from "@/ui/table/data-table";
import {
  includeFilter,
  ListEmpty,
  ListFilters,
  ListPages,
} from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";
import type { Coupon } from "../contract/coupons";
import { couponColumns } from "./coupon-columns";

const CouponDialogs = dynamic(() => import("./coupon-dialogs"), { ssr: false });

export type CouponListProps = { page: Page<Coupon>; mayWrite: boolean };

/** The coupons; `?show=new-coupon`, `?show=edit-coupon|remove-coupon&id=cpn_…`. */
export function CouponList({ page, mayWrite }: CouponListProps) {
  const list = useListUrl({ filters: ["include_archived"], perPage: 50 });
  const { show, id, open } = useDialogUrl();
  return (
    <>
      <DataTable
        label="Coupons"
        columns={couponColumns}
        rows={page.items}
        rowId={(coupon) => coupon.id}
        rowLabel={({ code }) => code}
        {...(mayWrite && {
          rowActions: (coupon: Coupon) =>
            actionsOf(coupon, (dialog) => void open(dialog, { id: coupon.id })),
        })}
        isLoading={list.isPending}
        toolbar={
          <ListFilters
            list={list}
            filters={[
              includeFilter(list, "include_archived", "Archived coupons"),
            ]}
          />
        }
        empty={
          <ListEmpty list={list} page={page} things="coupons">
            <EmptyState
              icon={<TicketPercent />}
              title="No coupons yet"
              description="A coupon is a code that takes a share or an amount off a subscription: once, for some months, or for good."
              action={mayWrite ? <NewCoupon /> : null}
            />
          </ListEmpty>
        }
        footer={<ListPages list={list} page={page} />}
      />
      {show && mayWrite ? (
        <CouponDialogs
          coupon={page.items.find((one) => one.id === id) ?? null}
        />
      ) : null}
    </>
  );
}

/** Opens the dialog for a new coupon. */
export function NewCoupon() {
  const { open } = useDialogUrl();
  return (
    <Button
      variant="primary"
      icon={<Plus />}
      onPress={() => void open("new-coupon")}
    >
      New coupon
    </Button>
  );
}

function actionsOf(
  { archived_at }: Coupon,
  open: (dialog: string) => void,
): MenuEntry[] {
  if (archived_at) return [];
  return [
    {
      id: "edit",
      label: "Edit…",
      icon: <Pencil />,
      onAction: () => open("edit-coupon"),
    },
    {
      id: "remove",
      label: "Take back…",
      icon: <Trash2 />,
      tone: "danger",
      onAction: () => open("remove-coupon"),
    },
  ];
}
