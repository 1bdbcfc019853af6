import type { Five } from "../access-fixture";
import { instant, literal } from "./database";
import type { Dice } from "./dice";
import {
  meterNames,
  nobody,
  type Boost,
  type Customer,
  type Entitlement,
  type Grant,
  type Key,
  type Quota,
  type State,
} from "./state";

/** A change of what access depends on: for the database, and for the oracle. */
export type Change = { sql: string; apply: (state: State) => void };

export const features = ["export", "seats", "beta", "priority", "vision"];
export const plans = [
  "aaaaaaaa-0000-7000-8000-000000000001",
  "aaaaaaaa-0000-7000-8000-000000000002",
  "aaaaaaaa-0000-7000-8000-000000000003",
];

type Kind = "customer" | "key" | "plan" | "default";
const day = 86_400_000;

export function addCustomer(id: string): Change {
  return {
    sql: `INSERT INTO customers (id, email, full_name, updated_at)
          VALUES ('${id}', '${id}@example.com', 'Ada Lovelace', now())`,
    apply: ({ customers }) =>
      void customers.set(id, {
        id,
        status: "active",
        expires: null,
        entitlement: null,
      }),
  };
}

export function addKey(dice: Dice, customer: string, lineage: string): Change {
  const [id, hash] = [dice.id(), dice.hash()];
  return {
    sql: `INSERT INTO api_keys (id, customer_id, name, prefix, last_four, hash, lineage_id, updated_at)
          VALUES ('${id}', '${customer}', 'key', 'sk_live_ab', 'wxyz', decode('${hash}', 'hex'), '${lineage}', now())`,
    apply: ({ keys }) =>
      void keys.set(hash, {
        id,
        hash,
        customer,
        lineage,
        isDisabled: false,
        isRevoked: false,
        expires: null,
      }),
  };
}

/** A change that is made now and then. */
export function randomChange(state: State, dice: Dice, at: number): Change {
  const customer = dice.pick([...state.customers.values()]);
  const key = dice.pick([...state.keys.values()].filter((k) => !k.isRevoked));
  const [kind, subject] = dice.pick<[Kind, string]>([
    ["customer", customer.id],
    ["customer", customer.id],
    ["key", key.lineage],
    ["key", key.lineage],
    ["plan", dice.pick(plans)],
    ["default", nobody],
  ]);
  const change = dice.whole(22);
  if (change < 4) return setLimits(dice, kind, subject);
  if (change < 9) return setQuota(dice, kind, subject);
  if (change < 11) return setGrant(dice, kind, subject);
  if (change < 14) return addBoost(dice, customer, key, at);
  if (change < 16) return entitle(dice, customer, at);
  if (change < 18) return changeCustomer(dice, customer, at);
  return changeKey(state, dice, key, at);
}

function setLimits(dice: Dice, kind: Kind, subject: string): Change {
  if (kind !== "default" && dice.chance(0.25))
    return {
      sql: `DELETE FROM limit_policies WHERE subject_id = '${subject}'`,
      apply: ({ policies }) => void policies.delete(subject),
    };
  const limits = randomLimits(dice);
  return {
    sql: `INSERT INTO limit_policies
        (subject_id, subject_kind, per_second, per_minute, per_hour, per_day, per_month, updated_at)
      VALUES ('${subject}', '${kind}', ${limits.map(literal).join()}, now())
      ON CONFLICT (subject_id) DO UPDATE SET per_second = excluded.per_second, per_minute = excluded.per_minute,
        per_hour = excluded.per_hour, per_day = excluded.per_day, per_month = excluded.per_month`,
    apply: ({ policies }) => void policies.set(subject, limits),
  };
}

/** Limits that are each now and then the one that refuses. */
function randomLimits(dice: Dice): Five {
  return [20, 60, 200, 800, 6_000].map((most) => {
    const kind = dice.whole(100);
    return kind < 60 ? null : kind < 61 ? 0 : 1 + dice.whole(most);
  });
}

