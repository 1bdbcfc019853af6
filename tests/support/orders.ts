// `PERMUTATIONS=720` tries each order of six, which takes minutes.
const wanted = process.env["PERMUTATIONS"];

/** What a test may take that tries them, for slow machines: ms. */
export const timeForOrders = wanted ? 7_200_000 : 1_200_000;

/** Orders in which so many events may come, each as their places: some, spread over all of them. */
export function ordersOf(events: number, some = 12): number[][] {
  const count = Number(wanted ?? some);
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
