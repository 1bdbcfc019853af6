import type { Actor } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import type { StaffRole } from "@/shared/permissions";

/** Who asks for work that a job does, as a row keeps them. */
export function actorFields(actor: Actor) {
  const none = { actor_id: null, actor_role: null, actor_name: actor.name };
  if (actor.kind === "staff")
    return {
      ...{ ...none, actor_kind: actor.kind, actor_role: actor.role },
      actor_id: toUuid(actor.userId),
    };
  if (actor.kind === "service")
    return {
      ...{ ...none, actor_kind: actor.kind },
      actor_id: toUuid(actor.tokenId),
    };
  return { ...none, actor_kind: "system" };
}

type ActorRow = {
  actor_kind: string;
  actor_id: string | null;
  actor_name: string;
  actor_role: string | null;
};

/** Who asked, with the right that they had as they did. */
export function toActor(row: ActorRow): Actor {
  const name = row.actor_name;
  if (row.actor_kind === "staff" && row.actor_id)
    return {
      kind: "staff",
      userId: fromUuid("usr", row.actor_id),
      name,
      role: row.actor_role as StaffRole, // Safe: written by actorFields.
      sessionId: "",
      hasTwoFactor: false,
      restriction: null,
    };
  if (row.actor_kind === "service" && row.actor_id)
    return {
      kind: "service",
      tokenId: fromUuid("stk", row.actor_id),
      name,
      scopes: new Set(["customers:write", "customers:read"]),
    };
  return { kind: "system", name };
}
