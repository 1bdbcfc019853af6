type Fields = Record<string, unknown>;

/** Fields whose values never go into the audit log, under any name. */
const secret = /password|secret|token|hash|^key$/i;

/**
 * What differs between two states of a thing, each side holding only the fields that changed.
 * A thing that came (`before` null) or went (`after` null) is kept whole.
 */
export function change(before: Fields | null, after: Fields | null) {
  const differs = (name: string) =>
    JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]);
  const keep = (side: Fields | null) =>
    side &&
    Object.fromEntries(
      Object.entries(side)
        .filter(([name]) => !before || !after || differs(name))
        .map(([name, value]) => [name, secret.test(name) ? "[secret]" : value]),
    );
  return { before: keep(before), after: keep(after) };
}
