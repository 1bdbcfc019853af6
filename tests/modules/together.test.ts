import type { Ctx, TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import { forMany, together } from "@/platform/together";
import { useDatabase } from "../support/database";
import { world } from "../support/world";

const database = useDatabase();
const things = Array.from({ length: 50 }, (_, i) => i);

function counted() {
  const asked: number[][] = [];
  const double = forMany((_: Ctx, inputs: number[]) => {
    asked.push(inputs);
    return Promise.resolve(inputs.map((n) => n * 2));
  });
  return { asked, double };
}

test("what many ask at the same step is put once, and each gets its own answer", async () => {
  const { ctx } = await world();
  const { asked, double } = counted();
  const answers = await together(ctx, things, async (tx, n) => {
    const once = await double(tx, n);
    // Some are a step longer on their way than others.
    if (n % 10 === 0) await double(tx, 0);
    return double(tx, once);
  });
  expect(answers).toEqual(things.map((n) => n * 4));
  expect(asked.length).toBeLessThanOrEqual(4);
  expect(asked[0]).toEqual(things);
});

test("one that fails undoes all, once the others have come to an end", async () => {
  const { ctx } = await world();
  const ended: number[] = [];
  const work = async (tx: TxCtx, n: number) => {
    await emit(tx, { name: "test.worked", payload: { n } });
    if (n === 7) throw new Error("the seventh failed");
    await emit(tx, { name: "test.worked", payload: { n } });
    ended.push(n);
  };
  await expect(together(ctx, things, work)).rejects.toThrow("the seventh");
  expect(ended).toHaveLength(things.length - 1);
  const count = () =>
    database.query(
      "SELECT count(*)::int AS n FROM outbox WHERE name = 'test.worked'",
    );
  expect(await count()).toEqual([{ n: 0 }]);
  await together(
    ctx,
    things.filter((n) => n !== 7),
    work,
  );
  expect(await count()).toEqual([{ n: 98 }]);
});

test("outside of it a query is put at once", async () => {
  const { ctx } = await world();
  const { asked, double } = counted();
  expect(await double(ctx, 4)).toBe(8);
  expect(asked).toEqual([[4]]);
});
