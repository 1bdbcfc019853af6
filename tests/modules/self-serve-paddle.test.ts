import { useDatabase } from "../support/database";
import { world } from "../support/world";
import { selfServe } from "./self-serve-fixture";
import { usePaddle } from "./paddle-fixture";

const database = useDatabase();
const paddle = usePaddle(database);

test("a stranger registers, chooses a plan and pays by Paddle, with nobody of the team", async () => {
  const seen = await selfServe(await world(), database, {
    provider: "paddle",
    pay: (url) => paddle.server().people.page(url).pay(),
    deliver: () => paddle.deliver(),
  });
  expect(seen).toEqual({
    begun: {
      ...{ provider: "paddle", status: "incomplete" },
      ...{ has_access: false, progress: "open" },
    },
    // Until Paddle's word has come.
    paid: {
      ...{ status: "incomplete", has_access: false, progress: "open" },
      check: "VALID, 100 a minute",
    },
    confirmed: {
      ...{ status: "active", has_access: true, progress: "done" },
      check: "VALID, 7 a minute",
    },
  });
});
