"use client";

import { call } from "@/client/call";
import { useRefresh } from "@/client/query";
import { useAct } from "@/client/use-act";
import { Button } from "@/ui/controls/button";
import { Badge } from "@/ui/display/badge";
import { Time } from "@/ui/display/time";
import { boostsApi, type Boost } from "../contract/boosts";
import { boostWords } from "./boost-words";

export type BoostsListProps = {
  boosts: readonly Boost[];
  mayWrite: boolean;
};

const tones = {
  current: "success",
  upcoming: "info",
  past: "neutral",
} as const;
const names = { current: "Now", upcoming: "To come", past: "Over" } as const;

/** Raises for a time: those that run, those to come and those that are over. */
export function BoostsList({ boosts, mayWrite }: BoostsListProps) {
  const { act, isPending } = useAct(useRefresh());
  if (boosts.length === 0)
    return (
      <p className="text-sm text-ink-muted">
        None. A boost raises limits or a quota for a time, and ends by itself.
      </p>
    );
  const end = ({ id, customer_id }: Boost) =>
    void act(
      () => call(boostsApi.end, { params: { customer_id, boost_id: id } }),
      { done: "Boost ended", failed: "The boost was not ended" },
    );
  return (
    <ul className="-my-2 divide-y">
      {boosts.map((boost) => (
        <li
          key={boost.id}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2"
        >
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
              {boostWords(boost)}
              <Badge tone={tones[boost.status]}>{names[boost.status]}</Badge>
              {boost.key_id ? <Badge>One key</Badge> : null}
            </p>
            <p className="text-xs break-words text-ink-faint">
              {boost.reason} · <Time value={boost.starts_at} /> –{" "}
              <Time value={boost.ends_at} />
            </p>
          </div>
          {mayWrite && boost.status !== "past" ? (
            <Button
              size="sm"
              isPending={isPending}
              aria-label={`End the boost ${boostWords(boost)} now`}
              onPress={() => end(boost)}
            >
              End now
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
