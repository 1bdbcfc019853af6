"use client";

import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { toast } from "@/ui/display/toaster";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { couponsApi, type Coupon } from "../contract/coupons";
import { couponText } from "./coupon-columns";
import { EditCouponDialog, NewCouponDialog } from "./coupon-form-dialogs";

/** `?show=new-coupon`, and `?show=edit-coupon|remove-coupon` of the one that the address names. */
export default function CouponDialogs({ coupon }: { coupon: Coupon | null }) {
  const { show, close } = useDialogUrl();
  const onDone = useDone();
  const given = { onClose: () => void close(), onDone };
  if (show === "new-coupon") return <NewCouponDialog {...given} />;
  if (!coupon || coupon.archived_at) return null;
  if (show === "edit-coupon")
    return <EditCouponDialog {...given} coupon={coupon} />;
  if (show === "remove-coupon")
    return <RemoveDialog {...given} coupon={coupon} />;
  return null;
}

export type CouponDialogProps = {
  onClose: () => void;
  onDone: () => Promise<void>;
};

function RemoveDialog({
  coupon,
  onClose,
  onDone,
}: CouponDialogProps & { coupon: Coupon }) {
  const confirm = useConfirm(async () => {
    await call(couponsApi.remove, { params: { coupon_id: coupon.id } });
    await onDone();
    toast.success(`${coupon.code} is taken back`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Take ${coupon.code} back?`}
      description={couponText(coupon)}
      consequences={[
        "Nobody can use it any more.",
        coupon.redemptions > 0
          ? "What it was used for keeps it. It stays in the records, archived."
          : "It was never used, so it is deleted.",
      ]}
      confirmLabel="Take back"
      {...confirm}
    />
  );
}
