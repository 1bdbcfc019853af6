"use client";

import { Pencil, Plus, TicketPercent, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import type { MenuEntry } from "@/ui/overlays/menu";
import { includeFilter } from "@/ui/table/list-parts";
import { ListTable } from "@/ui/table/list-table";
import type { Coupon } from "../contract/coupons";
import { couponColumns } from "./coupon-columns";

const CouponDialogs = dynamic(() => import("./coupon-dialogs"), { ssr: false });

const filters = [includeFilter("include_archived", "Archived coupons")];

export type CouponListProps = { page: Page<Coupon>; mayWrite: boolean };

/** The coupons; `?show=new-coupon`, `?show=edit-coupon|remove-coupon&id=cpn_…`. */
export function CouponList({ page, mayWrite }: CouponListProps) {
  const { show, id, open } = useDialogUrl();
  return (
    <>
      <ListTable
        things="coupons"
        page={page}
        columns={couponColumns}
        rowLabel={({ code }) => code}
        {...(mayWrite && {
          rowActions: (coupon: Coupon) =>
            actionsOf(coupon, (dialog) => void open(dialog, { id: coupon.id })),
        })}
        filters={filters}
        empty={{
          icon: <TicketPercent />,
          title: "No coupons yet",
          description:
            "A coupon is a code that takes a share or an amount off a subscription: once, for some months, or for good.",
        }}
        action={mayWrite ? <NewCoupon /> : null}
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
