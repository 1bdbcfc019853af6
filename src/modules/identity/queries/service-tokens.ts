import { sql } from "@/platform/db";
import { gather } from "@/platform/gather";
import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { singleton } from "@/platform/singleton";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { Permission } from "@/shared/permissions";
import type { ServiceToken } from "../contract";

export async function insertServiceToken(
  tx: TxCtx,
  token: {
    name: string;
    prefix: string;
    hash: Buffer;
    scopes: Permission[];
    expiresAt: string | null;
    createdBy: string | null;
  },
): Promise<ServiceToken> {
  const row = await tx.db.serviceToken.create({
    data: {
      id: toUuid(newId("stk")),
      name: token.name,
      prefix: token.prefix,
      hash: new Uint8Array(token.hash),
      scopes: token.scopes,
      expires_at: token.expiresAt,
      created_by: token.createdBy && toUuid(token.createdBy),
      created_at: tx.now(),
    },
  });
  return toServiceToken(row, tx.now());
}

export async function findServiceTokens(ctx: Ctx): Promise<ServiceToken[]> {
  const rows = await ctx.db.serviceToken.findMany({
    orderBy: { id: "desc" },
    take: 200,
  });
  return rows.map((row) => toServiceToken(row, ctx.now()));
}

export async function revokeServiceTokenRow(
  tx: TxCtx,
  id: string,
): Promise<ServiceToken | null> {
  await tx.db.serviceToken.updateMany({
    where: { id: toUuid(id), revoked_at: null },
    data: { revoked_at: tx.now() },
  });
  const row = await tx.db.serviceToken.findUnique({
    where: { id: toUuid(id) },
  });
  return row && toServiceToken(row, tx.now());
}

export type LiveToken = {
  id: string;
  name: string;
  scopes: ReadonlySet<string>;
};

/**
 * The token with this hash, unless it is revoked or expired. Calls that come at once share one
 * statement. Its last use is noted once a minute.
 */
export function findLiveToken(hash: Buffer): Promise<LiveToken | null> {
  return singleton("find-live-token", () => gather(findLiveTokens))(hash);
}

type TokenRow = {
  hash: Buffer;
  id: string;
  name: string;
  scopes: string[];
  idle: boolean;
};

async function findLiveTokens(hashes: Buffer[]): Promise<(LiveToken | null)[]> {
  // A program's calls come together, so most of a batch is one token.
  const names = hashes.map((hash) => hash.toString("latin1"));
  const distinct = new Map(names.map((name, i) => [name, hashes[i]]));
  const rows = await sql<TokenRow>(
    "live_tokens",
    `SELECT t.hash, t.id, t.name, t.scopes,
            t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute' AS idle
     FROM service_tokens t
     WHERE t.hash = ANY($1::bytea[])
       AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())`,
    [[...distinct.values()]],
  );
  const found = new Map<string, LiveToken>();
  for (const { hash, id, name, scopes } of rows)
    found.set(hash.toString("latin1"), {
      id: fromUuid("stk", id),
      name,
      scopes: new Set(scopes),
    });
  const idle = rows.filter((row) => row.idle);
  if (idle.length > 0)
    await sql(
      "touch_tokens",
      "UPDATE service_tokens SET last_used_at = now() WHERE id = ANY($1::uuid[])",
      [idle.map(({ id }) => id)],
    );
  return names.map((name) => found.get(name) ?? null);
}

function toServiceToken(
  row: Prisma.ServiceTokenGetPayload<object>,
  now: Date,
): ServiceToken {
  const isOver = row.expires_at !== null && row.expires_at <= now;
  return {
    id: fromUuid("stk", row.id),
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes as Permission[], // Safe: written from the contract's enum.
    status: row.revoked_at ? "revoked" : isOver ? "expired" : "active",
    expires_at: row.expires_at?.toISOString() ?? null,
    last_used_at: row.last_used_at?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
  };
}
