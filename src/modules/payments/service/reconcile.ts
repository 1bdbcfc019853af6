import { record } from "@/modules/audit";
import { isBalanced } from "@/modules/ledger";
import { authorize, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { invalid } from "@/shared/errors";
import { namedId } from "@/shared/ids";
import { money } from "@/shared/money";
import { addSeconds } from "@/shared/time";
import type { Reconciliation, ReconcileInput } from "../contract/webhooks";
import type { HostedProvider, ProviderPayment } from "../provider";
import { findOfProvider, findPaymentRow } from "../queries/payments";
import { toPayment, type StoredPayment } from "../queries/row";
import { asking, getProvider, openNames } from "./providers";

type Difference = Reconciliation["differences"][number];
type There = ProviderPayment & { refundedMinor: bigint };

const day = 24 * 60 * 60;
/** What was just made may be known on one side only, for now. */
const settling = 10 * 60;

/**
 * Compare the payments of a time with what the providers hold. What differs is reported, and
 * nothing is mended. Needs billing:write; throws VALIDATION_FAILED, UNAVAILABLE.
 */
export async function reconcile(
  ctx: Ctx,
  input: ReconcileInput,
): Promise<Reconciliation> {
  authorize(ctx, "billing:write");
  const to = input.to ? new Date(input.to) : addSeconds(ctx.now(), -settling);
  const from = input.from ? new Date(input.from) : addSeconds(to, -3 * day);
  if (from >= to || from < addSeconds(to, -93 * day))
    throw invalid([
      { field: "body.from", message: "must lie before to, by 93 days at most" },
    ]);
  const report: Reconciliation = {
    from: from.toISOString(),
    to: to.toISOString(),
    providers: [],
    checked: 0,
    is_balanced: await isBalanced(ctx),
    differences: [],
  };
  for (const name of openNames()) {
    const provider = await getProvider(name);
    const { checked, differences } = await asking(
      compare(ctx, provider, from, to),
    );
    report.providers.push(provider.name);
    report.checked += checked;
    report.differences.push(...differences);
  }
  await tell(ctx, report);
  return report;
}

async function compare(
  ctx: Ctx,
  provider: HostedProvider,
  from: Date,
  to: Date,
): Promise<{ checked: number; differences: Difference[] }> {
  const differences: Difference[] = [];
  const seen = new Set<string>();
  let checked = 0;
  for await (const there of provider.payments(ctx, from, to)) {
    checked += 1;
    seen.add(there.providerPaymentId);
    const row = await findPaymentRow(ctx, {
      provider: provider.name,
      provider_payment_id: there.providerPaymentId,
    });
    differences.push(
      ...(row
        ? differing(provider, toPayment(row), there)
        : missingHere(provider, there)),
    );
  }
  const here = await findOfProvider(ctx, provider.name, from, to);
  for (const payment of here) {
    const id = payment.provider_payment_id;
    // Its own clock may put it just beyond the ends: near them only the other side is asked.
    const at = new Date(payment.created_at);
    const isNearEnd =
      at < addSeconds(from, settling) || at > addSeconds(to, -settling);
    const isMissing = id === null ? payment.status !== "failed" : !seen.has(id);
    if (isMissing && !isNearEnd)
      differences.push({
        kind: "missing_there",
        provider: provider.name,
        provider_payment_id: id,
        payment_id: payment.id,
        here: payment.status,
        there: null,
        amount: payment.amount,
      });
  }
  return { checked, differences };
}

// A try that came to nothing need not be known here.
function missingHere(
  { name }: HostedProvider,
  { providerPaymentId, status, minor, currency }: There,
): Difference[] {
  if (status !== "succeeded") return [];
  return [
    {
      kind: "missing_here",
      provider: name,
      provider_payment_id: providerPaymentId,
      payment_id: null,
      here: null,
      there: status,
      amount: money(minor, currency),
    },
  ];
}

function differing(
  { name }: HostedProvider,
  here: StoredPayment,
  there: There,
): Difference[] {
  const sides = [
    ["status", here.status, there.status],
    [
      "amount",
      `${here.amount.amount} ${here.amount.currency}`,
      `${there.minor} ${there.currency}`,
    ],
    ["refunded", String(here.refunded.amount), String(there.refundedMinor)],
  ] as const;
  return sides
    .filter(([, ours, theirs]) => ours !== theirs)
    .map(([kind, ours, theirs]) => ({
      kind,
      provider: name,
      provider_payment_id: there.providerPaymentId,
      payment_id: here.id,
      here: ours,
      there: theirs,
      amount: here.amount,
    }));
}

async function tell(ctx: Ctx, report: Reconciliation): Promise<void> {
  const { from, to, checked, differences, is_balanced } = report;
  await transaction(ctx, async (tx) => {
    await record(tx, {
      action: "billing.reconciled",
      target: { kind: "reconciliation", id: namedId("set", "reconciliation") },
      after: {
        from,
        to,
        checked,
        is_balanced,
        differences: differences.length,
      },
    });
    await emit(tx, {
      name: "billing.reconciled",
      payload: {
        from,
        to,
        checked,
        differences: differences.length,
        is_balanced,
      },
    });
  });
}
