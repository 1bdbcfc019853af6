import type { Ctx } from "@/platform/context";
import type { Endpoint } from "@/shared/endpoint";
import { invalid } from "@/shared/errors";
import { etagOf, isVersioned } from "@/shared/version";
import type { Asked } from "./asked";

const list =
  /^(?:W\/)?"[\x21\x23-\x7e]*"(?:[ \t]*,[ \t]*(?:W\/)?"[\x21\x23-\x7e]*")*$/;

/**
 * The context with the versions that a change may start from, as If-Match names them (RFC 9110,
 * section 13.1.1). `*` is any: a thing that does not exist is a 404 without it, too.
 */
export function withPrecondition(
  ctx: Ctx,
  endpoint: Endpoint,
  request: Asked,
): Ctx {
  if (!endpoint.versioned || endpoint.method === "GET") return ctx;
  const given = request.headers.get("if-match")?.trim();
  if (given === undefined || given === "*") return ctx;
  if (!list.test(given))
    throw invalid([
      {
        field: "header.if-match",
        message: 'must be *, or ETags in their quotes: "…", "…"',
      },
    ]);
  // A weak tag never matches a change: its W/ stays, so it equals none of ours.
  const tags = given.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return Object.assign(ctx, { ifMatch: new Set(tags) });
}

/** The ETag header of an answer that is one versioned thing; otherwise none. */
export function etagHeader(
  endpoint: Endpoint,
  body: unknown,
): Record<string, string> | undefined {
  if (!endpoint.versioned || !isVersioned(body)) return undefined;
  return { etag: etagOf(body) };
}
