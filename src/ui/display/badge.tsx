import type { ReactNode } from "react";

export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

const tones: Record<Tone, string> = {
  neutral: "border-neutral-line bg-neutral-tint text-neutral",
  info: "border-info-line bg-info-tint text-info",
  success: "border-success-line bg-success-tint text-success",
  warning: "border-warning-line bg-warning-tint text-warning",
  danger: "border-danger-line bg-danger-tint text-danger",
};

export type BadgeProps = {
  children: ReactNode;
  tone?: Tone;
  icon?: ReactNode;
  className?: string;
};

/** A short word about a thing: a tag, a plan, "Test". */
export function Badge({
  children,
  tone = "neutral",
  icon,
  className = "",
}: BadgeProps) {
  return (
    <span
      className={`inline-flex h-5 max-w-full items-center gap-1 rounded-md border px-1.5 align-middle text-xs font-medium whitespace-nowrap [&>svg]:h-3 [&>svg]:w-3 [&>svg]:shrink-0 ${tones[tone]} ${className}`}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
