import type { Prisma } from "@/platform/db/generated/client";
import type { CustomerQuery } from "../contract";

/** The order of the list, each an index's. */
export function toOrder(
  sort: CustomerQuery["sort_by"],
  direction: "asc" | "desc",
): Prisma.CustomerOrderByWithRelationInput[] {
  const tie = { id: direction };
  switch (sort) {
    case "created_at":
      return [{ created_at: direction }, tie];
    case "name":
      return [{ sort_name: direction }, tie];
    case "email":
      return [{ email: direction }];
    case "status":
      return newestWithin(direction);
    case "balance":
      return [{ balance_minor: direction }, tie];
    case "revenue":
      return [{ revenue_minor: direction }, tie];
    case "expires_at":
      return [{ expires_at: direction }, tie];
    default:
      return sort satisfies never;
  }
}

// The order of the index on status: the newest first within one when it ascends.
function newestWithin(
  status: "asc" | "desc",
): Prisma.CustomerOrderByWithRelationInput[] {
  const age = status === "asc" ? "desc" : "asc";
  return [{ status }, { created_at: age }, { id: age }];
}
