/** A LIKE pattern's literal: what the person typed, with the wildcards taken as characters. */
export function literal(term: string): string {
  return term.toLowerCase().replace(/[\\%_]/g, "\\$&");
}

/**
 * Rows to read for a page far into a known total: from the nearer end, so that the deepest page
 * costs half of the table at most. `reversed` means: read in the opposite order, then turn round.
 */
export function nearerEnd(
  { skip, take }: { skip: number; take: number },
  total: number,
): { skip: number; take: number; reversed: boolean } {
  if (skip <= total / 2) return { skip, take, reversed: false };
  const last = Math.min(skip + take, total);
  return {
    skip: total - last,
    take: Math.max(0, last - skip),
    reversed: true,
  };
}
