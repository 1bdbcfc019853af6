import { randomText } from "@/shared/ids";
/** Repeatable numbers from 0 to 1 (Tommy Ettinger's Mulberry32). */
export function mulberry32(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An e-mail address that nobody else has. */
export function address(): string {
  return `${randomText(12).toLowerCase()}@example.com`;
}
