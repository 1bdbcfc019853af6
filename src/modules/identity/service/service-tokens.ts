import { record } from "@/modules/audit";
import { authorize, may, type Actor, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { singleton } from "@/platform/singleton";
import { hashSecret, isSecret, makeSecret } from "@/platform/secret";
import { DomainError, notFound } from "@/shared/errors";
import type { ServiceToken, ServiceTokenInput } from "../contract";
import {
  findLiveToken,
  findServiceTokens,
  insertServiceToken,
  revokeServiceTokenRow,
} from "../queries/service-tokens";

const prefix = "tk_";
const purpose = "service-token";

/** Issue a token; `token` in the answer is its secret, never to be had again. */
export async function issueServiceToken(
  ctx: Ctx,
  input: ServiceTokenInput,
): Promise<ServiceToken & { token: string }> {
  authorize(ctx, "settings:write");
  const beyond = input.scopes.filter((scope) => !may(ctx.actor, scope));
  if (beyond.length > 0)
    throw new DomainError(
      "FORBIDDEN",
      `You cannot give what you do not have: ${beyond.join(", ")}.`,
      { permissions: beyond },
    );
  const secret = makeSecret(prefix);
  return transaction(ctx, async (tx) => {
    const token = await insertServiceToken(tx, {
      name: input.name,
      prefix: secret.slice(0, 7),
      hash: hashSecret(purpose, secret),
      scopes: [...new Set(input.scopes)],
      expiresAt: input.expires_at ?? null,
      createdBy: tx.actor.kind === "staff" ? tx.actor.userId : null,
    });
    await record(tx, {
      action: "service_token.issued",
      target: { kind: "service_token", id: token.id },
      after: token,
    });
    return { ...token, token: secret };
  });
}

/** All tokens, newest first, without their secrets. Needs settings:read. */
export async function listServiceTokens(ctx: Ctx) {
  authorize(ctx, "settings:read");
  return { items: await findServiceTokens(ctx) };
}

/** Revoke a token: its next request is refused. Needs settings:write; throws NOT_FOUND. */
export async function revokeServiceToken(ctx: Ctx, id: string) {
  authorize(ctx, "settings:write");
  return transaction(ctx, async (tx) => {
    const token = await revokeServiceTokenRow(tx, id);
    if (!token) throw notFound("service token");
    await record(tx, {
      action: "service_token.revoked",
      target: { kind: "service_token", id },
      after: { name: token.name, revoked_at: token.revoked_at },
    });
    return token;
  });
}

/** Who a bearer token speaks for, or null when it is not one of ours, expired or revoked. */
export async function tokenActor(secret: string): Promise<Actor | null> {
  if (!isSecret(prefix, secret)) return null;
  const hash = hashSecret(purpose, secret);
  const token = await findLiveToken(hash);
  const text = hash.toString("base64");
  if (!token) {
    knownActors().delete(text);
    return null;
  }
  const { id: tokenId, name, scopes } = token;
  return know(text, { kind: "service", tokenId, name, scopes });
}

/**
 * Who a token spoke for when this process last saw it live, or null: for what may go on while the
 * database does not answer. It may have been revoked since.
 */
export function lastTokenActor(secret: string): Actor | null {
  if (!isSecret(prefix, secret)) return null;
  const text = hashSecret(purpose, secret).toString("base64");
  return knownActors().get(text) ?? null;
}

const mostKnown = 1_000;

function know(text: string, actor: Actor): Actor {
  const known = knownActors();
  if (!known.has(text) && known.size >= mostKnown) known.clear();
  known.set(text, actor);
  return actor;
}

function knownActors() {
  return singleton("known-tokens", () => new Map<string, Actor>());
}
