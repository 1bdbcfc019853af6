// What this copy has asked for before: a request asks for a dozen.
const found = new Map<string, unknown>();

/**
 * One value per process for each name. The front listener's bundle and Next's bundles hold
 * separate copies of every module, and must still share pools, counters and clients.
 */
export function singleton<T>(name: string, make: () => T): T {
  // Safe, here and below: each name is of one caller, and has the type that this one makes.
  const known = found.get(name) as T | null | undefined;
  if (known !== undefined && known !== null) return known;
  const key = Symbol.for(`tollkeeper.${name}`);
  const holder = globalThis as unknown as Record<symbol, T | undefined>;
  const value = (holder[key] ??= make());
  found.set(name, value);
  return value;
}
