import { PrismaPg } from "@prisma/adapter-pg";
import type { Transaction } from "@prisma/driver-adapter-utils";
import { watchPool } from "./pool-metrics";

/**
 * Prisma's adapter, whose transactions run one query after the other. Prisma reads the relations of
 * an `include` at once, and a transaction has one connection, which pg asks us not to crowd.
 */
export class PrismaPgInTurn extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    watchPool("ordinary", adapter.underlyingDriver());
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => inTurn(await start(level));
    return adapter;
  }
}

function inTurn(transaction: Transaction): Transaction {
  let last: Promise<unknown> = Promise.resolve();
  function after<R>(work: () => Promise<R>): Promise<R> {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  }
  const query = transaction.queryRaw.bind(transaction);
  const execute = transaction.executeRaw.bind(transaction);
  return Object.assign(transaction, {
    queryRaw: (given: Parameters<typeof query>[0]) => after(() => query(given)),
    executeRaw: (given: Parameters<typeof execute>[0]) =>
      after(() => execute(given)),
  });
}
