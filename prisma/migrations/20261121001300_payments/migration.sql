-- What a payment was tried for, what a refund took back of credit, and the sandbox's own memory.
ALTER TABLE "payments" ADD COLUMN     "invoice_id" UUID;
ALTER TABLE "refunds" ADD COLUMN     "from_credit_minor" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "payment_methods" ADD COLUMN     "expiry_told_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "sandbox_objects" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "customer" TEXT,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sandbox_objects_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sandbox_objects_kind_created_at_idx" ON "sandbox_objects"("kind", "created_at");
CREATE INDEX "payments_invoice_id_idx" ON "payments"("invoice_id");

-- What Prisma cannot model.
ALTER TABLE payments
  ADD CONSTRAINT payments_provider CHECK (provider IN ('manual', 'stripe', 'paddle', 'sandbox')),
  ADD CONSTRAINT payments_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT payments_paid CHECK (status <> 'succeeded' OR paid_at IS NOT NULL);
ALTER TABLE refunds
  ADD CONSTRAINT refunds_from_credit CHECK (from_credit_minor BETWEEN 0 AND amount_minor);
ALTER TABLE payment_methods
  ADD CONSTRAINT payment_methods_provider CHECK (provider IN ('stripe', 'paddle', 'sandbox')),
  ADD CONSTRAINT payment_methods_expiry CHECK (expires_month BETWEEN 1 AND 12);
