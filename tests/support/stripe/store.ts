import Stripe from "stripe";
import { randomText } from "@/shared/ids";
import { textOf, type Fields } from "./form";
import { missing, wrong } from "./refusals";
import {
  expandable,
  type Behavior,
  type Kind,
  type Thing,
  type Things,
} from "./shapes";

const prefixes: Record<Kind, string> = {
  customer: "cus",
  payment_method: "pm",
  payment_intent: "pi",
  charge: "ch",
  refund: "re",
  "checkout.session": "cs_test",
  setup_intent: "seti",
  subscription: "sub",
  invoice: "in",
  invoice_payment: "inpay",
  dispute: "dp",
};

/** An event as Stripe writes it: its object stands as it was then. */
export type SentEvent = {
  id: string;
  object: "event";
  api_version: string;
  created: number;
  livemode: boolean;
  type: string;
  pending_webhooks: number;
  request: { id: null; idempotency_key: null };
  data: { object: unknown; previous_attributes?: Record<string, unknown> };
};

/** What one account of Stripe holds. */
export function stripeStore(livemode: boolean) {
  const things = new Map<string, Thing>();
  const behaviors = new Map<string, Behavior>();
  const events: SentEvent[] = [];
  const now = () => Number(String(Date.now()).slice(0, -3));

  function add<K extends Kind>(
    kind: K,
    fields: Omit<Things[K], "id" | "object" | "created" | "livemode">,
  ): Things[K] {
    const id = `${prefixes[kind]}_${randomText(24).replace(/[^a-zA-Z0-9]/g, "0")}`;
    // Safe: these are what was left out.
    const thing = {
      ...{ id, object: kind, created: now(), livemode },
      ...fields,
    } as unknown as Things[K];
    things.set(id, thing);
    return thing;
  }

  function find<K extends Kind>(kind: K, id: string | null): Things[K] | null {
    const thing = id === null ? undefined : things.get(id);
    // Safe: its kind was looked at.
    return thing?.object === kind ? (thing as Things[K]) : null;
  }

  /** The thing that a path names. */
  function get<K extends Kind>(kind: K, id: string | null): Things[K] {
    const thing = find(kind, id);
    if (!thing) throw missing(kind, id ?? "");
    return thing;
  }

  /** The thing that a parameter names. */
  function named<K extends Kind>(kind: K, given: Fields, name: string) {
    const id = textOf(given[name]);
    if (!id) throw wrong(`Missing required param: ${name}.`, undefined, name);
    const thing = find(kind, id);
    if (!thing || ("deleted" in thing && thing.deleted))
      throw missing(kind, id, 400);
    return thing;
  }

  function all<K extends Kind>(
    kind: K,
    which: (thing: Things[K]) => boolean = () => true,
  ): Things[K][] {
    // Safe: the same.
    return ([...things.values()] as Things[K][])
      .filter((thing) => thing.object === kind && which(thing))
      .reverse();
  }

  function shown(thing: Thing, expand: string[] = []): object {
    const copy = structuredClone(thing) as Record<string, unknown>;
    const known = expandable[thing.object] ?? [];
    for (const path of expand) {
      const [first = "", ...rest] = path.split(".");
      if (!known.includes(first))
        throw wrong(`This property cannot be expanded (${path}).`);
      const held = copy[first];
      if (thing.object === "invoice" && first === "payments")
        copy[first] = list(
          all("invoice_payment", ({ invoice }) => invoice === thing.id),
        );
      else if (typeof held === "string")
        copy[first] = shown(
          things.get(held) ?? thing,
          rest.length ? [rest.join(".")] : [],
        );
    }
    return copy;
  }

  function list(of: Thing[], given: Fields = {}, expand: string[] = []) {
    const limit = Number(textOf(given["limit"]) ?? 10);
    if (!(limit >= 1 && limit <= 100)) throw wrong("Invalid limit.");
    const after = textOf(given["starting_after"]);
    const from = after ? of.findIndex(({ id }) => id === after) + 1 : 0;
    const inner = expand.map((path) => path.replace(/^data\./, ""));
    return {
      object: "list",
      url: "/v1",
      has_more: of.length > from + limit,
      data: of.slice(from, from + limit).map((one) => shown(one, inner)),
    };
  }

  function happen(
    type: string,
    thing: Thing,
    previous_attributes?: Record<string, unknown>,
  ): SentEvent {
    const event: SentEvent = {
      id: `evt_${randomText(24)}`,
      object: "event",
      api_version: Stripe.API_VERSION,
      created: now(),
      livemode,
      type,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      data: {
        object: shown(thing),
        ...(previous_attributes && { previous_attributes }),
      },
    };
    events.push(event);
    return event;
  }

  return {
    ...{ livemode, things, behaviors, events, now },
    ...{ add, find, get, named, all, shown, list, happen },
  };
}

export type Store = ReturnType<typeof stripeStore>;
