/** Numbers that look random and are the same in each run (mulberry32). */
export function dice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    /** from 0 to 1 */
    next,
    /** a whole number from `min` to `max` */
    whole: (min: number, max: number) =>
      min + Math.floor(next() * (max - min + 1)),
    /** one of a list */
    one: <T>(list: readonly T[]): T => {
      const found = list[Math.floor(next() * list.length)];
      if (found === undefined) throw new Error("Nothing to choose from");
      return found;
    },
    chance: (part: number) => next() < part,
  };
}

export type Dice = ReturnType<typeof dice>;
