import {
  Ban,
  Circle,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleMinus,
  CirclePause,
  CircleX,
  Clock,
  LoaderCircle,
  RotateCw,
  TriangleAlert,
  Undo2,
  type LucideIcon,
} from "lucide-react";
import type { Tone } from "./badge";

export type StatusLook = { icon: LucideIcon; tone: Tone };

const good = { icon: CircleCheck, tone: "success" } as const;
const waiting = { icon: Clock, tone: "info" } as const;
const working = { icon: LoaderCircle, tone: "info" } as const;
const paused = { icon: CirclePause, tone: "warning" } as const;
const warned = { icon: TriangleAlert, tone: "warning" } as const;
const failed = { icon: CircleX, tone: "danger" } as const;
const over = { icon: CircleMinus, tone: "neutral" } as const;
const banned = { icon: Ban, tone: "danger" } as const;
const draft = { icon: CircleDashed, tone: "neutral" } as const;

/** How each status word of the API looks, everywhere. */
const looks: Record<string, StatusLook> = {
  pending: waiting,
  active: good,
  suspended: paused,
  archived: over,
  disabled: { icon: CircleMinus, tone: "neutral" },
  expired: warned,
  revoked: banned,
  rotating: { icon: RotateCw, tone: "info" },
  incomplete: draft,
  incomplete_expired: over,
  trialing: { icon: CircleDot, tone: "info" },
  past_due: warned,
  paused,
  canceled: over,
  unpaid: failed,
  draft,
  open: { icon: Circle, tone: "info" },
  paid: good,
  void: over,
  uncollectible: failed,
  overdue: warned,
  partially_paid: { icon: CircleDot, tone: "warning" },
  succeeded: good,
  failed,
  processing: working,
  requires_action: warned,
  refunded: { icon: Undo2, tone: "neutral" },
  partially_refunded: { icon: Undo2, tone: "warning" },
  disputed: warned,
  won: good,
  lost: failed,
  on_hold: paused,
  resolved: good,
  closed: over,
  queued: waiting,
  running: working,
  provisioning: working,
  terminating: working,
  terminated: over,
  restoring: working,
  deleting: working,
  deleted: over,
  delivered: good,
  retrying: { icon: RotateCw, tone: "warning" },
  dead: failed,
  ignored: over,
  processed: good,
  received: waiting,
  published: good,
  retired: over,
  invited: waiting,
  enabled: good,
  low: { icon: Circle, tone: "neutral" },
  normal: { icon: Circle, tone: "neutral" },
  medium: { icon: CircleDot, tone: "neutral" },
  high: { icon: TriangleAlert, tone: "warning" },
  urgent: { icon: TriangleAlert, tone: "danger" },
  healthy: good,
  degraded: warned,
  down: failed,
  ok: good,
  in_force: good,
  scheduled: waiting,
  past: over,
  withdrawn: over,
};

/** Icon and tone of a status; a word unknown here looks neutral. */
export function statusLook(status: string): StatusLook {
  return looks[status] ?? { icon: Circle, tone: "neutral" };
}

/** `past_due` → `Past due`: the API's own word, readable. */
export function statusWord(status: string): string {
  const words = status.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
