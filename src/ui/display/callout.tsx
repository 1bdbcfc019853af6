import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { tv } from "tailwind-variants/lite";

const calloutStyle = tv({
  base: "flex min-w-0 gap-2 rounded-lg border p-3 text-sm text-ink",
  variants: {
    tone: {
      neutral: "border-neutral-line bg-neutral-tint [&>svg]:text-neutral",
      info: "border-info-line bg-info-tint [&>svg]:text-info",
      success: "border-success-line bg-success-tint [&>svg]:text-success",
      warning: "border-warning-line bg-warning-tint [&>svg]:text-warning",
      danger: "border-danger-line bg-danger-tint [&>svg]:text-danger",
    },
    isLine: { true: "items-center", false: "items-start [&>svg]:mt-0.5" },
  },
});

const icons = {
  neutral: Info,
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
} as const;

export type CalloutProps = {
  tone?: keyof typeof icons;
  title?: ReactNode;
  children?: ReactNode;
  /** A Button or LinkButton at the right. */
  action?: ReactNode;
  /** Announces it when it appears. */
  isAlert?: boolean;
};

/** Something the reader of this page must know: "Payment failed", "Someone else changed this". */
export function Callout({
  tone = "info",
  title,
  children,
  action,
  isAlert,
}: CalloutProps) {
  const Icon = icons[tone];
  return (
    <div
      role={isAlert ? "alert" : undefined}
      className={calloutStyle({ tone, isLine: !children || !title })}
    >
      <Icon aria-hidden className="icon" />
      <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          {title ? <p className="font-medium">{title}</p> : null}
          {children}
        </div>
        {action}
      </div>
    </div>
  );
}
