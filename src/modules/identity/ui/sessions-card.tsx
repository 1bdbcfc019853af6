"use client";

import { call } from "@/client/call";
import { useAct } from "@/client/use-act";
import { Button } from "@/ui/controls/button";
import { Badge } from "@/ui/display/badge";
import { Card } from "@/ui/display/card";
import { Time } from "@/ui/display/time";
import { sessionsApi, type Session } from "../contract/sessions";
import { agentName } from "./agent-name";

/** Where one is signed in, with the way to end each. */
export function SessionsCard({ sessions }: { sessions: readonly Session[] }) {
  return (
    <Card
      title="Sessions"
      description="Browsers and programs that are signed in as you."
      flush
    >
      <ul className="divide-y">
        {sessions.map((session) => (
          <SessionLine key={session.id} session={session} />
        ))}
      </ul>
    </Card>
  );
}

function SessionLine({ session }: { session: Session }) {
  const { isPending, act } = useAct();
  const name = agentName(session);
  const params = { session_id: session.id };
  const end = () =>
    act(() => call(sessionsApi.revoke, { params }), {
      done: `${name} is signed out`,
      failed: "The session was not ended",
    });
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm">
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate font-medium">
          {name}{" "}
          {session.is_current ? <Badge tone="success">This one</Badge> : null}
        </p>
        <p className="truncate text-xs text-ink-faint">
          {session.ip ?? "Unknown address"} · signed in{" "}
          <Time value={session.created_at} format="relative" /> · last seen{" "}
          <Time value={session.last_seen_at} format="relative" />
        </p>
      </div>
      {session.is_current ? null : (
        <Button size="sm" isPending={isPending} onPress={() => void end()}>
          Sign out <span className="sr-only">{name}</span>
        </Button>
      )}
    </li>
  );
}
