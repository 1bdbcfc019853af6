-- A subscription is paid by its customer's default method; it never had one of its own.
ALTER TABLE "subscriptions" DROP COLUMN "payment_method_id";
