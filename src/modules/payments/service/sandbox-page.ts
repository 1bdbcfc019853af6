import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, notFound } from "@/shared/errors";
import { randomText } from "@/shared/ids";
import { money } from "@/shared/money";
import type { SandboxAction, SandboxSession } from "../contract/checkout";
import { happen, idFor, isSandboxOpen } from "../providers/sandbox";
import { passRefund } from "../providers/sandbox-facts";
import { signedHeaders } from "../providers/sandbox-signature";
import {
  findThing,
  insertThing,
  lockThing,
  updateThing,
  type SandboxThing,
  type SandboxThings,
} from "../queries/sandbox";

type Session = SandboxThing<"session">;
type Payment = SandboxThings["payment"];

/** A checkout page of the sandbox. Throws NOT_FOUND, always so in production. */
export async function getSandboxSession(
  ctx: Ctx,
  id: string,
): Promise<SandboxSession> {
  const session = isSandboxOpen() ? await findThing(ctx, "session", id) : null;
  if (!session) throw notFound("checkout page");
  return shown(session);
}

/**
 * What somebody does on a checkout page of the sandbox. What comes of it is told by webhooks. Throws
 * NOT_FOUND, always so in production; CONFLICT when the page is closed.
 */
export async function actInSandbox(
  ctx: Ctx,
  id: string,
  action: SandboxAction,
): Promise<SandboxSession> {
  if (!isSandboxOpen()) throw notFound("checkout page");
  return transaction(ctx, async (tx) => {
    const session = await lockThing(tx, "session", id);
    if (!session) throw notFound("checkout page");
    const { state } = session.data;
    if (state === "completed" || state === "expired")
      throw new DomainError(
        "CONFLICT",
        `This page is ${state}. Begin again where you came from.`,
        { state },
      );
    return shown(await act(tx, session, action));
  });
}

async function act(
  tx: TxCtx,
  session: Session,
  { outcome, card, save }: SandboxAction,
): Promise<Session> {
  const { data } = session;
  const chosen = card
    ? { ...card, last_four: cardEnds[card.brand] }
    : (data.card ?? defaultCard(tx.now()));
  const with_ = { ...data, card: chosen, save: data.save || save };
  switch (outcome) {
    case "pay":
      return complete(tx, session, with_);
    case "decline":
      await pay(tx, session, with_, {
        status: "failed",
        failure: { code: "card_declined", message: "The card was declined." },
      });
      return updateThing(tx, session, {
        ...with_,
        state: "open",
        last_error: "The card was declined.",
      });
    case "authenticate":
      await pay(tx, session, with_, { status: "requires_action" });
      return updateThing(tx, session, {
        ...with_,
        state: "authenticating",
        last_error: null,
      });
    case "refuse_authentication":
      await pay(tx, session, with_, {
        status: "failed",
        failure: {
          code: "authentication_failed",
          message: "The bank could not make sure who is paying.",
        },
      });
      return updateThing(tx, session, {
        ...with_,
        state: "open",
        last_error: "The bank could not make sure who is paying.",
      });
    case "cancel":
      await cancel(tx, session);
      return updateThing(tx, session, { ...data, state: "expired" });
    default:
      return outcome satisfies never;
  }
}

async function complete(
  tx: TxCtx,
  session: Session,
  data: Session["data"],
): Promise<Session> {
  const { card } = data;
  const isKept = data.save || data.mode === "setup";
  const methodId = isKept && card ? await keepCard(tx, session, card) : null;
  await pay(tx, session, data, { status: "succeeded", method_id: methodId });
  const done = await updateThing(tx, session, {
    ...data,
    state: "completed",
    last_error: null,
  });
  await happen(tx, "checkout.completed", session.id);
  return done;
}

async function keepCard(
  tx: TxCtx,
  session: Session,
  card: NonNullable<Session["data"]["card"]>,
): Promise<string> {
  const id = `sbx_pm_${randomText(24)}`;
  await insertThing(tx, "method", id, session.customer, {
    ...card,
    is_attached: true,
  });
  await happen(tx, "payment_method.attached", id);
  return id;
}

/** The page's one payment, as it is after this; a page that only saves a card has none. */
async function pay(
  tx: TxCtx,
  session: Session,
  { minor, currency, invoice_id, customer_id }: Session["data"],
  change: Partial<Payment> & Pick<Payment, "status">,
): Promise<void> {
  if (minor === null || currency === null) return;
  const id = idFor("pay", session.id);
  const data: Payment = {
    payment_id: null,
    invoice_id,
    customer_id,
    minor,
    refunded: "0",
    currency,
    method_id: null,
    failure: null,
    paid_at: change.status === "succeeded" ? tx.now().toISOString() : null,
    ...change,
  };
  const known = await lockThing(tx, "payment", id);
  if (known) await updateThing(tx, known, data);
  else await insertThing(tx, "payment", id, session.customer, data);
  await happen(tx, `payment.${change.status}`, id);
}

async function cancel(tx: TxCtx, session: Session): Promise<void> {
  const known = await lockThing(tx, "payment", idFor("pay", session.id));
  if (known) await pay(tx, session, session.data, { status: "canceled" });
  await happen(tx, "checkout.expired", session.id);
}

/** An event of the sandbox as it is sent: its body and the headers that sign it. */
export async function sandboxEvent(
  ctx: Ctx,
  eventId: string,
): Promise<{ raw: string; headers: Headers } | null> {
  const event = await findThing(ctx, "event", eventId);
  if (!event) return null;
  const { type, object, at } = event.data;
  if (type === "refund.succeeded") await passRefund(ctx, object);
  const raw = JSON.stringify({
    id: event.id,
    type,
    created_at: at,
    data: { object: { id: object } },
  });
  return { raw, headers: signedHeaders(event.id, raw, ctx.now()) };
}

const cardEnds = { visa: "4242", mastercard: "4444", amex: "0005" } as const;

function defaultCard(now: Date): NonNullable<Session["data"]["card"]> {
  return {
    brand: "visa",
    last_four: cardEnds.visa,
    expires_month: 12,
    expires_year: now.getUTCFullYear() + 3,
    behavior: "pays",
  };
}

function shown({ id, data }: Session): SandboxSession {
  const { minor, currency } = data;
  return {
    id,
    mode: data.mode,
    state: data.state,
    amount:
      minor !== null && currency !== null
        ? money(BigInt(minor), currency)
        : null,
    description: data.description,
    return_url: data.return_url,
    last_error: data.last_error,
  };
}
