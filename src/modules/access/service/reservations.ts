import { authorize, type Ctx } from "@/platform/context";
import { DomainError, notFound } from "@/shared/errors";
import type { Reservation, SettleInput } from "../contract";
import { closeReservation } from "../queries/reservations";

/**
 * Book what was used of a reservation and give back the rest, also after it has expired. Settling
 * again with the same amounts changes nothing. Needs access:check; throws NOT_FOUND, and CONFLICT
 * when it was closed otherwise.
 */
export async function settleReservation(
  ctx: Ctx,
  id: string,
  { amount, spend = "0" }: SettleInput,
): Promise<Reservation> {
  authorize(ctx, "access:check");
  return close(id, { amount, spend });
}

/** Give back all that a reservation holds. Needs access:check; throws NOT_FOUND, CONFLICT. */
export async function releaseReservation(
  ctx: Ctx,
  id: string,
): Promise<Reservation> {
  authorize(ctx, "access:check");
  return close(id, null);
}

async function close(
  id: string,
  used: { amount: number; spend: string } | null,
): Promise<Reservation> {
  const closed = await closeReservation(id, used);
  if (!closed) throw notFound("reservation");
  const { reservation, agrees } = closed;
  if (!agrees)
    throw new DomainError(
      "CONFLICT",
      `This reservation is ${reservation.status} already. Report what else was used as usage events.`,
      { reservation },
    );
  return reservation;
}
