/**
 * One value per process for each name. The front listener's bundle and Next's bundles hold
 * separate copies of every module, and must still share pools, counters and clients.
 */
export function singleton<T>(name: string, make: () => T): T {
  const key = Symbol.for(`tollkeeper.${name}`);
  // Safe: each name is written here only, with the type that its one caller makes.
  const holder = globalThis as unknown as Record<symbol, T | undefined>;
  return (holder[key] ??= make());
}