function setQuota(dice: Dice, kind: Kind, subject: string): Change {
  const meter = dice.pick(meterNames);
  const where = `subject_id = '${subject}' AND meter_id = (SELECT id FROM meters WHERE name = '${meter}')`;
  if (dice.chance(0.2))
    return {
      sql: `DELETE FROM quotas WHERE ${where}`,
      apply: ({ quotas }) => void quotas.delete(`${subject} ${meter}`),
    };
  const size = dice.whole(20);
  const quota: Quota = {
    amount:
      size === 0
        ? null
        : size === 1
          ? 0
          : dice.quarters(dice.pick([50, 200, 800])),
    overage: dice.chance(0.15),
  };
  return {
    sql: `INSERT INTO quotas (subject_id, subject_kind, meter_id, amount, allows_overage, updated_at)
      SELECT '${subject}', '${kind}', id, ${literal(quota.amount)}, ${quota.overage}, now()
      FROM meters WHERE name = '${meter}'
      ON CONFLICT (subject_id, meter_id) DO UPDATE SET amount = excluded.amount, allows_overage = excluded.allows_overage`,
    apply: ({ quotas }) => void quotas.set(`${subject} ${meter}`, quota),
  };
}

function setGrant(dice: Dice, kind: Kind, subject: string): Change {
  const feature = dice.pick(features);
  const name = `${subject} ${feature}`;
  if (dice.chance(0.2))
    return {
      sql: `DELETE FROM feature_grants WHERE subject_id = '${subject}' AND feature = '${feature}'`,
      apply: ({ grants }) => void grants.delete(name),
    };
  const grant = dice.pick<Grant>([
    { kind: "boolean", value: true, meter: null },
    { kind: "boolean", value: false, meter: null },
    { kind: "static", value: 5, meter: null },
    { kind: "metered", value: true, meter: dice.pick(meterNames) },
  ]);
  return {
    sql: `INSERT INTO feature_grants (subject_id, subject_kind, feature, kind, value, meter_id, updated_at)
      VALUES ('${subject}', '${kind}', '${feature}', '${grant.kind}', '${JSON.stringify(grant.value)}',
        (SELECT id FROM meters WHERE name = ${literal(grant.meter)}), now())
      ON CONFLICT (subject_id, feature) DO UPDATE
      SET kind = excluded.kind, value = excluded.value, meter_id = excluded.meter_id`,
    apply: ({ grants }) => void grants.set(name, grant),
  };
}

function addBoost(
  dice: Dice,
  customer: Customer,
  key: Key,
  at: number,
): Change {
  const isKey = dice.chance(0.3);
  const starts = at + dice.pick([0, 0, dice.whole(20_000), dice.whole(day)]);
  const ends = starts + dice.whole(dice.pick([5_000, 3_600_000, 5 * day]));
  const forWindows = dice.chance(0.6);
  const boost: Boost = {
    subject: isKey ? key.lineage : customer.id,
    meter: forWindows ? null : dice.pick(meterNames),
    amount: forWindows ? 0 : dice.quarters(200),
    limits: forWindows
      ? [5, 20, 60, 300, 3_000].map((most, w) =>
          w > 0 && dice.chance(0.3) ? null : dice.whole(most),
        )
      : [null, null, null, null, null],
    starts,
    ends,
  };
  return {
    sql: `INSERT INTO boosts (id, subject_id, subject_kind, customer_id, meter_id, amount,
        per_second, per_minute, per_hour, per_day, per_month, reason, starts_at, ends_at)
      VALUES ('${dice.id()}', '${boost.subject}', '${isKey ? "key" : "customer"}', '${isKey ? key.customer : customer.id}',
        (SELECT id FROM meters WHERE name = ${literal(boost.meter)}), ${forWindows ? "NULL" : boost.amount},
        ${boost.limits.map(literal).join()}, 'a busy day', ${instant(starts)}, ${instant(ends)})`,
    apply: ({ boosts }) => void boosts.push(boost),
  };
}

