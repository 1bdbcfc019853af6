-- When an invoice was found overdue, where a customer is for tax, and the sum of a customer's credit.
ALTER TABLE "customers" ADD COLUMN     "region" TEXT;
ALTER TABLE "invoices" ADD COLUMN     "overdue_at" TIMESTAMPTZ(3);
CREATE INDEX "ledger_entries_customer_id_account_currency_idx" ON "ledger_entries"("customer_id", "account", "currency");

CREATE OR REPLACE FUNCTION keep_issued() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free constant text[] := '{status,payment_status,credit_minor,paid_minor,credited_minor,due_minor,due_at,overdue_at,paid_at,voided_at,sent_at,provider,provider_invoice_id,updated_at}';
BEGIN
  IF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR NEW.status = 'draft' OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free) THEN
    RAISE EXCEPTION 'an issued invoice never changes; write a credit note'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  -- A deletion must give back the row that goes: of NEW there is none.
  RETURN coalesce(NEW, OLD);
END $$;
