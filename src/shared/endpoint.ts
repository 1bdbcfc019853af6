import type * as z from "zod";
import type { Capability } from "./capabilities";
import type { ErrorCode } from "./errors";
import type { Permission } from "./permissions";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Who may call: people at the dashboard, a customer's people, service tokens, anyone. */
export type Audience = "staff" | "customer" | "service" | "public";

/** Which budget of the app's own API a call counts against; `hot` endpoints have none. */
export type LimitClass =
  "general" | "auth" | "tenants" | "tickets" | "licenses" | "hot";

type Schema = z.ZodType | undefined;

/** One definition that the handler, OpenAPI, forms, the client and the tests all read. */
export type Endpoint<
  P extends Schema = Schema,
  Q extends Schema = Schema,
  B extends Schema = Schema,
  R extends z.ZodType = z.ZodType,
> = {
  /** `module.verb` */
  id: `${string}.${string}`;
  method: Method;
  /** below /api, with `{name}` for parameters */
  path: `/v1/${string}`;
  summary: string;
  description?: string;
  audience: readonly Audience[];
  /** what the caller's role or scopes must hold; none for public endpoints */
  permission?: Permission;
  /** what a customer's people must be left to do by themselves */
  capability?: Capability;
  /** whether a person may call it who must first change a password or turn on two-factor */
  isOpen: boolean;
  limit: LimitClass;
  /** whether answers carry an ETag, and a change under If-Match that does not fit is a 412 */
  versioned: boolean;
  status: 200 | 201 | 202 | 204;
  /** bytes of body that are read; 1 MB unless said */
  bodyLimit: number;
  /** the codes, beside those that every endpoint has */
  errors: readonly ErrorCode[];
  /** the body is a file: its bytes as they are, up to bodyLimit, and no JSON */
  isUpload: boolean;
  /** the types of a file that is answered in place of JSON */
  files?: readonly string[];
  /** a body that works, for the documents */
  example?: unknown;
  params: P;
  query: Q;
  body: B;
  response: R;
};

type Optional =
  | "isOpen"
  | "limit"
  | "versioned"
  | "status"
  | "bodyLimit"
  | "isUpload"
  | "errors";
type Definition<P, Q, B, R> = Omit<
  Endpoint,
  Optional | "params" | "query" | "body" | "response"
> &
  Partial<Pick<Endpoint, Optional>> & {
    params?: P;
    query?: Q;
    body?: B;
    response: R;
  };

/** Define an endpoint. Query and body schemas should be strict: an unknown key is a 400. */
export function endpoint<
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
  R extends z.ZodType = z.ZodType,
>(definition: Definition<P, Q, B, R>): Endpoint<P, Q, B, R> {
  const { params, query, body, ...rest } = definition;
  return {
    isOpen: false,
    limit: "general",
    versioned: false,
    status: 200,
    bodyLimit: 1_000_000,
    isUpload: false,
    errors: [],
    ...rest,
    // Safe: an omitted schema is undefined, which is what its type parameter then says.
    params: params as P,
    query: query as Q,
    body: body as B,
  };
}

type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

/** What a handler gets: each part as its schema put it out. */
export type Parsed<E> =
  E extends Endpoint<infer P, infer Q, infer B>
    ? { params: Out<P>; query: Out<Q>; body: Out<B> }
    : never;

type Given<K extends string, S> = S extends z.ZodType
  ? { [key in K]: z.input<S> }
  : unknown;

/** What a caller gives. */
export type CallInput<E> =
  E extends Endpoint<infer P, infer Q, infer B>
    ? Given<"params", P> & Given<"query", Q> & Given<"body", B>
    : never;

/** What a handler returns, and what a caller receives. */
export type Reply<E> = E extends { response: infer R extends z.ZodType }
  ? z.input<R>
  : never;
export type Received<E> = E extends { response: infer R extends z.ZodType }
  ? z.output<R>
  : never;
