/** Random choices from a repeatable source of numbers from 0 to 1. */
export function dice(random: () => number) {
  const whole = (below: number) => Math.floor(random() * below);
  return {
    whole,
    chance: (share: number) => random() < share,
    pick<T>(from: readonly T[]): T {
      return from[whole(from.length)] as T; // Safe: the lists are not empty.
    },
    /** from 0 on, in quarters, which floating point holds exactly */
    quarters: (below: number) => whole(below * 4) / 4,
    id(): string {
      const hex = Array.from({ length: 32 }, () => whole(16).toString(16));
      hex[12] = "7";
      hex[16] = "8";
      return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    },
    hash: () =>
      Array.from({ length: 64 }, () => whole(16).toString(16)).join(""),
  };
}
export type Dice = ReturnType<typeof dice>;
