import type { CustomerActor, PageCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { getVisibleCustomer } from "@/modules/customers";
import { getClosing } from "@/modules/privacy";
import type { OwnClosing } from "@/modules/privacy/contract";
import { blockerWords } from "@/modules/privacy/ui/blocker-words";
import { CloseAccount } from "@/modules/privacy/ui/close-account";
import { KeepAccountButton } from "@/modules/privacy/ui/keep-account-button";
import { may } from "@/platform/context";
import { Link } from "@/ui/controls/link";
import { Card } from "@/ui/display/card";
import { Time } from "@/ui/display/time";
import { AskSeller } from "../ask-seller";

/** Closes the whole account, or says that it closes; nothing to those who may not. */
export async function CloseCard({ ctx }: { ctx: PageCtx<CustomerActor> }) {
  const { actor } = ctx;
  if (!may(actor, "account:close")) return null;
  const [known, customer] = await shown(
    ctx,
    Promise.all([getClosing(ctx), getVisibleCustomer(ctx, actor.customerId)]),
  );
  return (
    <section id="close" aria-label="Closing" className="scroll-mt-20">
      <Card
        title="Close the account"
        description={`Of ${customer.name}, with all its people`}
      >
        <div className="flex flex-col items-start gap-3 text-sm">
          {known.closing ? (
            <Closes closing={known.closing} blockers={known.blockers} />
          ) : may(actor, "account:close", "close") ? (
            <>
              <p className="text-ink-muted">
                {known.wait_days === 0
                  ? "Its data is erased for good, and at once."
                  : `Its data is erased for good, ${inDays(known.wait_days)} after you ask. Until then you can take it back.`}
              </p>
              <CloseAccount name={customer.name} known={known} />
            </>
          ) : (
            <AskSeller
              actor={actor}
              permission="account:close"
              of={["close"]}
            />
          )}
        </div>
      </Card>
    </section>
  );
}

function Closes({
  closing,
  blockers,
}: {
  closing: NonNullable<OwnClosing["closing"]>;
  blockers: OwnClosing["blockers"];
}) {
  const { due_at, asked_at, asked_by, has_begun, waits_for } = closing;
  const isHeldUp = waits_for !== null;
  const until = isHeldUp
    ? ", and closes once this is dealt with:"
    : ", if this is dealt with by then:";
  if (has_begun) return <p>This account is being closed.</p>;
  return (
    <>
      <p>
        {asked_by ?? "We"} asked for it{" "}
        <Time value={asked_at} format="relative" />.{" "}
        {isHeldUp ? "It was to close on " : "It closes on "}
        <Time value={due_at} />
        {blockers.length > 0 ? until : "."}
      </p>
      {blockers.length > 0 ? (
        <ul className="flex list-disc flex-col gap-1 pl-5 marker:text-ink-faint">
          {blockerWords(blockers).map(({ label, href }) => (
            <li key={label}>
              {href ? (
                <Link href={href} inline tone="ink">
                  {label}
                </Link>
              ) : (
                label
              )}
            </li>
          ))}
        </ul>
      ) : null}
      <KeepAccountButton />
    </>
  );
}

function inDays(days: number): string {
  return days === 1 ? "a day" : `${days} days`;
}
