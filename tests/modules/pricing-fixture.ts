import type { Price } from "@/modules/pricing/contract";
import { callRoute } from "../support/app";
import type { TestDatabase } from "../support/database";
import { world } from "../support/world";

export const minute = 60_000;
export const month = 30 * 86_400_000;
export const inFuture = (ms: number) => new Date(Date.now() + ms).toISOString();

let models = 0;
/** A model that nobody has priced. */
export const newModel = () => `model-${(models += 1)}`;

/** The price book through its endpoints, of a provider that is called acme unless said. */
export function pricingFixture(db: TestDatabase) {
  let headers: Record<string, string> = {};
  beforeAll(async () => {
    const { everything } = await world();
    headers = { authorization: `Bearer ${everything}` };
  });

  const create = (body: Record<string, unknown>) =>
    callRoute("pricing.create", {
      headers,
      body: { provider: "acme", source: "A test", ...body },
    });
  const on = (call: string, { id }: Price, body?: unknown) =>
    callRoute(call, { headers, params: { price_id: id }, body });
  return {
    create,
    created: async (body: Record<string, unknown>): Promise<Price> => {
      const answer = await create(body);
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return answer.body;
    },
    close: (price: Price, effective_to?: string) =>
      on("pricing.close", price, effective_to ? { effective_to } : {}),
    read: async (price: Price): Promise<Price> =>
      (await on("pricing.get", price)).body,
    list: async (query: Record<string, string | boolean>) =>
      (await callRoute("pricing.list", { headers, query })).body,
    auditLog: async (query: Record<string, string | number>) =>
      (await callRoute("audit.list", { headers, query })).body,
    /** what a million input tokens of acme's model cost at an instant */
    costAt: async (model: string, at: Date | string) => {
      const [row] = await db.query<{ cost: string | null }>(
        `SELECT trim_scale(price_cost(p, 1000000, 0, 0, 0, NULL))::text AS cost
         FROM (VALUES (1)) one LEFT JOIN LATERAL price_find('acme', $1, 1000000, $2) p ON true`,
        [model, at],
      );
      return row?.cost ?? null;
    },
  };
}
