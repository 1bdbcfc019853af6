/** Where a path of one of the united systems is served now, in the syntax of Next's rewrites. */
export const rewrites: { source: string; destination: string }[];
