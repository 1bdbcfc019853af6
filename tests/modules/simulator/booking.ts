import {
  expire,
  free,
  meterNames,
  meters,
  periodOf,
  usageOf,
  type Key,
  type MeterName,
  type Reservation,
  type State,
} from "./state";

export type Event = {
  id: string;
  customer: string;
  key: Key | null;
  at: number;
  meter: string;
  tokens: number;
  quantity: number;
  cost: number | null;
  model: string | null;
  isRefused: boolean;
};

/** Close a reservation, as the one who holds it wants; null gives all back. */
export function close(
  state: State,
  id: string,
  used: { amount: number; spend: number } | null,
  at: number,
): { status: string; agrees: boolean } {
  expire(state, at);
  const reservation = state.reservations.get(id);
  if (!reservation) throw new Error("no such reservation");
  const { status } = reservation;
  if (status === "settled")
    return {
      status,
      agrees:
        used !== null &&
        used.amount === reservation.settledAmount &&
        used.spend === reservation.settledSpend,
    };
  if (status === "released" || (status === "expired" && !used))
    return { status, agrees: !used };
  if (status === "held") free(state, reservation);
  reservation.status = used ? "settled" : "released";
  if (used) settle(state, reservation, used);
  return { status: reservation.status, agrees: true };
}

function settle(
  state: State,
  reservation: Reservation,
  used: { amount: number; spend: number },
): void {
  reservation.settledAmount = used.amount;
  reservation.settledSpend = used.spend;
  const { meter, holds, customer, period } = reservation;
  const booked = new Set<string>();
  const take = (subject: string, of: MeterName, amount: number) => {
    if (booked.has(`${subject} ${of}`)) return;
    booked.add(`${subject} ${of}`);
    usageOf(state, subject, of, period).taken += amount;
  };
  const amountOf = (of: MeterName) => (of === meter ? used.amount : used.spend);
  for (const hold of holds)
    take(hold.subject, hold.meter, amountOf(hold.meter));
  if (meter) take(customer, meter, used.amount);
  if (meter !== "spend") take(customer, "spend", used.spend);
}

/** Count what an event reports; true unless it was reported before. */
export function report(state: State, event: Event): boolean {
  const name = `${event.customer} ${event.id}`;
  if (state.events.has(name)) return false;
  state.events.add(name);
  if (event.isRefused) return true;
  const e = state.customers.get(event.customer)?.entitlement ?? null;
  const { start } = periodOf(e, event.at);
  for (const meter of meterNames) {
    const { events } = meters[meter];
    if (events !== null && events !== event.meter) continue;
    add(state, event.customer, meter, start, event);
    const lineage = event.key?.lineage;
    if (lineage !== undefined && state.quotas.has(`${lineage} ${meter}`))
      add(state, lineage, meter, start, event);
  }
  return true;
}

function add(
  state: State,
  subject: string,
  meter: MeterName,
  period: number,
  event: Event,
): void {
  if (meter === "spend" && event.cost === null) return;
  if (meter === "models" && event.model === null) return;
  const usage = usageOf(state, subject, meter, period);
  if (meter === "seats") usage.value = Math.max(usage.value, event.quantity);
  else if (meter === "level") {
    if (event.at >= usage.valueAt) usage.value = event.quantity;
    usage.valueAt = Math.max(usage.valueAt, event.at);
  } else if (meter === "models") {
    usage.seen.add(event.model ?? "");
    usage.value = usage.seen.size;
  } else {
    const amount = {
      calls: 1,
      tokens: event.tokens,
      spend: event.cost ?? 0,
      images: event.quantity,
    }[meter];
    usage.value += amount;
    usage.taken = Math.max(usage.taken - amount, 0);
  }
}
