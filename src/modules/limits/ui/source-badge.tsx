import { Badge } from "@/ui/display/badge";

export type SourceBadgeProps = {
  source: "key" | "customer" | "plan" | "default";
};

const words = {
  key: "Own",
  customer: "Own",
  plan: "Plan",
  default: "Default",
} as const;

/** Whose limit, quota or feature it is. */
export function SourceBadge({ source }: SourceBadgeProps) {
  const isOwn = source === "customer" || source === "key";
  return <Badge tone={isOwn ? "info" : "neutral"}>{words[source]}</Badge>;
}
