import { CircleCheck, CircleDashed, CircleMinus } from "lucide-react";
import { Badge } from "@/ui/display/badge";
import { Card } from "@/ui/display/card";

export type IntegrationListProps = {
  integrations: readonly {
    name: string;
    adds: string;
    without: string;
    variables: string[];
    state: "on" | "off" | "absent";
  }[];
};

/** The optional parts: on or off, and how to turn each on. */
export function IntegrationList({ integrations }: IntegrationListProps) {
  return (
    <Card
      title="Optional parts"
      description="Set by the environment when the app starts"
      flush
      className="max-w-3xl"
      footer="Set the variables where the app starts (in .env, or your host’s settings), then start it again."
    >
      <ul className="divide-y">
        {integrations.map(({ name, adds, without, variables, state }) => (
          <li key={name} className="flex flex-col gap-1 px-4 py-3">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <h3 className="text-sm font-medium">{name}</h3>
              <State state={state} />
            </div>
            <p className="text-sm text-ink-muted">
              {state === "on" ? adds : `${adds} Without it, ${without}`}
            </p>
            <HowTo state={state} variables={variables} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

type StateProps = { state: "on" | "off" | "absent" };

function State({ state }: StateProps) {
  if (state === "on")
    return (
      <Badge tone="success" icon={<CircleCheck aria-hidden />}>
        On
      </Badge>
    );
  if (state === "off")
    return <Badge icon={<CircleMinus aria-hidden />}>Off</Badge>;
  return (
    <Badge icon={<CircleDashed aria-hidden />}>Not in this version yet</Badge>
  );
}

function HowTo({ state, variables }: StateProps & { variables: string[] }) {
  if (state === "absent") return null;
  return (
    <p className="flex flex-wrap items-center gap-1 text-xs text-ink-faint">
      {state === "on" ? "Set by" : "To turn it on, set"}
      {variables.map((name) => (
        <code
          key={name}
          className="rounded-sm bg-muted px-1 py-0.5 font-mono text-ink-muted"
        >
          {name === "WORKER_MODE" ? "WORKER_MODE=inline" : name}
        </code>
      ))}
    </p>
  );
}
