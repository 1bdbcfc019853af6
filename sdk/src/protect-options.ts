import type { Call } from "./admission";
import { keyOf } from "./credentials";
import type { Hold, Subject } from "./decision";

export type Per<A extends unknown[], T> = T | ((...args: A) => T);

/** How calls of a protected handler are checked and reported; `A` is what the handler is given. */
export type ProtectOptions<A extends unknown[]> = {
  /**
   * The route's pattern, such as /pages/{id}. Unless given, it is what Express, Fastify or Hono
   * call the route, else the path, which suits paths without ids.
   */
  endpoint?: Per<A, string> | undefined;
  /** How many calls one call counts as; 1 unless given. */
  cost?: Per<A, number> | undefined;
  /** Who calls, when no `authorization: Bearer …` or `x-api-key` says so; undefined for nobody. */
  subject?: ((...args: A) => Subject | undefined) | undefined;
  /** A feature that the customer's plan must grant. */
  feature?: Per<A, string> | undefined;
  /** The meter whose quota the call takes from: `cost` of it, or what `reserve` says. */
  meter?: Per<A, string> | undefined;
  /**
   * Hold so much of the meter's quota while the call runs. It is settled at the `quantity` that the
   * handler adds by `call()`, else at what was held; a call that fails gives it back.
   */
  reserve?: Per<A, Hold> | undefined;
  /** The caller's address, for keys that are bound to addresses. */
  ip?: Per<A, string | undefined> | undefined;
};

export type Options = ProtectOptions<unknown[]>;

type Route = {
  header: (name: string) => string | undefined;
  endpoint: string;
  method: string | undefined;
};

/** What is asked of a call over HTTP: by its headers and route, as far as the options leave it open. */
export function httpCall(
  args: unknown[],
  options: Options,
  route: Route,
): Call {
  const { subject } = options;
  const key = subject ? undefined : keyOf(route.header);
  return {
    ...asked(args, options),
    subject: subject
      ? subject(...args)
      : key === undefined
        ? undefined
        : { key },
    endpoint: valueOf(options.endpoint, args) ?? route.endpoint,
    method: route.method,
  };
}

/** What is asked of a call of a plain function. */
export function functionCall(
  handler: { name: string },
  args: unknown[],
  options: Options,
): Call {
  return {
    ...asked(args, options),
    subject: options.subject?.(...args),
    endpoint: valueOf(options.endpoint, args) ?? handler.name,
  };
}

function asked(args: unknown[], options: Options) {
  return {
    handle: args[0],
    cost: valueOf(options.cost, args),
    feature: valueOf(options.feature, args),
    meter: valueOf(options.meter, args),
    reserve: valueOf(options.reserve, args),
    ip: valueOf(options.ip, args),
  };
}

function valueOf<T extends string | number | Hold>(
  value: Per<unknown[], T | undefined>,
  args: unknown[],
): T | undefined {
  return typeof value === "function" ? value(...args) : value;
}
