-- What a payer's bank takes back of a payment, and what credit notes gave back of what was paid.
ALTER TABLE "payments" ADD COLUMN     "disputed_minor" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "payment_allocations" ADD COLUMN     "disputed_minor" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "invoices" ADD COLUMN     "returned_minor" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "disputes" (
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "taken_minor" BIGINT NOT NULL DEFAULT 0,
    "from_credit_minor" BIGINT NOT NULL DEFAULT 0,
    "reason" TEXT NOT NULL,
    "provider_dispute_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "disputes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "disputes_provider_dispute_id_key" ON "disputes"("provider_dispute_id");
CREATE INDEX "disputes_payment_id_idx" ON "disputes"("payment_id");
CREATE INDEX "disputes_customer_id_id_idx" ON "disputes"("customer_id", "id" DESC);

-- AddForeignKey
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot model. NOT VALID: what is there holds already, and is not read under the lock.
ALTER TABLE disputes
  ADD CONSTRAINT disputes_status CHECK (status IN ('open', 'won', 'lost')),
  ADD CONSTRAINT disputes_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT disputes_amounts CHECK (
    amount_minor > 0 AND taken_minor BETWEEN 0 AND amount_minor AND from_credit_minor BETWEEN 0 AND taken_minor);
ALTER TABLE payments
  ADD CONSTRAINT payments_disputed CHECK (disputed_minor >= 0 AND refunded_minor + disputed_minor <= amount_minor) NOT VALID;
ALTER TABLE payment_allocations
  ADD CONSTRAINT payment_allocations_disputed CHECK (disputed_minor BETWEEN 0 AND amount_minor) NOT VALID;

CREATE OR REPLACE FUNCTION keep_issued() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free constant text[] := '{status,payment_status,credit_minor,paid_minor,credited_minor,returned_minor,due_minor,due_at,overdue_at,paid_at,voided_at,sent_at,provider,provider_invoice_id,updated_at}';
BEGIN
  IF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR NEW.status = 'draft' OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free) THEN
    RAISE EXCEPTION 'an issued invoice never changes; write a credit note'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  -- A deletion must give back the row that goes: of NEW there is none.
  RETURN coalesce(NEW, OLD);
END $$;

UPDATE invoices i SET returned_minor = n.returned
  FROM (SELECT invoice_id, sum(to_credit_minor + to_refund_minor) AS returned FROM credit_notes GROUP BY 1) n
  WHERE n.invoice_id = i.id AND n.returned > 0;
ALTER TABLE invoices
  DROP CONSTRAINT invoices_due,
  ADD CONSTRAINT invoices_due CHECK (
    CASE WHEN status IN ('open', 'paid', 'uncollectible')
      THEN due_minor = greatest(total_minor - credit_minor - paid_minor - credited_minor + returned_minor, 0) ELSE due_minor = 0 END) NOT VALID,
  ADD CONSTRAINT invoices_returned CHECK (returned_minor BETWEEN 0 AND credited_minor) NOT VALID;
