import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const tones = {
  neutral: {
    icon: Info,
    look: "border-neutral-line bg-neutral-tint [&>svg]:text-neutral",
  },
  info: { icon: Info, look: "border-info-line bg-info-tint [&>svg]:text-info" },
  success: {
    icon: CircleCheck,
    look: "border-success-line bg-success-tint [&>svg]:text-success",
  },
  warning: {
    icon: TriangleAlert,
    look: "border-warning-line bg-warning-tint [&>svg]:text-warning",
  },
  danger: {
    icon: CircleAlert,
    look: "border-danger-line bg-danger-tint [&>svg]:text-danger",
  },
} as const;

export type CalloutProps = {
  tone?: keyof typeof tones;
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
  const { icon: Icon, look } = tones[tone];
  const isLine = !children || !title;
  return (
    <div
      role={isAlert ? "alert" : undefined}
      className={`flex min-w-0 gap-2 rounded-lg border p-3 text-sm text-ink ${isLine ? "items-center" : "items-start [&>svg]:mt-0.5"} ${look}`}
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
