-- What is due of a subscription and since when, what its people were told of, what was billed with a
-- change, and what use of meters was billed by period.
ALTER TABLE "subscriptions" ADD COLUMN     "payment_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "past_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "told_of" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "subscription_changes" ADD COLUMN     "invoice_id" UUID;

-- CreateTable
CREATE TABLE "subscription_usage" (
    "subscription_id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "plan_version_id" UUID NOT NULL,
    "quantity" DECIMAL(38,12) NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "subscription_usage_pkey" PRIMARY KEY ("subscription_id","meter_id","period_start")
);

-- CreateIndex
CREATE INDEX "subscription_changes_invoice_id_idx" ON "subscription_changes"("invoice_id");

-- AddForeignKey
ALTER TABLE "subscription_usage" ADD CONSTRAINT "subscription_usage_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscriptions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what Prisma does not model.
ALTER TABLE subscriptions
  ADD CONSTRAINT subscriptions_past_due CHECK ((status = 'past_due') <= (past_due_at IS NOT NULL)),
  ADD CONSTRAINT subscriptions_paused CHECK ((status = 'paused') = (paused_at IS NOT NULL)),
  ADD CONSTRAINT subscriptions_provider CHECK (provider IN ('manual', 'stripe', 'paddle', 'sandbox'));
ALTER TABLE subscription_usage
  ADD CONSTRAINT subscription_usage_amounts CHECK (least(quantity, amount_minor) >= 0);
