import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { formatMoney } from "@/shared/money";
import type { PublicPlan } from "../contract";
import type { Interval } from "../contract/terms";
import {
  chargeLines,
  featureText,
  intervalNames,
  isGranted,
  limitLines,
} from "./plan-words";

export type PlanCardProps = {
  plan: Pick<
    PublicPlan,
    | "name"
    | "description"
    | "prices"
    | "trial_days"
    | "limits"
    | "features"
    | "charges"
  >;
  currency: string;
  interval: Interval;
  /** Over the name: "Your plan". */
  badge?: ReactNode;
  /** The button at its foot: "Choose Pro". */
  action?: ReactNode;
  /** The level of the name among the page's headings. */
  level?: 2 | 3;
};

/** A plan as a customer sees it, on price pages. */
export function PlanCard({
  plan,
  currency,
  interval,
  badge,
  action,
  level = 3,
}: PlanCardProps) {
  const Heading = level === 2 ? "h2" : "h3";
  const charges = plan.charges.filter((one) => one.currency === currency);
  return (
    <article className="flex min-w-0 flex-col gap-4 rounded-lg border bg-canvas p-5">
      <header className="flex flex-col gap-1">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Heading className="min-w-0 text-base font-semibold break-words">
            {plan.name}
          </Heading>
          {badge}
        </div>
        {plan.description ? (
          <p className="text-sm text-ink-muted">{plan.description}</p>
        ) : null}
      </header>
      <Price {...{ plan, currency, interval }} />
      {action}
      <ul className="flex flex-col gap-2 border-t pt-4 text-sm">
        {plan.features.map((feature) => {
          const charge =
            feature.kind === "metered" && feature.overage
              ? charges.find(({ meter }) => meter === feature.meter)
              : undefined;
          return (
            <Line
              key={feature.feature}
              isGranted={isGranted(feature)}
              title={feature.title}
              value={featureText(feature)}
              more={charge ? beyond(chargeLines(charge)) : []}
            />
          );
        })}
        {charges
          .filter(({ meter }) => !names(plan).includes(meter))
          .map((charge) => (
            <Line
              key={`charge ${charge.meter}`}
              isGranted
              title={charge.meter_title}
              value="as you use it"
              more={chargeLines(charge)}
            />
          ))}
        {limitLines(plan.limits).map((line) => (
          <Line key={line} isGranted title={`At most ${line}`} value="" />
        ))}
      </ul>
    </article>
  );
}

function beyond(lines: string[]): string[] {
  return lines.length > 1
    ? ["beyond that:", ...lines]
    : lines.map((line) => `beyond that ${line}`);
}

function names({ features }: Pick<PublicPlan, "features">): string[] {
  return features.flatMap((one) => (one.kind === "metered" ? [one.meter] : []));
}

function Price({
  plan,
  currency,
  interval,
}: Pick<PlanCardProps, "plan" | "currency" | "interval">) {
  const found = plan.prices.find(
    (one) => one.interval === interval && one.price.currency === currency,
  );
  if (!found)
    return (
      <p className="text-sm text-ink-muted">
        {`Not sold in ${currency} by the ${interval}`}
      </p>
    );
  return (
    <div>
      <p className="flex flex-wrap items-baseline gap-x-1.5">
        <span className="text-xl font-semibold tabular-nums">
          {found.price.amount === 0 ? "Free" : formatMoney(found.price)}
        </span>
        {found.price.amount === 0 ? null : (
          <span className="text-sm text-ink-muted">
            {intervalNames[interval]}
          </span>
        )}
      </p>
      {plan.trial_days > 0 ? (
        <p className="mt-1 text-sm text-ink-muted">
          {plan.trial_days === 1
            ? "The first day is free"
            : `The first ${plan.trial_days} days are free`}
        </p>
      ) : null}
    </div>
  );
}

type LineProps = {
  isGranted: boolean;
  title: string;
  value: string;
  more?: readonly string[];
};

function Line({ isGranted: granted, title, value, more = [] }: LineProps) {
  const Icon = granted ? Check : Minus;
  return (
    <li className={`flex gap-2 ${granted ? "" : "text-ink-faint"}`}>
      <Icon
        aria-hidden
        className={`icon mt-0.5 ${granted ? "text-success" : ""}`}
      />
      <div className="min-w-0">
        <span className="break-words">{title}</span>
        {value ? <span className="text-ink-muted">{` · ${value}`}</span> : null}
        {more.map((line) => (
          <p key={line} className="text-xs text-ink-muted">
            {line}
          </p>
        ))}
      </div>
    </li>
  );
}
