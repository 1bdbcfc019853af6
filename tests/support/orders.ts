// Of all, spread over them; `PERMUTATIONS=720` tries each order of six, which takes minutes.
const count = Number(process.env["PERMUTATIONS"] ?? 60);

/** Orders in which so many events may come, each as their places: some, or by PERMUTATIONS all. */
export function ordersOf(events: number): number[][] {
  const all = permutations(Array.from({ length: events }, (_, at) => at));
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, i) => i % step === 0);
}

function permutations(of: number[]): number[][] {
  if (of.length < 2) return [of];
  return of.flatMap((first) =>
    permutations(of.filter((one) => one !== first)).map((rest) => [
      first,
      ...rest,
    ]),
  );
}
