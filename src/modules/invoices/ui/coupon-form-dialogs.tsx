"use client";

import { useWatch, type Control } from "react-hook-form";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { InstantField } from "@/ui/dates/instant-field";
import { toast } from "@/ui/display/toaster";
import { NumberField } from "@/ui/forms/number-field";
import { Select } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import {
  couponsApi,
  type Coupon,
  type CouponInput,
  type CouponPatch,
} from "../contract/coupons";
import type { CouponDialogProps } from "./coupon-dialogs";
import {
  blankCoupon,
  checkCoupon,
  couponLabels as labels,
  durations,
  kinds,
  laterBody,
  toCouponBody,
  toCouponField,
  type CouponValues,
  type LaterValues,
} from "./coupon-values";

/** Makes a coupon. */
export function NewCouponDialog({ onClose, onDone }: CouponDialogProps) {
  const form = useContractForm<CouponValues, CouponInput>({
    schema: couponsApi.create.body,
    defaultValues: blankCoupon,
    labels,
    toBody: toCouponBody,
    toField: toCouponField,
    check: checkCoupon,
    send: async (body) => {
      const { code } = await call(couponsApi.create, { body });
      await onDone();
      toast.success(`${code} is created`);
    },
  });
  const { control } = form;
  return (
    <FormDialog
      form={form}
      title="New coupon"
      submitLabel="Create coupon"
      failure="The coupon was not created"
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={labels.code}
          isRequired
          autoFocus
          mono
          autoComplete="off"
          placeholder="LAUNCH20"
          description="What customers type."
          {...useFormField(control, "code")}
        />
        <TextField
          label={labels.name}
          isRequired
          autoComplete="off"
          placeholder="Launch"
          description="As invoices say it."
          {...useFormField(control, "name")}
        />
      </div>
      <Off control={control} />
      <Length control={control} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Bounds control={control} />
      </div>
    </FormDialog>
  );
}

type Bound = { control: Control<CouponValues> };

function Off({ control }: Bound) {
  const kind = useWatch({ control, name: "kind" });
  const percent = useFormField(control, "percent");
  const amount = useFormField(control, "amount");
  const currency = useFormField(control, "currency");
  const text = { isRequired: true, autoComplete: "off" } as const;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Select
        label={labels.kind}
        options={kinds}
        {...useFormField(control, "kind")}
      />
      {kind === "percent" ? (
        <TextField
          label={labels.percent}
          suffix="%"
          inputMode="decimal"
          {...text}
          {...percent}
        />
      ) : (
        <div className="grid grid-cols-[1fr_6rem] gap-2">
          <TextField
            label={labels.amount}
            inputMode="decimal"
            {...text}
            {...amount}
          />
          <TextField label={labels.currency} {...text} {...currency} />
        </div>
      )}
    </div>
  );
}

function Length({ control }: Bound) {
  const duration = useWatch({ control, name: "duration" });
  const months = useFormField(control, "months");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Select
        label={labels.duration}
        options={durations}
        {...useFormField(control, "duration")}
      />
      {duration === "repeating" ? (
        <NumberField
          label={labels.months}
          isRequired
          minValue={1}
          maxValue={120}
          {...months}
        />
      ) : null}
    </div>
  );
}

/** Changes what of a coupon may change once it is out. */
export function EditCouponDialog({
  coupon,
  onClose,
  onDone,
}: CouponDialogProps & { coupon: Coupon }) {
  const form = useContractForm<LaterValues, CouponPatch>({
    schema: couponsApi.update.body,
    defaultValues: {
      name: coupon.name,
      max_redemptions: coupon.max_redemptions ?? NaN,
      expires_at: coupon.expires_at,
    },
    labels,
    toBody: laterBody,
    send: async (body) => {
      await call(couponsApi.update, { params: { coupon_id: coupon.id }, body });
      await onDone();
      toast.success(`${coupon.code} is saved`);
    },
  });
  const { control } = form;
  return (
    <FormDialog
      form={form}
      title={`Edit ${coupon.code}`}
      description="What it takes off, and for how long, stays as it was promised."
      size="sm"
      submitLabel="Save coupon"
      failure="The coupon was not saved"
      onClose={onClose}
    >
      <TextField
        label={labels.name}
        isRequired
        autoComplete="off"
        {...useFormField(control, "name")}
      />
      <Bounds control={control} />
    </FormDialog>
  );
}

/** How often, and until when, a coupon can be used: the fields of both forms. */
function Bounds<V extends LaterValues>({ control }: { control: Control<V> }) {
  // Safe: it binds to the fields that all of these forms have.
  const later = control as unknown as Control<LaterValues>;
  return (
    <>
      <NumberField
        label={labels.max_redemptions}
        isOptional
        minValue={1}
        description="Empty: any number of times."
        {...useFormField(later, "max_redemptions")}
      />
      <InstantField
        label={labels.expires_at}
        isOptional
        description="Empty: until further notice."
        {...useFormField(later, "expires_at")}
      />
    </>
  );
}
