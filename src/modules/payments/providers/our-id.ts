import { idOf, type IdPrefix } from "@/shared/ids";

/** An id of ours that a provider kept along; null for whatever else somebody wrote there. */
export function ourId(
  prefix: IdPrefix,
  value: string | null | undefined,
): string | null {
  return idOf(prefix).safeParse(value).data ?? null;
}