function entitle(dice: Dice, customer: Customer, at: number): Change {
  if (dice.chance(0.15))
    return {
      sql: `DELETE FROM customer_entitlements WHERE customer_id = '${customer.id}'`,
      apply: ({ customers }) =>
        void customers.set(customer.id, {
          ...(customers.get(customer.id) ?? customer),
          entitlement: null,
        }),
    };
  const last = customer.entitlement;
  const plan = dice.chance(0.8) ? dice.pick(plans) : null;
  const isInForce = dice.chance(0.93);
  // Another plan in the same period, or from now on.
  if (last && dice.chance(0.6))
    return writeEntitlement(customer, { ...last, plan, isInForce });
  const start = at - dice.whole(dice.pick([60_000, day]));
  return writeEntitlement(customer, {
    plan,
    isInForce,
    start,
    end: start + (1 + dice.whole(30)) * day,
    previous: last && last.start < start ? last.start : null,
  });
}

/** The renewal of a subscription whose period is over, if it is. */
export function renewal(customer: Customer, at: number): Change | null {
  let next = customer.entitlement;
  if (!next || next.end > at) return null;
  while (next.end <= at)
    next = {
      ...next,
      previous: next.start,
      start: next.end,
      end: next.end + (next.end - next.start),
    };
  return writeEntitlement(customer, next);
}

function writeEntitlement(customer: Customer, e: Entitlement): Change {
  return {
    sql: `INSERT INTO customer_entitlements
        (customer_id, plan_id, is_in_force, period_start, period_end, previous_period_start, updated_at)
      VALUES ('${customer.id}', ${literal(e.plan)}, ${e.isInForce}, ${instant(e.start)}, ${instant(e.end)},
        ${instant(e.previous)}, now())
      ON CONFLICT (customer_id) DO UPDATE SET plan_id = excluded.plan_id, is_in_force = excluded.is_in_force,
        period_start = excluded.period_start, period_end = excluded.period_end,
        previous_period_start = excluded.previous_period_start`,
    apply: ({ customers }) => {
      const now = customers.get(customer.id) ?? customer;
      customers.set(customer.id, { ...now, entitlement: e });
    },
  };
}

function changeCustomer(dice: Dice, { id }: Customer, at: number): Change {
  const status = dice.chance(0.93) ? "active" : "suspended";
  const expires = dice.chance(0.9) ? null : at + dice.whole(3 * day);
  return {
    sql: `UPDATE customers SET status = '${status}', expires_at = ${instant(expires)} WHERE id = '${id}'`,
    apply: ({ customers }) => {
      const now = customers.get(id);
      if (now) customers.set(id, { ...now, status, expires });
    },
  };
}

function changeKey(state: State, dice: Dice, key: Key, at: number): Change {
  const isOnly =
    [...state.keys.values()].filter(
      (k) => k.lineage === key.lineage && !k.isRevoked,
    ).length < 2;
  const kind = dice.whole(3);
  // A rotation adds a key to the lineage; the old one is revoked some time later.
  if (kind === 0 && isOnly) return addKey(dice, key.customer, key.lineage);
  const isRevoked = kind === 0;
  const isDisabled = kind === 1 && dice.chance(0.3);
  const expires =
    kind === 2 && dice.chance(0.3) ? at + dice.whole(3 * day) : null;
  return {
    sql: `UPDATE api_keys SET disabled_at = ${isDisabled ? "now()" : "NULL"}, expires_at = ${instant(expires)},
        revoked_at = ${isRevoked ? "now()" : "NULL"} WHERE id = '${key.id}'`,
    apply: ({ keys }) =>
      void keys.set(key.hash, { ...key, isDisabled, isRevoked, expires }),
  };
}
