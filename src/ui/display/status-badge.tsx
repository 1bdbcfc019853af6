import { Badge } from "./badge";
import { statusLook, statusWord } from "./statuses";

export type StatusBadgeProps = {
  /** The API's word: "active", "past_due", "rotating". */
  status: string;
  /** Another word for it, in another language or with more detail ("Overdue by 4 days"). */
  label?: string;
};

/** A status as icon, word and colour; none of the three is needed to understand it. */
export function StatusBadge({ status, label }: StatusBadgeProps) {
  const { icon: Icon, tone } = statusLook(status);
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label ?? statusWord(status)}
    </Badge>
  );
}
