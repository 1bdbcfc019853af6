import type { Filter } from "@/ui/display/filter-chips";

/** The filter that brings revoked keys into a list; they are left out without it. */
export function revokedFilter(filters: Record<string, string | null>): Filter {
  return {
    id: "include_revoked",
    label: "Revoked keys",
    options: [{ id: "true", label: "Shown too" }],
    value: filters["include_revoked"] === "true" ? "true" : null,
  };
}
