"use client";

import { useState } from "react";
import { useWatch, type Control } from "react-hook-form";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { useSeen } from "@/client/use-seen";
import { DayField } from "@/ui/dates/day-field";
import { Time } from "@/ui/display/time";
import { toast } from "@/ui/display/toaster";
import { RadioGroup } from "@/ui/forms/radio-group";
import { useFormField } from "@/ui/forms/use-form-field";
import { timeText } from "@/ui/format/time";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { customersApi, type Customer, type CustomerPatch } from "../contract";
import { endOfDay, lastDay, renewedDay } from "./last-day";

export type RenewAccessDialogProps = {
  customer: Customer;
  onClose: () => void;
  onSaved: (customer: Customer) => Promise<void> | void;
};

type Values = { by: "month" | "year" | "day"; expires_on: string | null };

const labels = { by: "Renew access", expires_on: "Last day of access" };

/** Renews a customer's access by 30 days or a year, or until a day; the new end is shown first. */
export function RenewAccessDialog({
  customer,
  onClose,
  onSaved,
}: RenewAccessDialogProps) {
  const params = { customer_id: customer.id };
  const { opened, change } = useSeen(customer, {
    reread: () => call(customersApi.get, { params }),
  });
  const [now] = useState(() => new Date());
  const [days] = useState(() => daysOf(opened, now));
  const dayOf = ({ by, expires_on }: Values) =>
    by === "day" ? expires_on : days[by];
  const form = useContractForm<Values, CustomerPatch>({
    schema: customersApi.update.body,
    defaultValues: { by: "month", expires_on: null },
    labels,
    toBody: (values) => ({
      expires_at: endOfDay(dayOf(values), opened.time_zone),
    }),
    toField: () => "expires_on",
    check: (values) => problemOf(dayOf(values), days.today),
    send: async (body) => {
      const saved = await change((ifMatch) =>
        call(customersApi.update, { params, body }, { ifMatch }),
      );
      await onSaved(saved);
      const last = lastDay(saved.expires_at, saved.time_zone);
      toast.success(
        `${saved.name} has access until the end of ${dayText(last)}`,
      );
    },
  });
  return (
    <FormDialog
      form={form}
      title={`Renew the access of ${opened.name}`}
      description={<Standing customer={opened} now={now} />}
      size="sm"
      submitLabel="Renew access"
      failure="The access was not renewed"
      onClose={onClose}
    >
      <Choice control={form.control} days={days} />
    </FormDialog>
  );
}

type Days = { today: string; month: string; year: string };

function Choice({ control, days }: { control: Control<Values>; days: Days }) {
  const by = useWatch({ control, name: "by" });
  const { inputRef: _, ...choice } = useFormField(control, "by");
  const expiresOn = useFormField(control, "expires_on");
  return (
    <>
      <RadioGroup
        label={labels.by}
        look="cards"
        options={[
          { id: "month", label: "By 30 days", description: until(days.month) },
          { id: "year", label: "By 1 year", description: until(days.year) },
          { id: "day", label: "Until a day of your choice" },
        ]}
        {...choice}
      />
      {by === "day" ? (
        <DayField label={labels.expires_on} {...expiresOn} />
      ) : null}
    </>
  );
}

function daysOf(customer: Customer, now: Date): Days {
  return {
    today: renewedDay({ ...customer, expires_at: null }, {}, now),
    month: renewedDay(customer, { days: 30 }, now),
    year: renewedDay(customer, { years: 1 }, now),
  };
}

function problemOf(day: string | null, today: string): Record<string, string> {
  if (day === null) return { expires_on: "is required" };
  return day < today ? { expires_on: "must not lie in the past" } : {};
}

function Standing({ customer, now }: { customer: Customer; now: Date }) {
  const { expires_at: at } = customer;
  if (at === null)
    return "Its access has no end now; with a renewal it gets one.";
  return (
    <>
      {new Date(at) <= now ? "Its access ended " : "It has access until "}
      <Time value={at} />.
    </>
  );
}

function until(day: string): string {
  return `Until the end of ${dayText(day)}`;
}

function dayText(day: string | null): string {
  return day ? timeText(new Date(`${day}T00:00:00Z`), "date", "UTC") : "";
}
