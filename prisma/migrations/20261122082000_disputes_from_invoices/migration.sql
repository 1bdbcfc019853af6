-- What a dispute took of what its payment paid, apart from what it took of credit that was spent: of
-- several disputes of one payment each gives back its own, and what became credit pays no more.

-- AlterTable
ALTER TABLE "disputes" ADD COLUMN     "from_invoices_minor" BIGINT NOT NULL DEFAULT 0;

UPDATE disputes d SET from_invoices_minor = least(d.taken_minor - d.from_credit_minor, a.disputed)
  FROM (SELECT payment_id, sum(disputed_minor) AS disputed FROM payment_allocations GROUP BY 1) a
  WHERE a.payment_id = d.payment_id AND d.taken_minor > d.from_credit_minor;
ALTER TABLE disputes
  ADD CONSTRAINT disputes_from_invoices CHECK (
    from_invoices_minor >= 0 AND from_credit_minor + from_invoices_minor <= taken_minor) NOT VALID;
ALTER TABLE disputes VALIDATE CONSTRAINT disputes_from_invoices;

-- What disputes that were won gave to their customers as credit pays no invoice.
DELETE FROM payment_allocations a WHERE disputed_minor = amount_minor
  AND NOT EXISTS (SELECT FROM disputes d WHERE d.payment_id = a.payment_id AND d.taken_minor > 0);
UPDATE payment_allocations a SET amount_minor = amount_minor - disputed_minor, disputed_minor = 0
  WHERE disputed_minor > 0
  AND NOT EXISTS (SELECT FROM disputes d WHERE d.payment_id = a.payment_id AND d.taken_minor > 0);
