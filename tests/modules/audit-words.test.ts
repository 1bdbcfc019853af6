import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { actionSaid } from "@/modules/audit/ui/action-said";
import { newId } from "@/shared/ids";
import { record } from "@/modules/audit";
import { targetPrefixes, type TargetKind } from "@/modules/audit/target";
import { transaction } from "@/platform/db/transaction";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world } from "../support/world";

useDatabase();

test("what is written into the log is said in words", () => {
  const root = path.resolve("src/modules");
  const written = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /service.*\.ts$/.test(file))
    .flatMap((file) => [
      ...readFileSync(path.join(root, file), "utf8").matchAll(
        /(?:action: |told\(tx, |place\(.*)"([a-z_]+\.[a-z_]+)"/g,
      ),
    ])
    .map((found) => found[1] ?? "");
  expect(written.length).toBeGreaterThan(60);
  const wordless = written.filter((action) => !(action in actionSaid));
  expect(wordless).toEqual([]);
});

test.each(Object.entries(targetPrefixes))(
  "an entry about a %s names it by its public id",
  async (kind, prefix) => {
    const w = await world();
    const id = newId(prefix);
    await transaction(w.ctx, (tx) =>
      record(tx, {
        action: "customer.updated",
        target: { kind: kind as TargetKind, id },
      }),
    );
    const { body } = await callRoute("audit.list", {
      headers: { authorization: `Bearer ${w.everything}` },
      query: { target_id: id },
    });
    expect(body).toMatchObject({ items: [{ target: { kind, id } }] });
  },
);
